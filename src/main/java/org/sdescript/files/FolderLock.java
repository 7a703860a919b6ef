package org.sdescript.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * A folder that one run has for itself, until it closes the lock or its process ends. The lock is one of the system's on a
 * file in the folder, so that a process that is killed leaves none; the file says whose it is.
 */
public final class FolderLock implements AutoCloseable {
    static final String FILE = ".sde.lock";

    /** A lock is the whole process's, and the system forgets it once the process closes any other channel of the file. */
    private static final Set<Path> OWN = new HashSet<>();

    /** Behind the text: where a lock keeps other processes from reading, they can still read whose it is. */
    private static final long LOCKED_BYTE = 1L << 20;

    private static final int TRIES = 5;

    private final Path folder;
    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path folder, Path file, FileChannel channel) {
        this.folder = folder;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes an existing folder. Where the file system has no locks, nothing is held back.
     *
     * @param remedy what to do if another run has it
     * @return the lock, to be closed after the last file is written; empty if the file system has none
     */
    public static Optional<FolderLock> of(Path folder, String remedy) {
        Path real = real(folder);
        synchronized (OWN) {
            if (!OWN.add(real)) {
                throw taken(folder, "this process", remedy);
            }
        }
        Optional<FolderLock> lock = Optional.empty();
        try {
            lock = locked(folder, real, remedy);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                release(real);
            }
        }
    }

    /** True if no run has the folder now. */
    public static boolean isFree(Path folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            return true;
        }
        try {
            of(folder, "").ifPresent(FolderLock::close);
            return true;
        } catch (SdeError taken) {
            return false;
        }
    }

    private static Optional<FolderLock> locked(Path folder, Path real, String remedy) {
        Path file = real.resolve(FILE);
        for (int i = 0; i < TRIES; i++) {
            FileChannel channel = null;
            boolean kept = false;
            try {
                channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
                if (lock == null) {
                    throw taken(folder, owner(channel), remedy);
                }
                if (isStillThere(file, channel)) {
                    kept = true;
                    return Optional.of(new FolderLock(real, file, channel));
                }
            } catch (IOException noLocks) {
                return Optional.empty();
            } finally {
                if (!kept) {
                    closeQuietly(channel);
                }
            }
        }
        return Optional.empty();
    }

    /** The run before deletes its file while it still holds the lock: a lock on what is deleted locks nothing. */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        String pid = String.valueOf(ProcessHandle.current().pid());
        String text = pid + " ".repeat(Math.floorMod(System.nanoTime(), 1000)) + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        return Files.exists(file) && Files.size(file) == text.length();
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(20);
        channel.read(start, 0);
        String pid = new String(start.array(), 0, start.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() || !pid.chars().allMatch(Character::isDigit) ? "another process" : "process " + pid;
    }

    private static SdeError taken(Path folder, String owner, String remedy) {
        return Diagnostic.error("E0707", null, "another run writes to " + folder + " now: " + owner)
                .note("the files of the two would be mixed")
                .help(remedy)
                .raise();
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException missing) {
            return folder.toAbsolutePath().normalize();
        }
    }

    private static void release(Path folder) {
        synchronized (OWN) {
            OWN.remove(folder);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            Thread.yield();
        }
    }

    /** True if this is the lock of a folder, however the folder is named. */
    public boolean isOn(Path other) {
        return folder.equals(real(other));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            Thread.yield(); // an empty file that locks nothing does no harm
        }
        closeQuietly(channel);
        release(folder);
    }
}
