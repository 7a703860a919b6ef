package org.sdescript.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.display.MessageJson;
import org.sdescript.files.ReadingFolder;

/** The files that a tab's runs have written: their size, their names, and their content for the page. */
record TabFiles(Path folder) {
    private static final long LARGEST = 1L << 28;

    /** Returns the size of all files, in bytes. */
    long size() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException changing) {
            return 0; // not written yet, or a file vanished meanwhile
        }
    }

    /** Returns the names of the files, folders separated by slashes, without hidden ones. */
    ArrayNode names() {
        ArrayNode names = MessageJson.array();
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.startsWith(".") && !name.contains("/."))
                    .sorted()
                    .toList();
            found.forEach(names::add);
        } catch (IOException | UncheckedIOException changing) {
            return names;
        }
        return names;
    }

    /** Returns the content of a file; empty for a name that leads outside of the folder or to no file. */
    Optional<byte[]> content(String name) {
        try {
            Path file = folder.resolve(name);
            boolean isOurs = new ReadingFolder(folder).contains(file) && Files.isRegularFile(file);
            return isOurs && Files.size(file) <= LARGEST ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }
}
