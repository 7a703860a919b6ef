package org.sdescript.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * A folder outside of which a run reads nothing. Links are resolved before the comparison, so that neither {@code ..}
 * nor a link leads outside.
 *
 * @param folder the folder that contains all input files
 * @param first a folder below, searched first for relative names
 */
public record ReadingFolder(Path folder, Path first) {
    public ReadingFolder(Path folder) {
        this(folder, folder);
    }

    /** Returns the path of an input file; throws if the path lies outside. */
    public Path resolve(Path name) {
        Path near = first.resolve(name);
        Path path = Files.exists(near) ? near : folder.resolve(name);
        if (!contains(path)) {
            throw outside(name);
        }
        return path;
    }

    /** True if the real path of a file, or of the folder in which it would lie, is below this folder. */
    public boolean contains(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        try {
            Path root = folder.toAbsolutePath().normalize();
            Path existing = whole;
            while (existing != null && existing.startsWith(root) && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            boolean inside = whole.startsWith(root);
            return inside && (existing == null || !existing.startsWith(root) || isReallyInside(existing, root));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isReallyInside(Path existing, Path root) throws IOException {
        return existing.toRealPath().startsWith(root.toRealPath());
    }

    private SdeError outside(Path name) {
        return Diagnostic.error(
                        "E0741", null, "the file " + name + " lies outside of the folder of this run, " + folder)
                .help("copy the file into the folder, and name it without `..`")
                .raise();
    }
}
