package org.sdescript.files;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.sdescript.interrupt.StopRequest;

/**
 * Writes files atomically: to a temporary name in the same folder, forced to the disk, then renamed. After any crash,
 * a reader sees the whole old file or the whole new file.
 */
public final class AtomicFile {
    private static final String TEMPORARY = ".tmp";

    /**
     * Distinguishes this process in temporary names. Processes on several machines may write the same file of a shared
     * disk at once, and may have the same process id, so the name also has 64 random bits.
     */
    private static final String PROCESS =
            ProcessHandle.current().pid() + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private AtomicFile() {}

    /** Returns true for the temporary file of a write to a file of the same folder, which a killed process leaves behind. */
    public static boolean isTemporary(Path file, String target) {
        String name = file.getFileName().toString();
        return name.startsWith("." + target + ".") && name.endsWith(TEMPORARY);
    }

    /** Writes the content of one file; an exception leaves the target unchanged. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void write(Path path, String text) {
        write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a file; creates missing folders. Failures are thrown as {@link org.sdescript.diagnostic.SdeError}. */
    public static void write(Path path, Content content) {
        Path target = resolve(path);
        prepare(path, target);
        try {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                stream(target, content); // a device or pipe cannot be replaced by renaming
            } else {
                replace(target, content);
            }
        } catch (UncheckedIOException failure) {
            throw FileFault.writing(path, Objects.requireNonNull(failure.getCause()));
        } catch (IOException failure) {
            throw FileFault.writing(path, failure);
        }
    }

    /** Creates an output folder and checks its permissions, so that the error occurs before hours of work. */
    public static void requireFolder(Path folder) {
        makeFolder(folder, folder.toAbsolutePath());
        if (!Files.isWritable(folder)) {
            throw FileFault.unwritable(folder, "no permission to write into it");
        }
    }

    private static void makeFolder(Path path, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw FileFault.unwritable(path, "the folder " + folder + " cannot be made");
        }
    }

    /** Follows a link, since renaming onto a link would replace the link instead of its target. */
    private static Path resolve(Path path) {
        try {
            return Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        } catch (IOException failure) {
            throw FileFault.writing(path, failure);
        }
    }

    private static void prepare(Path path, Path target) {
        if (Files.isDirectory(target)) {
            throw FileFault.folderInTheWay(path);
        }
        Path folder = Objects.requireNonNull(target.getParent(), "a root is a folder");
        makeFolder(path, folder);
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw FileFault.unwritable(path, "no permission to change the file");
        }
        if (Files.notExists(target) && !Files.isWritable(folder)) {
            throw FileFault.unwritable(path, "no permission to write into " + folder);
        }
    }

    private static void replace(Path target, Content content) throws IOException {
        String unique = PROCESS + "-" + Thread.currentThread().threadId();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + unique + TEMPORARY);
        try {
            stream(temporary, content);
            keepPermissions(target, temporary);
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Copies the permissions of the old file, such as executable or private. */
    private static void keepPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            view.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    /** Uses a FileOutputStream, since the interrupt that Ctrl-C may send closes channels. */
    private static void stream(Path path, Content content) throws IOException {
        try (FileOutputStream file = new FileOutputStream(path.toFile());
                OutputStream out = new BufferedOutputStream(new Polling(file), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            if (Files.isRegularFile(path)) {
                file.getFD().sync();
            }
        }
    }

    /** Polls for a request to stop in long writes; a stop leaves the target unchanged. */
    private static final class Polling extends FilterOutputStream {
        Polling(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            StopRequest.poll();
            out.write(bytes, from, count);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
