package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.sdescript.display.MessageJson;
import org.sdescript.files.AtomicFile;

/**
 * The description by which Jupyter finds and starts the kernel: a folder with {@code kernel.json} and logos.
 *
 * @param command the command line that starts sde, without its arguments
 */
public record KernelSpec(List<String> command) {
    private static final Path PLACE = Path.of("kernels", "sde");
    private static final List<String> LOGOS = List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

    /** Writes the folder below a data folder of Jupyter, such as {@code /usr/local/share/jupyter}; returns its path. */
    public Path install(Path data) {
        Path folder = data.resolve(PLACE);
        AtomicFile.write(folder.resolve("kernel.json"), json());
        for (String logo : LOGOS) {
            AtomicFile.write(folder.resolve(logo), out -> out.write(resource(logo)));
        }
        return folder;
    }

    private String json() {
        ObjectNode spec = MessageJson.object();
        var argv = spec.putArray("argv");
        command.forEach(argv::add);
        argv.add("jupyter").add("{connection_file}");
        spec.put("display_name", "sde").put("language", "sde").put("interrupt_mode", "message");
        return spec.toPrettyString() + "\n";
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(KernelSpec.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
