package org.sdescript.parcel;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sdescript.ast.Program;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.source.Source;

/** The files of the standard library, which parcels name instead of repeating them. */
final class LibraryText {
    /** One for the process: the library is part of the program. */
    private static final class Held {
        private static final LibraryText LIBRARY = new LibraryText(new Pipeline());
    }

    private final Pipeline pipeline;
    private final Map<String, Program> files;

    private LibraryText(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.files = pipeline.libraryFiles().stream()
                .collect(Collectors.toMap(file -> file.span().source().name(), Function.identity()));
    }

    static LibraryText present() {
        return Held.LIBRARY;
    }

    /** The phases with this library. */
    Pipeline pipeline() {
        return pipeline;
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
