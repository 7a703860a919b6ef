package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

class RunTest {
    @TempDir
    private Path folder;

    private final RecordedConsole console = new RecordedConsole();
    private final StringWriter told = new StringWriter();
    private boolean debug;

    @Test
    void a_run_leaves_its_record() throws IOException {
        int status = run("param steps = 3; metric(\"distance\", 0.5); save(ones([2, 2]), \"a.csv\")", folder);

        assertThat(status).isZero();
        assertThat(folder.resolve("run.json"))
                .content()
                .contains("\"outcome\" : \"done\"", "\"steps\" : 3", "\"distance\" : 0.5", "\"a.csv\"", "\"sha256\"");
    }

    @Test
    void a_failed_run_leaves_its_record_too() {
        int status = run("x = [1][5]", folder);

        assertThat(status).isEqualTo(1);
        assertThat(folder.resolve("run.json")).content().contains("\"outcome\" : \"failed\"", "index 5 is outside");
    }

    @Test
    void an_output_folder_that_cannot_be_made_is_told_before_the_work() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        int status = run("print(1)", inTheWay.resolve("below"));

        assertThat(status).isEqualTo(1);
        assertThat(console.lines()).isEmpty();
        assertThat(told.toString())
                .contains("error[E0704]: cannot write")
                .contains("--out DIR")
                .doesNotContain("\tat ");
    }

    @Test
    void a_run_whose_record_cannot_be_written_says_so_before_it_begins() throws IOException {
        Files.createDirectories(folder.resolve("run.json").resolve("in the way"));
        int status = run("print(1)", folder);

        assertThat(status).isEqualTo(1);
        assertThat(console.lines()).isEmpty();
        assertThat(told.toString()).contains("run.json").doesNotContain("bug in sde");
    }

    @Test
    void the_folder_of_the_run_may_be_the_one_the_user_is_in() throws IOException {
        Path script = Files.writeString(folder.resolve("script.sde"), "save(ones([2, 2]), \"a.csv\")\n");

        assertThat(Shell.in(folder).sde("run", script.toString(), "--out", ".").errors())
                .isEqualTo("wrote a.csv\n");
        assertThat(folder.resolve("a.csv")).exists();
    }

    @Test
    void files_go_below_the_folder_of_the_run() {
        run("save(ones([2, 2]), \"deep/er/a.csv\"); plot(scatter(ones([2, 2])), to = \"p.svg\")", folder);

        assertThat(folder.resolve("deep/er/a.csv")).exists();
        assertThat(folder.resolve("p.svg")).content().startsWith("<");
    }

    @Test
    void a_command_that_is_not_understood_is_a_matter_of_usage() {
        assertThat(Main.execute("run")).isEqualTo(2);
        assertThat(Main.execute("rum")).isEqualTo(2);
        assertThat(Main.execute("script.sde")).isEqualTo(2);
        assertThat(Main.execute("run", "--steps", "5", "script.sde")).isEqualTo(2);
        assertThat(Main.execute("run", folder.resolve("nowhere.sde").toString()))
                .isEqualTo(1);
    }

    @Test
    void a_file_alone_is_run_so_that_scripts_can_be_commands() throws IOException {
        Path script = Files.writeString(
                folder.resolve("hello"), "#!/usr/bin/env sde\nparam n = 3\nsave(n*ones([2, 2]), \"a.csv\")\n");

        assertThat(Main.execute(
                        script.toString(),
                        "--n",
                        "5",
                        "--out",
                        folder.resolve("out").toString()))
                .isZero();
        assertThat(folder.resolve("out/a.csv")).content().contains("5,5");
    }

    @Test
    void an_option_the_script_does_not_have_or_cannot_read_is_a_matter_of_usage() throws IOException {
        Path script = Files.writeString(
                folder.resolve("script.sde"), "param steps = 3; param file = none; print(steps, file)");

        assertThat(run(script)).isZero();
        assertThat(run(script, "--steps", "4", "--file", "a.csv")).isZero();
        assertThat(run(script, "--stepz", "4")).isEqualTo(2);
        assertThat(run(script, "--steps", "four")).isEqualTo(2);
        assertThat(run(script, "--steps")).isEqualTo(2);
        assertThat(run(script, "stray")).isEqualTo(2);
        assertThat(run(script, "--precision", "float16")).isEqualTo(2);
        assertThat(run(script, "--device", "tpu")).isEqualTo(2);
    }

    @Test
    void verbose_tells_what_is_read_on_what_it_runs_and_each_kernel() throws IOException {
        Path script = Files.writeString(
                folder.resolve("script.sde"),
                "x = sample(VP(), (x, t) -> -x, n = 4, shape = [2], using = pc(steps = 2))\nprint(1)\n");
        Shell.Answer told = Shell.in(folder).sde("run", script.toString(), "--verbose", "--out", "out");
        Shell.Answer usual = Shell.in(folder).sde("run", script.toString(), "--out", "out");

        assertThat(told.output()).isEqualTo(usual.output()).isEqualTo("1\n");
        assertThat(usual.errors()).doesNotContain("·");
        assertThat(told.errors().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("· read " + script + ", 2 lines"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "· files go to " + folder.toRealPath().resolve("out")),
                        line -> assertThat(line).contains("PyTorch", "on cpu with 1 thread"),
                        line -> assertThat(line).matches("· kernel reverse_diffusion: \\d+ nodes, traced in .*"),
                        line -> assertThat(line).endsWith("out/run.json"));
        assertThat(run(script, "--verbose", "--quiet")).isEqualTo(2);
    }

    private int run(Path script, String... options) {
        List<String> line = new ArrayList<>(
                List.of("run", script.toString(), "--out", folder.resolve("out").toString()));
        line.addAll(List.of(options));
        return Main.execute(line.toArray(String[]::new));
    }

    /** The engine's traceback is for developers of sde. */
    @Test
    void what_the_engine_says_is_shown_only_where_it_is_asked_for() throws IOException {
        String script = """
                predictor step(process, score, x, t, dt) {
                  y = x[round(10 + 0*x[:, 0])]
                  return y, y
                }
                sample(VP(), (x, t) -> -x, n = 4, shape = [2], using = pc(steps = 2, predictor = step))
                """;
        run(script, folder);
        assertThat(told.toString()).contains("error[").doesNotContain("Exception", "Traceback", "\tat ");
        debug = true;
        run(script, folder);
        assertThat(told.toString()).contains("EngineException", "Traceback of TorchScript", "\tat ");
    }

    private int run(String text, Path out) {
        Source source = new Source(folder.resolve("script.sde").toString(), text);
        return new Run(
                        Script.PIPELINE,
                        source,
                        Script.PIPELINE.program(source),
                        Path.of(source.name()),
                        ScriptParameters.of(Map.of()),
                        Settings.standard(),
                        OutputFolders.of(out),
                        console,
                        false)
                .execute(new CommandErrors(debug, new PrintWriter(told, true)));
    }
}
