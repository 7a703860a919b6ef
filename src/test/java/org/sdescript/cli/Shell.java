package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the command line as a separate process in a folder: standard output, standard error, and the status. */
record Shell(Path folder, Map<String, String> environment, Optional<Path> input) {
    private static final long PATIENCE_SECONDS = 120;

    /** The result of one command. */
    record Answer(String output, String errors, int status) {}

    static Shell in(Path folder) {
        return new Shell(folder, Map.of(), Optional.empty());
    }

    /** The same shell with a file on standard input. */
    Shell reading(Path file) {
        return new Shell(folder, environment, Optional.of(file));
    }

    /** Runs {@code sde} with these arguments. */
    Answer sde(String... arguments) throws IOException {
        return sde(List.of(), arguments);
    }

    /** Runs {@code sde} with options of the JVM. */
    Answer sde(List<String> options, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(Main.class.getName()));
        line.addAll(List.of(arguments));
        return java(options, line.toArray(String[]::new));
    }

    /** Runs a program of this class path with options of the JVM: the name of its class, and its arguments. */
    Answer java(List<String> options, String... program) throws IOException {
        Path output = Files.createTempFile("sde", ".out");
        Path errors = Files.createTempFile("sde", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(line(options, program))
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            input.ifPresent(file -> builder.redirectInput(file.toFile()));
            Process process = builder.start();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", String.join(" ", program))
                    .isTrue();
            return new Answer(Files.readString(output), Files.readString(errors), process.exitValue());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static List<String> line(List<String> options, String... program) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsde.threads=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        line.addAll(options);
        line.addAll(List.of(program));
        return line;
    }
}
