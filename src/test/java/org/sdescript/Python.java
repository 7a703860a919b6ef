package org.sdescript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Python installation with PyTorch, for tests of files exchanged with Python. */
public final class Python {
    private static final Path SCRIPTS = Path.of("src", "test", "python");
    private static final List<String> PLACES = List.of("/usr/bin/python3", "python3");

    private final String command;

    private Python(String command) {
        this.command = command;
    }

    public static Optional<Python> withTorch() {
        return PLACES.stream().filter(Python::hasTorch).findFirst().map(Python::new);
    }

    private static boolean hasTorch(String command) {
        try {
            Process process = new ProcessBuilder(command, "-c", "import torch, numpy")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a test script and returns its output. */
    public List<String> run(String script, Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve(script + ".said");
        Process process = new ProcessBuilder(
                        Stream.of(command, SCRIPTS.resolve(script).toString(), folder.toString())
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean isOver = process.waitFor(120, TimeUnit.SECONDS);
        List<String> lines = Files.readAllLines(said);
        if (!isOver || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join("\n", lines));
        }
        return lines;
    }
}
