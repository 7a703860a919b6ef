package org.sdescript.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.files.FileFault;
import org.sdescript.source.Source;

/** Reads scripts. */
public final class ScriptFile {
    private ScriptFile() {}

    public static Source read(Path file) {
        if (!Files.exists(file)) {
            throw missing(file);
        }
        FileFault.requireReadable(file);
        try {
            return new Source(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
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
