package org.sdescript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Python installation with some modules, for tests of what is exchanged with Python. */
public final class Python {
    private static final Path SCRIPTS = Path.of("src", "test", "python");
    private static final long PATIENCE_SECONDS = 600;
    private static final List<String> PLACES = List.of("/usr/bin/python3", "python3");

    private final String command;

    private Python(String command) {
        this.command = command;
    }

    public static Optional<Python> withTorch() {
        return with("torch, numpy");
    }

    /** @param modules names of modules, separated by commas */
    public static Optional<Python> with(String modules) {
        return PLACES.stream()
                .filter(command -> imports(modules, command))
                .findFirst()
                .map(Python::new);
    }

    private static boolean imports(String modules, String command) {
        try {
            Process process = new ProcessBuilder(command, "-c", "import " + modules)
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
        return run(script, folder, Map.of(), folder.toString());
    }

    /**
     * The same with other arguments.
     *
     * @param folder the working directory of the script
     * @param environment further environment variables
     */
    public List<String> run(String script, Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path said = folder.resolve(script + ".said");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        command,
                                        SCRIPTS.resolve(script).toAbsolutePath().toString()),
                                Stream.of(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean isOver = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        List<String> lines = Files.readAllLines(said);
        if (!isOver || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join("\n", lines));
        }
        return lines;
    }
}
