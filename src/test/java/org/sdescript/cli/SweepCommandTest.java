package org.sdescript.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Refusal;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** {@code sde sweep}, and the options that a script and sde share. */
class SweepCommandTest {
    @TempDir
    Path folder;

    private Path script;
    private Path out;

    @BeforeEach
    void a_script() throws IOException {
        out = folder.resolve("out");
        script = Files.writeString(folder.resolve("s.sde"), """
                param rate = 0.1
                param out = "plain"
                param sizes = [1, 2]
                print("rate", rate, out, sizes)
                metric("error", rate + number(randn([1]))/1000)
                metric("size", sum(sizes))
                if rate > 0.5 { fail("too fast") }
                """);
    }

    private int sweep(String... words) {
        List<String> line = new ArrayList<>(List.of("sweep", "-q", "--out", out.toString()));
        line.addAll(List.of(words));
        return Main.execute(line.toArray(String[]::new));
    }

    @Test
    void each_combination_has_its_folder_and_finished_runs_stay() throws IOException {
        assertThat(sweep(script.toString(), "--rate", "0.1,0.2", "--seed", "1..2", "--param.out", "a,b"))
                .isZero();
        assertThat(out.resolve("runs.csv")).content().hasLineCount(1 + 8);
        assertThat(out.resolve("sweep.csv")).content().hasLineCount(1 + 4).startsWith("rate,out,runs,error,error_std,");
        Path one = out.resolve("rate=0.2,seed=2,out=b");
        assertThat(one.resolve("log.txt")).content().startsWith("rate 0.2 b [1, 2]");
        assertThat(one.resolve("run.json")).content().contains("\"seed\" : 2", "\"rate\" : 0.2", "\"out\" : \"b\"");

        String before = Files.readString(one.resolve("run.json"));
        Files.delete(out.resolve("rate=0.1,seed=1,out=a/run.json"));
        assertThat(sweep(script.toString(), "--rate", "0.1,0.2", "--seed", "1..2", "--param.out", "a,b"))
                .isZero();
        assertThat(one.resolve("run.json")).hasContent(before);
        assertThat(out.resolve("rate=0.1,seed=1,out=a/run.json")).exists();
    }

    @Test
    void a_run_that_fails_is_a_line_and_the_sweep_goes_on() {
        assertThat(sweep(script.toString(), "--rate", "0.9,0.1")).isEqualTo(Main.SCRIPT_ERROR);
        assertThat(out.resolve("runs.csv")).content().contains("0.9,failed,", "0.1,done,");
        assertThat(out.resolve("rate=0.9/log.txt")).content().contains("error[E0470]: too fast");
    }

    @Test
    void parameters_of_a_file_hold_for_all_runs_and_options_replace_them() throws IOException {
        Path values = Files.writeString(folder.resolve("p.json"), "{\"sizes\": [10, 20.5], \"out\": \"a,b\"}");

        assertThat(sweep("--parameters", values.toString(), script.toString(), "--rate", "0.1"))
                .isZero();
        assertThat(out.resolve("rate=0.1/log.txt")).content().startsWith("rate 0.1 a,b [10, 20.5]");
        assertThat(Main.execute(
                        "run",
                        "-q",
                        "--out",
                        out.toString(),
                        "--parameters",
                        values.toString(),
                        script.toString(),
                        "--param.out=c"))
                .isZero();
        assertThat(out.resolve("run.json")).content().contains("\"out\" : \"c\"", "20.5");
    }

    @Test
    void wrong_options_and_files_are_refused() throws IOException {
        Path list = Files.writeString(folder.resolve("l.json"), "[1]");
        Path kind = Files.writeString(folder.resolve("k.json"), "{\"rate\": \"fast\"}");
        Path name = Files.writeString(folder.resolve("n.json"), "{\"rat\": 1}");

        assertThat(Main.execute("run", "-q", "--parameters", list.toString(), script.toString()))
                .isEqualTo(Main.SCRIPT_ERROR);
        assertThat(Main.execute(
                        "run", "-q", "--out", out.toString(), "--parameters", kind.toString(), script.toString()))
                .isEqualTo(Main.USAGE);
        assertThat(Main.execute(
                        "run", "-q", "--out", out.toString(), "--parameters", name.toString(), script.toString()))
                .isEqualTo(Main.USAGE);
        assertThatThrownBy(() -> ScriptOptions.values(list)).satisfies(Refusal.with("E0924"));
        assertThat(sweep(script.toString())).isEqualTo(Main.USAGE);
        assertThat(sweep(script.toString(), "--rat", "1,2")).isEqualTo(Main.USAGE);
        assertThat(sweep(script.toString(), "--rate", "3..1")).isEqualTo(Main.USAGE);
    }

    @Test
    void values_are_numbers_ranges_words_and_lists() {
        assertThat(SweptValues.of("x", "1e-3,2..4,a b,true,[1,2],-1", IllegalArgumentException::new))
                .extracting(ValueText::show)
                .containsExactly("0.001", "2", "3", "4", "\"a b\"", "true", "\"[1,2]\"", "-1");
        assertThat(SweptValues.of("x", "[1,2],[3]", IllegalArgumentException::new))
                .containsExactly(Value.text("[1,2]"), Value.text("[3]"));
        assertThatThrownBy(() -> SweptValues.of("x", "1..99999", IllegalArgumentException::new))
                .hasMessageContaining("no range of at most");
    }

    @Test
    void a_sweep_is_compared_as_its_table() {
        sweep(script.toString(), "--rate", "0.1,0.2", "--seed", "1..2");

        assertThat(Main.execute("compare", out.toString())).isZero();
        assertThat(Main.execute(
                        "compare",
                        out.resolve("rate=0.1,seed=1").toString(),
                        out.resolve("rate=0.2,seed=1").toString()))
                .isZero();
        assertThat(out.getParent().resolve("compare.png")).doesNotExist();
    }
}
