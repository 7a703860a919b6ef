package org.sdescript.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.source.Source;

/** Reads scripts. */
public final class ScriptFile {
    private ScriptFile() {}

    public static Source read(Path file) {
        return new Source(file.toString(), new String(bytes(file), StandardCharsets.UTF_8));
    }

    /** The file that an import names, relative to the file it stands in. */
    static Path imported(Statement.Import declared) {
        Path importing = Path.of(declared.span().source().name());
        return importing.resolveSibling(declared.path()).normalize();
    }

    /** A file that is imported; what keeps it from being read is told at the import. */
    static Source read(Path file, Statement.Import declared) {
        try {
            return read(file);
        } catch (SdeError unreadable) {
            throw new SdeError(unreadable.diagnostics().stream()
                    .map(diagnostic -> diagnostic.at(declared.span()))
                    .toList());
        }
    }

    /** @param underWay the files that are being read, from the first that imports to the last */
    static SdeError circular(Collection<Path> underWay, Path file, Statement.Import declared) {
        String way = underWay.stream().map(path -> path.getFileName() + " → ").collect(Collectors.joining());
        return Diagnostic.error("E0923", declared.span(), "these files import each other: " + way + file.getFileName())
                .help("move what both need into a file that imports neither")
                .raise();
    }

    /** For those who write back what they read: a file that is not UTF-8 throughout is refused. */
    public static Source readExactly(Path file) {
        return decode(file.toString(), bytes(file));
    }

    /** A text under a name, refused unless it is UTF-8 throughout. */
    public static Source decode(String name, byte[] bytes) {
        try {
            return new Source(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw Diagnostic.error("E0706", null, "cannot read " + name + ": it is not UTF-8 text")
                    .help("save it as UTF-8 in your editor")
                    .raise();
        }
    }

    private static byte[] bytes(Path file) {
        FileFault.requireReadable(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
    }
}
