package org.sdescript.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sdescript.files.FileFault;
import org.sdescript.source.Source;

/** Reads scripts. */
public final class ScriptFile {
    private ScriptFile() {}

    public static Source read(Path file) {
        FileFault.requireReadable(file);
        try {
            return new Source(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw FileFault.reading(file, e);
        }
    }
}
