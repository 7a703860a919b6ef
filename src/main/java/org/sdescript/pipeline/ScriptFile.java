package org.sdescript.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sdescript.diagnostic.Diagnostic;
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
        FileFault.requireReadable(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
    }
}
