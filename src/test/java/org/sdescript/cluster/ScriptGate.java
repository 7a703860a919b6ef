package org.sdescript.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.NullMarked;

/**
 * A file that a script reads by {@code csv}: a named pipe, at which the reader waits until the test opens the gate. So a
 * test acts at a certain line of a script, in each process that runs it.
 */
@NullMarked
final class ScriptGate {
    private static final String CONTENT = "open\n1\n";

    private final Path folder;
    private int pipes;

    /** A gate that is open, in a folder of its own. */
    ScriptGate(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(file(), CONTENT);
    }

    private Path file() {
        return folder.resolve("gate.csv");
    }

    private Path pipe() {
        return folder.resolve("pipe" + pipes);
    }

    /** The expression of a script that passes the gate. */
    String passing() {
        return "csv(\"" + file() + "\")";
    }

    void close() throws IOException, InterruptedException {
        pipes++;
        Process made =
                new ProcessBuilder("mkfifo", pipe().toString()).inheritIO().start();
        if (made.waitFor() != 0) {
            throw new IOException("mkfifo " + pipe());
        }
        Path link = folder.resolve("link");
        Files.createLink(link, pipe());
        Files.move(link, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Opens the gate for all that come, and for one reader that waits. */
    void open() throws IOException {
        Path whole = folder.resolve("whole");
        Files.writeString(whole, CONTENT);
        Files.move(whole, file(), StandardCopyOption.ATOMIC_MOVE);
        release(pipe());
    }

    /** Lets one reader that waits pass, and closes the gate for all that come. */
    void passOne() throws IOException, InterruptedException {
        Path before = pipe();
        close();
        release(before);
    }

    private static void release(Path pipe) throws IOException {
        // open for both directions, a pipe waits for no reader
        try (RandomAccessFile waiting = new RandomAccessFile(pipe.toFile(), "rw")) {
            waiting.write(CONTENT.getBytes(StandardCharsets.UTF_8));
        }
    }
}
