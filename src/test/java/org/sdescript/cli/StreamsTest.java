package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Standard streams that are full, closed, or without a reader. */
@DisabledOnOs(OS.WINDOWS)
class StreamsTest {
    @TempDir
    private Path folder;

    private record Answer(int status, String errors) {}

    @Test
    void a_full_output_ends_the_run_with_a_message() throws Exception {
        assumeThat(Files.exists(Path.of("/dev/full")))
                .as("this system has no /dev/full")
                .isTrue();

        Answer answer = shell("print(1)\nsave(ones([2, 2]), \"a.csv\")", "\"$@\" > /dev/full");

        assertThat(answer.status()).as(answer.errors()).isEqualTo(1);
        assertThat(answer.errors())
                .contains("error[E0708]: standard output cannot be written")
                .doesNotContain("bug in sde", "\tat ");
        assertThat(folder.resolve("out/a.csv")).doesNotExist();
        assertThat(folder.resolve("out/run.json")).content().contains("\"outcome\" : \"failed\"");
    }

    @Test
    void help_and_version_are_told_to_somebody_too() throws Exception {
        assumeThat(Files.exists(Path.of("/dev/full")))
                .as("this system has no /dev/full")
                .isTrue();

        Answer answer = shell("", "\"$1\" \"$2\" \"$3\" " + Main.class.getName() + " --version > /dev/full");

        assertThat(answer.status()).as(answer.errors()).isEqualTo(1);
    }

    @Test
    void a_closed_output_ends_the_run_with_a_message() throws Exception {
        Answer answer = shell("print(1)", "\"$@\" 1</dev/null");

        assertThat(answer.status()).as(answer.errors()).isEqualTo(1);
        assertThat(answer.errors()).contains("error[E0708]").doesNotContain("bug in sde");
    }

    @Test
    void a_broken_pipe_stops_the_script() throws Exception {
        Answer answer = shell("while true { print(1) }", "{ \"$@\"; echo $? > status; } | head -n 1");

        assertThat(Files.readString(folder.resolve("status")).strip()).isEqualTo("141");
        assertThat(answer.errors()).doesNotContain("error[", "bug in sde", "\tat ");
    }

    @Test
    void a_broken_pipe_stops_the_prompt() throws Exception {
        Files.writeString(folder.resolve("entries"), "1\n".repeat(200_000));
        List<String> words = new ArrayList<>(java());
        words.addAll(List.of(Main.class.getName(), "repl", "--out", "out"));

        Answer answer = shell(words, "{ \"$@\" < entries; echo $? > status; } | head -n 1");

        assertThat(Files.readString(folder.resolve("status")).strip()).isEqualTo("141");
        assertThat(answer.errors()).doesNotContain("bug in sde", "\tat ");
    }

    private Answer shell(String script, String command) throws Exception {
        Files.writeString(folder.resolve("script.sde"), script + "\n");
        List<String> words = new ArrayList<>(java());
        words.addAll(List.of(Main.class.getName(), "run", "script.sde", "--out", "out"));
        return shell(words, command);
    }

    /** @param command a shell command in which {@code "$@"} are the words */
    private Answer shell(List<String> words, String command) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", "-c", command, "sh"));
        line.addAll(words);
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Answer(process.exitValue(), Files.readString(errors));
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"));
    }
}
