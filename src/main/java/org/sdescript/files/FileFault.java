package org.sdescript.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;

/**
 * Builds the errors of file access, for the author of the script.
 *
 * <pre>
 * E0701  no such file
 * E0702  a folder where a file is expected
 * E0703  no permission to read
 * E0704  no permission to write the folder or file
 * E0705  a full disk
 * E0706  any other failure of reading or writing
 * </pre>
 */
public final class FileFault {
    private FileFault() {}

    /** Throws unless {@code path} is a readable file. */
    public static void requireReadable(Path path) {
        if (!Files.exists(path)) {
            throw missing(path);
        }
        if (Files.isDirectory(path)) {
            throw Diagnostic.error("E0702", null, path + " is a folder, not a file")
                    .raise();
        }
        if (!Files.isReadable(path)) {
            throw unreadable(path);
        }
    }

    public static SdeError reading(Path path, IOException cause) {
        return switch (cause) {
            case NoSuchFileException gone -> missing(path);
            case FileNotFoundException gone -> missing(path);
            case AccessDeniedException denied -> unreadable(path);
            case IOException other ->
                new SdeError(Diagnostic.error("E0706", null, "cannot read " + path + ": " + reason(other)), other);
        };
    }

    public static SdeError writing(Path path, IOException cause) {
        if (SystemFailure.FULL_DISK.isIn(cause)) {
            return new SdeError(
                    Diagnostic.error("E0705", null, "no space is left on the disk for " + path)
                            .note("an earlier file of this name is unchanged")
                            .help("free some space, or write elsewhere with `--out DIR`"),
                    cause);
        }
        return new SdeError(Diagnostic.error("E0706", null, "cannot write " + path + ": " + reason(cause)), cause);
    }

    static SdeError unwritable(Path path, String reason) {
        return Diagnostic.error("E0704", null, "cannot write " + path + ": " + reason)
                .help("write elsewhere with `--out DIR`, or change the permissions")
                .raise();
    }

    static SdeError folderInTheWay(Path path) {
        return Diagnostic.error("E0702", null, path + " is a folder, so no file can have this name")
                .raise();
    }

    private static SdeError missing(Path path) {
        Diagnostic fault = Diagnostic.error("E0701", null, "there is no file " + path);
        Diagnostic placed = path.isAbsolute()
                ? fault
                : fault.note("looked for " + path.toAbsolutePath().normalize());
        return placed.help(remedy(path.toAbsolutePath().normalize())).raise();
    }

    private static String remedy(Path path) {
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return "there is no folder " + folder + " either";
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return Spelling.nearest(path.getFileName().toString(), names)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("the name is relative to the folder you are in, or to the script's own");
        } catch (IOException unlisted) {
            return "the folder " + folder + " cannot be listed";
        }
    }

    private static SdeError unreadable(Path path) {
        return Diagnostic.error("E0703", null, "no permission to read " + path).raise();
    }

    private static String reason(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
