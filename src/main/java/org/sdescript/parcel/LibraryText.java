package org.sdescript.parcel;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sdescript.ast.Program;
import org.sdescript.runtime.Interpreter;
import org.sdescript.source.Source;

/** The files of the standard library, which parcels name instead of repeating them. */
final class LibraryText {
    private final Map<String, Program> files;

    private LibraryText(Map<String, Program> files) {
        this.files = files;
    }

    static LibraryText of(Interpreter interpreter) {
        return new LibraryText(interpreter.libraryFiles().stream()
                .collect(Collectors.toMap(file -> file.span().source().name(), Function.identity())));
    }

    /** The file of the library that a source is, by its name and its whole text. */
    Optional<String> nameOf(Source source) {
        Program file = files.get(source.name());
        return file != null && file.span().source().text().equals(source.text())
                ? Optional.of(source.name())
                : Optional.empty();
    }

    Program file(String name) {
        Program file = files.get(name);
        if (file == null) {
            throw new Malformed("the library has no file " + name);
        }
        return file;
    }
}
