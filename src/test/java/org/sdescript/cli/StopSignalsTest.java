package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
        Path told = folder.resolve("told");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dsde.threads=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        file.toString(),
                        "--out",
                        folder.resolve("out").toString())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        try {
            while (process.isAlive() && !(Files.readString(told).contains(STARTED) && Files.exists(awaited))) {
                Thread.sleep(50);
            }
            Thread.sleep(300);
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(status);
        return Files.readString(told, StandardCharsets.UTF_8);
    }
}
