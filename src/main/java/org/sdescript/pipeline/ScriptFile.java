package org.sdescript.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.files.FileFault;
import org.sdescript.source.Source;

/** Reads scripts. */
public final class ScriptFile {
    private ScriptFile() {}

    public static Source read(Path file) {
        return new Source(file.toString(), new String(bytes(file), StandardCharsets.UTF_8));
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
        if (!Files.exists(file)) {
            throw missing(file);
        }
        FileFault.requireReadable(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
    }

    /** The script that was probably meant is one of the same folder, written a little differently. */
    private static SdeError missing(Path file) {
        SdeError fault = FileFault.missing(file);
        return nearest(file)
                .map(near -> new SdeError(fault.diagnostics().getFirst().help("did you mean " + near + "?")))
                .orElse(fault);
    }

    private static Optional<Path> nearest(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> scripts = files.map(each -> each.getFileName().toString())
                    .filter(name -> name.endsWith(".sde"))
                    .toList();
            String name = file.getFileName().toString();
            return (scripts.contains(name + ".sde") ? Optional.of(name + ".sde") : Spelling.nearest(name, scripts))
                    .map(file::resolveSibling);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
