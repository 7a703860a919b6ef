package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdeTest {
    private static final String DRAW = """
            param spread = 0.5
            vp = VP()
            score = normal(std = spread).score(vp)
            ## Draws.
            fn draw(n; seed = 0) = sample(vp, score, n = n, shape = [2], seed = seed, using = pc(steps = 20))
            """;

    @Test
    void a_sampler_draws_what_its_seed_says() {
        try (SdeRun run = Sde.of(DRAW).run()) {
            Sampler sampler = run.sampler("draw");
            NdArray samples = sampler.sample(5, 7);

            assertThat(samples.shape()).containsExactly(5, 2);
            assertThat(sampler.sample(5, 7)).isEqualTo(samples);
            assertThat(sampler.sample(5, 8)).isNotEqualTo(samples);
        }
    }

    @Test
    void parameters_are_listed_and_set() {
        Sde script = Sde.of("param steps = 3\nparam names = [\"a\"]\ny = steps*2");

        assertThat(script.parameters()).containsExactly(Map.entry("steps", "3"), Map.entry("names", "[\"a\"]"));
        try (SdeRun run =
                script.with("steps", 5).with("names", List.of("x", "y")).run()) {
            assertThat(run.number("y")).isEqualTo(10);
            assertThat(run.get("names")).isEqualTo(List.of("x", "y"));
        }
        try (SdeRun run = script.run()) {
            assertThat(run.number("y")).isEqualTo(6);
        }
        assertThatThrownBy(() -> script.with("step", 5)).isInstanceOf(SdeException.class);
    }

    @Test
    void values_come_as_those_of_java() {
        try (SdeRun run = Sde.of("""
                n = 2
                yes = true
                word = "x"
                nothing = none
                parts = [1, "a"]
                entry = {a: 1, b: [2]}
                m = tensor([[1, 2, 3], [4, 5, 6]])
                p = VP()
                """).run()) {
            assertThat(run.get("n")).isEqualTo(2.0);
            assertThat(run.get("yes")).isEqualTo(true);
            assertThat(run.get("word")).isEqualTo("x");
            assertThat(run.get("nothing")).isNull();
            assertThat(run.get("parts")).isEqualTo(List.of(1.0, "a"));
            assertThat(run.get("entry")).isEqualTo(Map.of("a", 1.0, "b", List.of(2.0)));
            assertThat(run.array("m")).isEqualTo(NdArray.of(new double[][] {{1, 2, 3}, {4, 5, 6}}));
            assertThat(run.get("p")).isInstanceOf(SdeValue.class).asString().startsWith("dx = ");
            assertThat(run.names()).contains("n", "p").doesNotContain("print");
        }
    }

    @Test
    void values_of_java_go_in_as_they_come_out() {
        try (SdeRun run = Sde.of("fn same(x) = x").precision("float64").run()) {
            for (Object value : List.of(2.5, true, "x", List.of(1.0, "a"), Map.of("a", 1.0))) {
                assertThat(run.call("same", value)).isEqualTo(value);
            }
            assertThat(run.call("same", (Object) null)).isNull();
            assertThat(run.call("same", (Object) new double[] {0.1, 0.2}))
                    .isEqualTo(NdArray.of(new double[] {0.1, 0.2}, 2));
            assertThat(run.call("same", (Object) new float[] {1, 2})).isEqualTo(NdArray.of(new double[] {1, 2}, 2));
            assertThat(run.call("same", (Object) new int[] {1, 2})).isEqualTo(NdArray.of(new double[] {1, 2}, 2));
            assertThatThrownBy(() -> run.call("same", new Object())).isInstanceOf(SdeException.class);
        }
    }

    @Test
    void what_java_holds_outlives_the_names_of_the_script() {
        try (SdeRun run = Sde.of("""
                x = ones([3])
                fn total() = sum(x)
                data = moons(10)
                """).run()) {
            Object data = run.get("data");
            SdeFunction made = (SdeFunction) run.eval("y = full([4], 2.0)\nv -> sum(y)*v");
            run.eval("data = 0\ny = 0");
            run.eval("z = ones([100])");
            run.put("again", data);

            assertThat(run.array("again").shape()).containsExactly(10, 2);
            assertThat(run.call("total")).isEqualTo(3.0);
            assertThat(made.parameters()).containsExactly("v");
        }
    }

    @Test
    void several_threads_may_ask_one_run() {
        try (SdeRun run = Sde.of("fn f(x) = sum(x*x)").run()) {
            List<Double> results = IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(i -> run.call("f", Double.class, (Object) new double[] {i, 1}))
                    .toList();

            assertThat(results)
                    .isEqualTo(IntStream.range(0, 40).mapToObj(i -> i * i + 1.0).toList());
        }
    }

    @Test
    void one_script_may_run_on_several_threads() {
        Sde script = Sde.of(DRAW).seed(3);
        List<NdArray> drawn = IntStream.range(0, 3)
                .parallel()
                .mapToObj(i -> {
                    try (SdeRun run = script.run()) {
                        return run.sampler("draw").sample(4);
                    }
                })
                .toList();

        assertThat(drawn).allMatch(drawn.getFirst()::equals);
    }

    @Test
    void an_interrupted_thread_stops_its_script_and_the_run_goes_on() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        try (SdeRun run = Sde.of("fn forever() {\n  print(1)\n  while true { y = 1 }\n}\nfn f() = 2")
                .output(line -> begun.countDown())
                .run()) {
            List<Throwable> thrown = new ArrayList<>();
            Thread caller = new Thread(() -> {
                try {
                    run.call("forever");
                } catch (CancellationException stopped) {
                    thrown.add(stopped);
                }
            });
            caller.start();
            begun.await();
            caller.interrupt();
            caller.join();

            assertThat(thrown).hasSize(1);
            assertThat(run.call("f")).isEqualTo(2.0);
        }
    }

    @Test
    void a_closed_run_says_so_and_values_of_another_are_refused() {
        SdeRun other = Sde.of("p = VP()").run();
        Object process = other.get("p");
        try (SdeRun run = Sde.of("fn f(x) = x").run()) {
            assertThatThrownBy(() -> run.call("f", process)).hasMessageContaining("of another run");
        }
        other.close();
        assertThatThrownBy(() -> other.get("p")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_is_printed_goes_where_it_is_told() {
        List<String> lines = new ArrayList<>();
        Sde.of("print(1, 2)\nprint(\"a\")").output(lines::add).run().close();

        assertThat(lines).containsExactly("1 2", "a");
    }

    @Test
    void notes_about_the_run_go_where_they_are_told(@TempDir Path folder) {
        List<String> notes = new ArrayList<>();
        Sde.of("save(ones([2]), \"a.csv\")")
                .folder(folder)
                .notes(notes::add)
                .run()
                .close();

        assertThat(notes).singleElement().asString().startsWith("wrote ").endsWith("a.csv");
    }

    @Test
    void a_file_finds_what_it_imports() {
        Sde script = Sde.load(Path.of("examples/embedding/src/main/resources/moons.sde"));

        assertThat(script.parameters()).containsKey("steps");
    }

    @Test
    void arrays_know_their_shape() {
        NdArray array = NdArray.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);

        assertThat(array.at(1, 0)).isEqualTo(4);
        assertThat(array.rows()[1]).containsExactly(4, 5, 6);
        assertThat(array.floats()[5]).isCloseTo(6, within(0f));
        assertThatThrownBy(() -> array.at(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> NdArray.of(new double[5], 2, 3)).hasMessageContaining("do not fill");
    }
}
