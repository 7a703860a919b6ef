package org.sdescript.mutate.stdlib;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder in which the worker runs: links to what the project has, and a copy of {@code stdlib/} that is changed. */
final class MirroredTree {
    private MirroredTree() {}

    static Path of(Path root, Path tree) throws IOException {
        Files.createDirectories(tree.resolve("stdlib"));
        for (Path each : in(root)) {
            String name = each.getFileName().toString();
            Path there = tree.resolve(name);
            if (!List.of("target", "stdlib", ".git").contains(name) && !Files.exists(there)) {
                Files.createSymbolicLink(there, each);
            }
        }
        for (Path each : in(root.resolve("stdlib"))) {
            Files.copy(each, tree.resolve("stdlib").resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return tree;
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
