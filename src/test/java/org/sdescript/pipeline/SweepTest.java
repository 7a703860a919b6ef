package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.runtime.Value;

/** {@code sweep} in scripts, and the tables of its runs. */
class SweepTest {
    @TempDir
    Path folder;

    private final RecordedConsole console = new RecordedConsole();

    private List<String> run(String script) {
        RecordedConsole own = new RecordedConsole();
        List<String> lines = Script.run(script, folder, own);
        own.notes().forEach(console::note);
        return lines;
    }

    private List<String> notes(String part) {
        return console.notes().stream().filter(note -> note.contains(part)).toList();
    }

    /** Of 0.1 + s/100 for s = 1, 2, 3 the mean is 0.12 and the standard deviation with n − 1 is 0.01. */
    @Test
    void metrics_are_averaged_over_the_seeds() throws IOException {
        List<String> lines = run("""
                fn f(rate, seed) {
                  save("{rate} {seed}", "own.txt")
                  metric("double", 2*rate)
                  return {loss: rate + seed/100, name: "not a number"}
                }
                t = sweep(parameters = {rate: [0.1, 0.2], seed: 1..3}, f)
                print(t)
                print(t.runs["loss"], t["loss_std"], t.columns)
                """);

        assertThat(lines)
                .containsExactly(
                        "rate  runs   double           loss",
                        " 0.1     3  0.2 ± 0  0.120 ± 0.010",
                        " 0.2     3  0.4 ± 0  0.220 ± 0.010",
                        lines.get(3));
        assertThat(lines.get(3))
                .startsWith("[0.11, 0.12000000000000001, 0.13, 0.21")
                .endsWith("[\"rate\", \"runs\", \"double\", \"double_std\", \"loss\", \"loss_std\"]");
        assertThat(folder.resolve("sweep/rate=0.2,seed=3/own.txt")).hasContent("0.2 3");
        assertThat(folder.resolve("sweep/sweep.csv"))
                .content()
                .startsWith("rate,runs,double,double_std,loss,loss_std\n0.1,3,0.2,");
        assertThat(folder.resolve("sweep/runs.csv")).content().contains("\n0.2,3,done,");
        assertThat(folder.resolve("sweep/sweep.png")).isNotEmptyFile();
    }

    @Test
    void finished_runs_are_not_repeated_and_failed_ones_are() {
        String script = """
                fn f(k) {
                  print("run", k)
                  if k == 2 { zeros([2]) + zeros([3]) }
                  return k
                }
                t = sweep(parameters = {k: 1..3}, f%s)
                print(t.runs["outcome"], t.runs["value"])
                """;
        List<String> first = run(script.formatted(""));
        assertThat(notes("failed, shapes [2] and [3]")).hasSize(1);
        List<String> second = run(script.formatted(""));
        assertThat(notes("done before")).hasSize(2);
        List<String> third = run(script.formatted(", again = true"));

        String table = "[\"done\", \"failed\", \"done\"] [1, none, 3]";
        assertThat(first).containsExactly("run 1", "run 2", "run 3", table);
        assertThat(second).containsExactly("run 2", table);
        assertThat(third).isEqualTo(first);
    }

    /** The draws of a run depend on its seed only, and the draws around the sweep do not notice it. */
    @Test
    void random_streams_begin_at_the_seed_of_each_run() {
        List<String> lines = run("""
                fn drawn(seed) = number(randn([1]))
                before = number(randn([1]))
                t = sweep(parameters = {seed: [5, 6]}, drawn)
                after = number(randn([1]))
                u = sweep(parameters = {seed: [6]}, p -> number(randn([1])), folder = "other")
                print(t.runs["value"][1] == u.runs["value"][0], t.runs["value"][0] == t.runs["value"][1])
                set(seed = 0)
                print(number(randn([1])) == before, number(randn([1])) == after)
                set(seed = 5)
                print(number(randn([1])) == t.runs["value"][0])
                """);

        assertThat(lines).containsExactly("true false", "true true", "true");
    }

    /** A killed run leaves a state and no record. Its losses are those of a training that nothing stopped. */
    @Test
    void a_killed_run_resumes_its_checkpoint() throws IOException {
        String script = """
                fn f(seed) {
                  m = train(mlp(hidden = 4, depth = 1), moons(32), VP(), steps = %d, batch = 8,
                            checkpoint = "model", every = 2)
                  return {last: m.losses[len(m.losses) - 1], mean: mean(tensor(m.losses))}
                }
                t = sweep(parameters = {seed: [3]}, f, folder = "%s")
                print(t.runs["last"], t.runs["mean"])
                """;
        run(script.formatted(4, "sweep"));
        Files.delete(folder.resolve("sweep/seed=3/run.json"));
        List<String> resumed = run(script.formatted(8, "sweep"));

        assertThat(notes("going on after step 4")).hasSize(1);
        assertThat(resumed).isEqualTo(run(script.formatted(8, "whole")));
    }

    @Test
    void a_damaged_record_is_one_line() throws IOException {
        run("t = sweep(parameters = {k: [1, 2]}, k -> k)\nprint(t)");
        Path damaged = folder.resolve("sweep/k=1");
        Files.writeString(damaged.resolve("run.json"), "{\"outcome\": ");

        assertThat(SweepResults.line(damaged))
                .isEqualTo("run.json is not the record of a run: it is no object of JSON");
        SweepGrid grid = new SweepGrid(Map.of("k", List.of(Value.number(1), Value.number(2), Value.number(3))));
        SweepResults results = SweepResults.of(grid, folder.resolve("sweep"));
        assertThat(results.isComplete()).isFalse();
        assertThat(results.runs().column("outcome"))
                .containsExactly(Value.text("damaged"), Value.text("done"), Value.text("none"));
    }

    @Test
    void folders_have_names_that_any_disk_takes() {
        SweepGrid grid = new SweepGrid(Map.of(
                "s",
                List.of(
                        Value.text("a/../b"),
                        Value.text("A/../B"),
                        Value.list(List.of()),
                        Value.text("x".repeat(99)))));

        assertThat(grid.points())
                .extracting(SweepGrid.Point::name)
                .containsExactly("s=a-..-b", "s=A-..-B~2", "s=value-3", "s=" + "x".repeat(78));
    }
}
