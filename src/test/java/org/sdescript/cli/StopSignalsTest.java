package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, sent to separate processes. */
@DisabledOnOs(OS.WINDOWS)
class StopSignalsTest {
    private static final String STARTED = "started";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while true {}",
                "x = [k for i in 1..100_000 for j in 1..100_000 for k in [1]]",
                "x = randn([1500, 1500])\nwhile true { x = x @ x / 1000 }",
                "fn f(t) = sin(t) + 1\nx = 0\nf2 = t -> t\n"
                        + "repeat 3000 { f2 = ((h) -> (t -> f(h(t))))(f2) }\nprint(diff(f2, 0.5))"
            })
    void ends_a_run_with_its_record_and_without_a_stack(String script) throws Exception {
        String said = interrupted(script, folder.resolve("told"));

        assertThat(said).contains("interrupted").doesNotContain("\tat ", "bug in sde");
        assertThat(folder.resolve("out/run.json")).content().contains("\"outcome\" : \"interrupted\"");
    }

    @Test
    void keeps_the_state_of_a_training() throws Exception {
        String said = interrupted(
                "score = train(mlp(hidden = 8, depth = 1), moons(100), VP(), steps = 1_000_000,"
                        + " checkpoint = \"kept\", every = 1)",
                folder.resolve("out/kept/state.safetensors"));

        assertThat(said).contains("training stopped before step").doesNotContain("\tat ");
    }

    /** Each signal has its own exit status, and each saves the state. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void other_signals_keep_the_state_too(String signal, int status) throws Exception {
        String said = ended(
                "score = train(mlp(hidden = 8, depth = 1), moons(100), VP(), steps = 1_000_000,"
                        + " checkpoint = \"kept\", every = 1)",
                folder.resolve("out/kept/state.safetensors"),
                signal,
                status);

        assertThat(said).contains("training stopped before step").doesNotContain("\tat ");
        assertThat(folder.resolve("out/run.json")).content().contains("\"outcome\" : \"interrupted\"");
    }

    /**
     * Interrupts a script after its first output and after a file exists; returns its output. The exit status must be
     * that of Ctrl-C.
     */
    private String interrupted(String script, Path awaited) throws IOException, InterruptedException {
        return ended(script, awaited, "INT", Main.INTERRUPTED);
    }

    private String ended(String script, Path awaited, String signal, int status)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script.sde"), "print(\"" + STARTED + "\")\n" + script);
        String out = folder.resolve("out").toString();
        return ended(
                List.of("run", file.toString(), "--out", out),
                () -> told().contains(STARTED) && Files.exists(awaited),
                signal,
                status);
    }

    /** Sends a signal to sde as soon as it is ready for it; returns its output. */
    private String ended(List<String> words, BooleanSupplier isReady, String signal, int status)
            throws IOException, InterruptedException {
        assumeThat(isIgnored(status - 128))
                .as("SIG%s ignored by these tests and their processes", signal)
                .isFalse();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsde.threads=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("told").toFile())
                .start();
        try {
            while (process.isAlive() && !isReady.getAsBoolean()) {
                Thread.sleep(50);
            }
            Thread.sleep(300);
            new ProcessBuilder("kill", "-" + (status - 128), String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(status);
        return told();
    }

    /** True if this process was started to ignore a signal, as by nohup, which its own processes then do, too. */
    private static boolean isIgnored(int number) throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (number - 1) & 1) == 1);
    }

    private String told() {
        try {
            return Files.readString(folder.resolve("told"), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The signal reaches the sweep alone, which asks its runs to stop; the third run does not begin. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "HUP, 129"})
    void a_sweep_stops_its_processes_which_keep_their_states(String signal, int status) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script.sde"),
                "score = train(mlp(hidden = 8, depth = 1), moons(100), VP(), steps = 1_000_000,"
                        + " checkpoint = \"kept\", every = 1)");
        Path out = folder.resolve("out");
        List<Path> states = Stream.of("seed=1", "seed=2")
                .map(run -> out.resolve(run).resolve("kept/state.safetensors"))
                .toList();

        String said = ended(
                List.of("sweep", "--jobs", "2", "--out", out.toString(), script.toString(), "--seed", "1..3"),
                () -> states.stream().allMatch(Files::exists),
                signal,
                status);

        assertThat(said).contains("seed=1: interrupted", "seed=2: interrupted").doesNotContain("seed=3:");
        for (String run : List.of("seed=1", "seed=2")) {
            assertThat(out.resolve(run).resolve("log.txt")).content().contains("training stopped before step");
        }
    }
}
