package org.sdescript.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * The folders that a script may write to: the run's own folder and those that the user has allowed. A path is checked
 * with all links resolved, so that neither {@code ..} nor a link leads outside. The check precedes the write; a link
 * that another process creates in between is not detected.
 *
 * @param run the folder of the run, the base of relative file names
 * @param further other folders that the user has allowed
 */
public record OutputFolders(Path run, List<Path> further) {
    private static final String CODE = "E0741";

    public OutputFolders {
        further = List.copyOf(further);
    }

    public static OutputFolders of(Path run) {
        return new OutputFolders(run, List.of());
    }

    /** Returns these folders with more allowed folders. */
    public OutputFolders and(List<Path> more) {
        List<Path> all = new ArrayList<>(further);
        all.addAll(more);
        return new OutputFolders(run, all);
    }

    /** Returns the same allowed folders for a run in another folder. */
    public OutputFolders at(Path other) {
        return new OutputFolders(other, further);
    }

    /** Returns the run's own folder with these allowed folders and no others. */
    public OutputFolders only(List<Path> allowed) {
        return new OutputFolders(run, allowed);
    }

    /** Returns the path of an output file; throws if the path lies in none of the folders. */
    public Path resolve(String name) {
        Path inner = path(name).normalize();
        Path path = shown(inner);
        Optional<Path> real = real(path);
        if (real.isEmpty() || folders().noneMatch(folder -> contains(folder, real.get()))) {
            throw outside(name, path, real);
        }
        return path;
    }

    /** True if the real path of the file is below the run's own folder. */
    public boolean isInRun(Path file) {
        return real(file).filter(real -> contains(run, real)).isPresent();
    }

    /** Throws if the default folder of the run is a link to a place outside the current folder. */
    public OutputFolders requireBelow(Path present) {
        Optional<Path> real = real(run);
        if (real.isEmpty() || !contains(present, real.get())) {
            String where = real.map(Path::toString).orElse("nowhere");
            throw Diagnostic.error(CODE, null, "the run's folder " + run + " is a link that leads to " + where)
                    .note("nothing is written outside of the folder you are in unless you name the place")
                    .help("name it: `--out " + run + "`")
                    .raise();
        }
        return this;
    }

    private Stream<Path> folders() {
        return Stream.concat(Stream.of(run), further.stream());
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException impossible) {
            throw Diagnostic.error("E0704", null, "no file can have this name: " + impossible.getReason())
                    .help("name it with letters, digits and `-`, `_`, `.`")
                    .raise();
        }
    }

    /** Returns the path as the user would write it; {@code ..} behind a link keeps the system's meaning. */
    private Path shown(Path inner) {
        Path path = run.resolve(inner);
        boolean climbs = run.normalize().getNameCount() != run.getNameCount()
                && run.toString().contains("..");
        return climbs || inner.startsWith("..") && !inner.isAbsolute() ? path : path.normalize();
    }

    private static boolean contains(Path folder, Path real) {
        return real(folder).filter(real::startsWith).isPresent();
    }

    /**
     * Returns the path without links; empty for a dangling link. A missing file resolves to the place where it would
     * be created.
     */
    private static Optional<Path> real(Path path) {
        Path whole = path.toAbsolutePath();
        Path existing = whole;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            return existing == null
                    ? Optional.of(whole.normalize())
                    : Optional.of(existing.toRealPath()
                            .resolve(existing.relativize(whole))
                            .normalize());
        } catch (IOException leadsNowhere) {
            return Optional.empty();
        }
    }

    private SdeError outside(String name, Path path, Optional<Path> real) {
        Path plain = path.toAbsolutePath().normalize();
        Diagnostic error =
                Diagnostic.error(CODE, null, "the file " + name + " would lie outside of the run's folder " + run);
        if (plain.startsWith(run.toAbsolutePath().normalize())) {
            error = error.note(
                    "a link on the way leads to " + real.map(Path::toString).orElse("nothing"));
        }
        return error.help("name it without `..`, below the run's folder; or allow another folder on the command line:"
                        + " `--write DIR`")
                .raise();
    }
}
