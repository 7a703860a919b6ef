package org.sdescript.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The description of the processor by Linux: model, instructions and sizes of caches, on which the choice of native
 * kernels depends. Empty on other systems.
 */
final class ProcessorText {
    /** The fields that are read; the last four are those of ARM. */
    private static final Set<String> TOLD = Set.of(
            "vendor_id",
            "cpu family",
            "model",
            "model name",
            "stepping",
            "flags",
            "CPU implementer",
            "CPU variant",
            "CPU part",
            "Features");

    private ProcessorText() {}

    static String read(Path root) {
        try {
            String first = Files.readString(root.resolve("proc/cpuinfo"), StandardCharsets.ISO_8859_1)
                    .split("\n\n", 2)[0];
            String told = first.lines()
                    .filter(line -> TOLD.contains(line.split(":", 2)[0].strip()))
                    .map(line -> line.replaceAll("\\s+", " ").strip())
                    .collect(Collectors.joining("\n"));
            return told + "\ncaches:" + caches(root.resolve("sys/devices/system/cpu/cpu0/cache"));
        } catch (IOException elsewhere) {
            return "";
        }
    }

    /** The sizes of the caches; empty on virtual machines that hide them. */
    private static String caches(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> levels = Files.list(folder)) {
            TreeSet<Path> sizes = levels.map(level -> level.resolve("size"))
                    .filter(Files::isReadable)
                    .collect(Collectors.toCollection(TreeSet::new));
            StringBuilder text = new StringBuilder();
            for (Path size : sizes) {
                text.append(' ').append(Files.readString(size).strip());
            }
            return text.toString();
        }
    }
}
