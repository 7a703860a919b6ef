package org.sdescript.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.sdescript.check.Kind;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;

/**
 * The files that a run of another process wrote, on their way to the folder of this one.
 *
 * @param files the bytes of each file by its name below the folder, with {@code /} between the parts of the name
 */
public record RunFiles(Map<String, byte[]> files) implements Value.Extension {
    public RunFiles {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** Reads all files below a folder. */
    public static RunFiles below(Path folder) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            return new RunFiles(files);
        } catch (IOException failure) {
            throw FileFault.reading(folder, failure);
        } catch (UncheckedIOException failure) {
            throw FileFault.reading(folder, Objects.requireNonNull(failure.getCause()));
        }
    }

    /** Writes all files below a folder; if a name leads elsewhere, none is written. */
    public void writeBelow(Path folder) {
        Map<Path, byte[]> places = new LinkedHashMap<>();
        files.forEach((name, bytes) -> places.put(place(folder.normalize(), name), bytes));
        places.forEach((file, bytes) -> AtomicFile.write(file, out -> out.write(bytes)));
    }

    private static Path place(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IllegalArgumentException("a run of another process wrote " + name);
        }
        return file;
    }

    @Override
    public Kind kind() {
        return Kind.NONE;
    }

    @Override
    public String show() {
        return files.size() + " files";
    }
}
