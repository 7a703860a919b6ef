package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.api.Sde;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.OutputFolders;
import org.sdescript.source.Source;

/** A script writes only below the folder of its run, or below folders that the user names, by any path. */
@DisabledOnOs(OS.WINDOWS)
class WritingTest {
    private static final String REFUSED = "error[E0741]";

    @TempDir
    private Path temporary;

    private Path out;
    private Path elsewhere;

    @BeforeEach
    void folders() throws IOException {
        out = Files.createDirectories(temporary.resolve("out"));
        elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(out.resolve("folder"), elsewhere);
        Files.createSymbolicLink(out.resolve("dangling"), elsewhere.resolve("nothing"));
        Files.writeString(elsewhere.resolve("kept.csv"), "kept\n");
        Files.createSymbolicLink(out.resolve("link.csv"), elsewhere.resolve("kept.csv"));
    }

    /** ELSE stands for a folder outside of the run's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "save(ones([2, 2]), \"../elsewhere/a.csv\")",
                "save(ones([2, 2]), \"ELSE/a.npy\")",
                "save(ones([2, 2]), \"folder/a.csv\")",
                "save(ones([2, 2]), \"folder/../a.csv/../../elsewhere/a.csv\")",
                "save(ones([2, 2]), \"dangling/a.csv\")",
                "save(ones([2, 2]), \"link.csv\")",
                "plot(scatter(ones([2, 2])), to = \"folder/a.png\")",
                "animate([ones([2, 2])], to = \"ELSE/a.gif\")",
                "export(train(mlp(hidden = 8, depth = 1), moons(16), VP(), steps = 1), \"folder/a.pt\")",
                "train(mlp(hidden = 8, depth = 1), moons(16), VP(), steps = 1, checkpoint = \"ELSE\")",
                "train(mlp(hidden = 8, depth = 1), moons(16), VP(), steps = 1, checkpoint = \"ELSE\", resume = true)",
                "train(mlp(hidden = 8, depth = 1), moons(16), VP(), steps = 1, checkpoint = \"folder/model\")"
            })
    void what_lies_elsewhere_is_refused_unless_the_user_names_its_folder(String text) throws IOException {
        Path script = script(text.replace("ELSE", elsewhere.toString()));

        ScriptRun refused = run(script);

        assertThat(refused.status()).as(refused.errors()).isEqualTo(1);
        assertThat(refused.errors()).contains(REFUSED, "--write ").doesNotContain("bug in sde");
        assertThat(written()).isEqualTo(List.of("kept.csv"));
        assertThat(elsewhere.resolve("kept.csv")).content().isEqualTo("kept\n");
    }

    @Test
    void what_the_command_line_names_may_be_written_and_is_in_the_record() throws IOException {
        Path other = temporary.resolve("other");
        Path script = script("""
                save(ones([2, 2]), "%1$s/a.csv")
                save(ones([2, 2]), "../elsewhere/b.csv")
                save(ones([2, 2]), "folder/c.csv")
                save(ones([2, 2]), "%2$s/deep/d.csv")
                train(mlp(hidden = 8, depth = 1), moons(16), VP(), steps = 1, checkpoint = "%1$s/model")
                """.formatted(elsewhere, other));

        ScriptRun done = run(script, elsewhere, other);

        assertThat(done.status()).as(done.errors()).isZero();
        assertThat(written()).contains("a.csv", "b.csv", "c.csv", "model");
        assertThat(other.resolve("deep/d.csv")).exists();
        assertThat(out.resolve("run.json"))
                .content()
                .contains(elsewhere.resolve("a.csv").toString());
    }

    /** Links in place of the run's own files are not followed. */
    @ParameterizedTest
    @ValueSource(strings = {"run.json", "metrics.jsonl", "stopped", "model/state.next.safetensors"})
    void a_link_in_the_place_of_a_file_of_the_run_is_not_followed(String name) throws IOException {
        Files.createDirectories(out.resolve("model"));
        Path aim = name.equals("stopped") ? elsewhere : elsewhere.resolve("kept.csv");
        Files.createSymbolicLink(out.resolve(name), aim);
        run(script("train(mlp(hidden = 8, depth = 1), moons(16), VP(), steps = 1, checkpoint = \"model\")"));

        assertThat(elsewhere.resolve("kept.csv")).content().isEqualTo("kept\n");
        assertThat(written()).isEqualTo(List.of("kept.csv"));
    }

    @Test
    void a_folder_of_the_run_that_nobody_named_is_no_link_to_another_place() throws IOException {
        Path here = Files.createDirectories(temporary.resolve("here"));
        Files.createSymbolicLink(here.resolve("runs"), elsewhere);
        Path script = script("save(ones([2, 2]), \"a.csv\")");

        Path other = Files.createDirectories(temporary.resolve("other"));
        Path further = Files.writeString(
                temporary.resolve("further.sde"),
                "save(ones([2, 2]), \"a.csv\"); save(ones([2, 2]), \"" + other + "/b.csv\")\n");

        Shell.Answer refused = Shell.in(here).sde("run", script.toString());
        Shell.Answer named =
                Shell.in(here).sde("run", further.toString(), "--out", "runs/script", "--write", other.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains(REFUSED, "--out runs/script");
        assertThat(named.status()).as(named.errors()).isZero();
        assertThat(elsewhere.resolve("script/a.csv")).exists();
        assertThat(other.resolve("b.csv")).exists();
    }

    @Test
    void the_prompt_takes_the_folders_too() throws Exception {
        Path entries =
                Files.writeString(temporary.resolve("entries"), "save(ones([2, 2]), \"" + elsewhere + "/a.csv\")\n");

        Shell.Answer refused = Shell.in(temporary).reading(entries).sde("repl", "--out", out.toString());
        Shell.Answer allowed = Shell.in(temporary)
                .reading(entries)
                .sde("repl", "--out", out.toString(), "--write", elsewhere.toString());

        assertThat(refused.errors()).contains("E0741", "--write");
        assertThat(allowed.errors()).doesNotContain("E0741");
        assertThat(elsewhere.resolve("a.csv")).exists();
    }

    @Test
    void programs_allow_folders_too() {
        Sde script = Sde.of("save(ones([2, 2]), \"" + elsewhere + "/a.csv\")").folder(out);

        assertThatThrownBy(script::run).isInstanceOf(SdeError.class).hasMessageContaining("outside");
        script.write(elsewhere).run().close();
        assertThat(elsewhere.resolve("a.csv")).exists();
    }

    /** The lock belongs to a process, so the second run is a process of its own. */
    @Test
    void two_runs_at_once_do_not_share_a_folder() throws Exception {
        Path waiting = script("while true {}");
        ScriptProcesses processes = new ScriptProcesses(temporary);
        Process first = processes.start(waiting);
        Path folder = processes.out("script");
        try {
            while (first.isAlive() && !Files.exists(folder.resolve(".sde.lock"))) {
                Thread.sleep(20);
            }
            Path other = Files.writeString(temporary.resolve("other.sde"), "print(1)\n");
            Shell.Answer second = Shell.in(temporary).sde("run", other.toString(), "--out", folder.toString());

            assertThat(second.status()).isEqualTo(1);
            assertThat(second.output()).isEmpty();
            assertThat(second.errors()).contains("error[E0707]", "process " + first.pid(), "--out DIR");
        } finally {
            first.destroyForcibly().waitFor();
        }
        Path after = Files.writeString(temporary.resolve("after.sde"), "print(1)\n");
        Shell.Answer third = Shell.in(temporary).sde("run", after.toString(), "--out", folder.toString());

        assertThat(third.status())
                .as("a process that was killed locks nothing: %s", third.errors())
                .isZero();
        assertThat(folder.resolve(".sde.lock")).doesNotExist();
    }

    @Test
    void names_that_no_file_can_have_are_refused_in_words() throws IOException {
        for (String name : List.of("a\\nb.csv", "x".repeat(300) + ".csv", "y/".repeat(3000) + "a.csv")) {
            ScriptRun answer = run(script("save(ones([2, 2]), \"" + name + "\")"));

            assertThat(answer.errors()).doesNotContain("bug in sde", "\tat ");
            assertThat(answer.errors().lines())
                    .allSatisfy(line -> assertThat(line).doesNotContain("\033"));
        }
    }

    private Path script(String text) throws IOException {
        return Files.writeString(temporary.resolve("script.sde"), text + "\n");
    }

    /** Runs in this process, which is faster, with the same files and messages. */
    private ScriptRun run(Path script, Path... allowed) throws IOException {
        Source source = new Source(script.toString(), Files.readString(script));
        return ScriptRun.of(source, script, Map.of(), OutputFolders.of(out).and(List.of(allowed)));
    }

    private List<String> written() throws IOException {
        try (var files = Files.list(elsewhere)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
