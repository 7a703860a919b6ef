package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes into a script, and the types that come out. */
class JavaValuesTest {
    private static SdeRun run;

    private enum Kind {
        FAST,
        EXACT
    }

    private record Point(double x, double y) {}

    private record Ranked(String name, int rank, Optional<Kind> kind, List<Point> path, Map<String, double[]> more) {}

    private record Positive(double value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    @BeforeAll
    static void start() {
        run = Sde.of("""
                fn same(x) = x
                fn kind(x) = x.dtype
                whole = tensor([1, 2, 3])
                m = tensor([[1, 2, 3], [4, 5, 6]])
                cube = reshape(m, [1, 2, 3])
                mask = m > 2
                labels = randint(0, 3, [4])
                rows = [[1, 2], [3, 4]]
                mixed = [1, "a"]
                entry = {name: "a", rank: 3, kind: "FAST", path: [{x: 1, y: 2}], more: {w: [1, 2]}}
                points = moons(4, noise = 0)
                nothing = none
                word = "EXACT"
                """).precision("float64").run();
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    @Test
    void arrays_of_any_type_and_dimension_are_tensors() {
        List<Object> arrays = List.of(
                new double[] {1, 2},
                new float[] {1, 2},
                new int[] {1, 2},
                new long[] {1, 2},
                new short[] {1, 2},
                new byte[] {1, 2});
        for (Object array : arrays) {
            assertThat(run.call("same", array)).isEqualTo(NdArray.of(new double[] {1, 2}, 2));
        }
        assertThat(run.call("same", (Object) new int[][] {{1, 2}, {3, 4}}))
                .isEqualTo(NdArray.of(new double[][] {{1, 2}, {3, 4}}));
        assertThat(run.call("same", NdArray.class, (Object) new float[2][3][4]).shape())
                .containsExactly(2, 3, 4);
        assertThat(run.call("same", NdArray.class, (Object) new double[0][3]).shape())
                .containsExactly(0, 0);
        assertThat(run.call("same", boolean[].class, new boolean[] {true, false}))
                .containsExactly(true, false);
        assertThatThrownBy(() -> run.call("same", (Object) new double[][] {{1}, {1, 2}}))
                .hasMessageContaining("a row has 2 elements, and the first one 1");
    }

    /** Whole numbers and truth values keep their type on the way out and back in. */
    @Test
    void tensors_come_back_as_they_went_out() {
        for (String name : List.of("mask", "labels", "m")) {
            assertThat(run.call("kind", run.get(name))).isEqualTo(run.eval("kind(" + name + ")"));
        }
        assertThat(run.call("kind", (Object) new int[] {1, 2}))
                .isNotEqualTo(run.call("kind", (Object) new double[] {1, 2}));
    }

    @Test
    void lists_maps_records_and_texts_go_in() {
        assertThat(run.call("same", List.of(1, "a", List.of(true)))).isEqualTo(List.of(1.0, "a", List.of(true)));
        assertThat(run.call("same", (Object) new Integer[] {1, 2})).isEqualTo(List.of(1.0, 2.0));
        assertThat(run.call("same", new Point(1, 2))).isEqualTo(Map.of("x", 1.0, "y", 2.0));
        assertThat(run.call("same", Kind.FAST)).isEqualTo("FAST");
        assertThat(run.call("same", 'c')).isEqualTo("c");
        assertThat(run.call("same", Path.of("a/b"))).isEqualTo(Path.of("a/b").toString());
        assertThat(run.call("same", Optional.empty())).isNull();
        assertThat(run.call("same", Optional.of(3))).isEqualTo(3.0);
        assertThat(run.call("same", (Object) new Point[] {new Point(1, 2)}))
                .isEqualTo(List.of(Map.of("x", 1.0, "y", 2.0)));
    }

    @Test
    void what_contains_itself_is_refused() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> run.call("same", self))
                .isInstanceOf(SdeException.class)
                .hasMessageContaining("contains itself");
    }

    @Test
    void numbers_come_out_as_the_type_that_is_asked_for() {
        assertThat(run.eval("sum(m)")).isEqualTo(21.0);
        assertThat(run.eval("all(m > 0)")).isEqualTo(true);
        assertThat(run.eval("sum(m)", int.class)).isEqualTo(21);
        assertThat(run.eval("2^40", long.class)).isEqualTo(1L << 40);
        assertThat(run.eval("0.5", float.class)).isEqualTo(0.5f);
        assertThat(run.eval("all(m > 0)", boolean.class)).isTrue();
        assertThat(run.eval("tensor([3])", double.class)).isEqualTo(3);
        assertThatThrownBy(() -> run.eval("0.5", int.class)).hasMessageContaining("0.5, and not of the type int");
        assertThatThrownBy(() -> run.eval("300", byte.class)).hasMessageContaining("byte");
        assertThatThrownBy(() -> run.get("m", double.class)).hasMessageContaining("ask for double[][].class");
        assertThatThrownBy(() -> run.get("nothing", double.class)).hasMessageContaining("`nothing` is none");
        assertThatThrownBy(() -> run.get("nothing", String.class)).hasMessageContaining("`nothing` is none");
    }

    @Test
    void tensors_come_out_as_arrays_of_as_many_dimensions() {
        assertThat(run.get("m", double[][].class)).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(run.get("m", int[][].class)).isDeepEqualTo(new int[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(run.get("cube", float[][][].class)[0][1]).containsExactly(4, 5, 6);
        assertThat(run.get("mask", boolean[][].class)[0]).containsExactly(false, false, true);
        assertThat(run.get("whole", Long[].class)).containsExactly(1L, 2L, 3L);
        assertThat((Object) run.get("whole", List.class)).isEqualTo(List.of(1.0, 2.0, 3.0));
        assertThat(run.get("rows", double[][].class)).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
        assertThat(run.array("rows")).isEqualTo(NdArray.of(new double[][] {{1, 2}, {3, 4}}));
        assertThat(run.get("points", double[][].class)).hasDimensions(4, 2);
        assertThat(run.array("points").as(double[][].class)).hasDimensions(4, 2);
        assertThat(run.array("points").shape()).containsExactly(4, 2);
        assertThat(NdArray.of(new double[] {5}, 1).asNumber()).isEqualTo(5);
        assertThatThrownBy(() -> run.get("m", double[].class)).hasMessageContaining("a tensor of shape [3]");
        assertThatThrownBy(() -> run.array("mixed")).isInstanceOf(SdeException.class);
        assertThatThrownBy(() -> NdArray.of(new double[2], 2).asNumber()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void records_come_out_by_the_names_of_their_components() {
        Ranked ranked = run.get("entry", Ranked.class);

        assertThat(ranked.name()).isEqualTo("a");
        assertThat(ranked.rank()).isEqualTo(3);
        assertThat(ranked.kind()).contains(Kind.FAST);
        assertThat(ranked.path()).containsExactly(new Point(1, 2));
        assertThat(ranked.more().get("w")).containsExactly(1, 2);
        assertThat(run.call("same", Ranked.class, ranked))
                .usingRecursiveComparison()
                .isEqualTo(ranked);
        assertThat(run.eval("[{x: 1, y: 2}, {x: 3, y: 4}]", Point[].class))
                .containsExactly(new Point(1, 2), new Point(3, 4));
        assertThat(run.get("word", Kind.class)).isEqualTo(Kind.EXACT);
        assertThatThrownBy(() -> run.eval("{x: 1}", Point.class))
                .hasMessageContaining("no field `y`")
                .hasMessageContaining("its fields are x");
        assertThatThrownBy(() -> run.eval("{x: 1, y: \"a\"}", Point.class))
                .hasMessageContaining("the value.y is a string, and no double");
        assertThatThrownBy(() -> run.eval("{value: -1}", Positive.class)).hasMessageContaining("not positive");
        assertThatThrownBy(() -> run.eval("\"SLOW\"", Kind.class)).isInstanceOf(SdeException.class);
    }

    @Test
    void parameters_take_any_value_of_their_kind() {
        Sde script = Sde.of("""
                param pts = tensor([[0, 0]])
                param rates = [0.1]
                param grid = [[1]]
                param options = {a: 1}
                param any = none
                param name = "x"
                total = sum(pts)
                """).precision("float64");
        double[][] points = {{1, 2}, {3, 4}, {5, 6}};
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pts", points);
        values.put("rates", new double[] {1, 2});
        values.put("grid", new int[][] {{1, 2}});
        values.put("options", new Point(1, 2));
        values.put("any", "500");
        values.put("name", 5);
        Sde set = script.with(values);
        points[0][0] = 100;
        try (SdeRun run = set.run()) {
            assertThat(run.get("pts", double[][].class)[0]).containsExactly(1, 2);
            assertThat(run.number("total")).isEqualTo(21);
            assertThat(run.get("rates")).isEqualTo(List.of(1.0, 2.0));
            assertThat(run.get("grid")).isEqualTo(List.of(List.of(1.0, 2.0)));
            assertThat(run.get("options", Point.class)).isEqualTo(new Point(1, 2));
            assertThat(run.get("any")).isEqualTo("500");
            assertThat(run.get("name")).isEqualTo("5");
        }
        try (SdeRun run = script.with("pts", Arrays.asList(List.of(1, 2), List.of(3, 4)))
                .with("rates", "[3, 4]")
                .run()) {
            assertThat(run.array("pts").shape()).containsExactly(2, 2);
            assertThat(run.get("rates")).isEqualTo(List.of(3.0, 4.0));
        }
    }
}
