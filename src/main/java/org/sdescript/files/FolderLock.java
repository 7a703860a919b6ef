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
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * The exclusive use of a folder by one run, until the lock is closed or the process ends. Uses a system lock on a
 * file in the folder, so that a killed process leaves no lock; the file holds the owner's process id.
 */
public final class FolderLock implements AutoCloseable {
    static final String FILE = ".sde.lock";

    /**
     * Folders locked by this process: a system lock belongs to the whole process, and is lost if the process closes
     * any other channel of the file.
     */
    private static final Set<Path> OWN = new HashSet<>();

    /**
     * The locked byte lies behind the text, so that other processes can read the owner even where locks prevent
     * reading.
     */
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
     * Locks an existing folder. Without locks in the file system, no lock is held.
     *
     * @param remedy advice if another run has the lock
     * @return the lock, to be closed after the last file is written; empty if the file system has no locks
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

    /** True if no run has a lock on the folder now. */
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

    /**
     * Writes the owner and returns true if the file still exists: the previous run deletes the file before it
     * releases its lock, and a lock on a deleted file has no effect.
     */
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
                .note("the files of both runs would be mixed")
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

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            Thread.yield();
        }
    }

    /** True if this is the lock of the folder, by its real path. */
    public boolean isOn(Path other) {
        return folder.equals(real(other));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            Thread.yield(); // an empty file without a lock is harmless
        }
        closeQuietly(channel);
        release(folder);
    }
}
