package org.sdescript.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.graph.Graph;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.KernelListener;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Counts how often a kernel is traced: a call without a trace runs a kernel of the cache. */
class KernelCacheTest {
    private static final String SCALED = "kernel scaled(x; by = 2) = by*x\n";

    @Test
    void tensors_of_one_shape_share_a_trace() {
        assertThat(traced(SCALED + """
                        a = scaled(ones([3]))
                        b = scaled(a)
                        for i in 1..4 { b = scaled(full([3], i)) }
                        """)).containsExactly("scaled");
    }

    @Test
    void another_shape_or_type_or_form_is_traced_anew() {
        assertThat(traced(SCALED + """
                        a = scaled(ones([3]))
                        b = scaled(ones([4]))
                        c = scaled(ones([3, 1]))
                        d = scaled(tensor([1, 2, 3]) > 1)
                        a = scaled(ones([3]))
                        b = scaled(ones([4]))
                        """)).hasSize(4);
        assertThat(traced("""
                        kernel first(xs) = xs[0]
                        a = first([ones([3])])
                        a = first([ones([3]), ones([3])])
                        a = first([ones([3]), 1])
                        a = first([ones([3]), 2])
                        """)).hasSize(3);
    }

    @Test
    void another_configuration_is_traced_anew_and_an_equal_one_is_not() {
        assertThat(traced(SCALED + """
                        x = ones([3])
                        a = scaled(x, by = 3)
                        a = scaled(x, by = 4)
                        a = scaled(x, by = 3)
                        """)).hasSize(2);
        assertThat(traced(SCALED + """
                        x = ones([3])
                        half = scaled(by = 0.5)
                        a = half(x)
                        a = scaled(by = 0.5)(x)
                        """)).hasSize(1);
    }

    @Test
    void the_order_of_arguments_by_name_is_no_part_of_the_configuration() {
        assertThat(traced("""
                        kernel line(x; slope = 1, height = 0) = slope*x + height
                        a = line(ones([3]), slope = 2, height = 5)
                        a = line(ones([3]), height = 5, slope = 2)
                        """)).hasSize(1);
    }

    @Test
    void another_precision_is_traced_anew() {
        assertThat(traced(SCALED + """
                        x = ones([3])
                        a = scaled(x)
                        set(precision = "float64")
                        a = scaled(x)
                        a = scaled(x)
                        """)).hasSize(2);
    }

    @Test
    void numbers_as_arguments_are_no_part_of_the_trace_unless_they_decide() {
        assertThat(traced("""
                        kernel moved(x, t) = x + t
                        for i in 1..5 { a = moved(ones([3]), i) }
                        """)).hasSize(1);
        assertThat(traced("""
                        kernel sided(x, t) = if t > 0.5 then x else -x
                        for t in [0.9, 0.1, 0.7, 0.5] { a = sided(ones([3]), t) }
                        """)).hasSize(2);
    }

    @Test
    void a_captured_number_that_changes_is_traced_anew() {
        assertThat(traced("""
                        k = 2
                        kernel powered(x) = x^k
                        x = ones([3])
                        a = powered(x)
                        k = 3
                        a = powered(x)
                        a = powered(x)
                        k = 3
                        a = powered(x)
                        """)).hasSize(2);
    }

    @Test
    void a_captured_tensor_that_changes_is_traced_anew() {
        assertThat(traced("""
                        w = full([3], 2)
                        kernel weighed(x) = w*x
                        x = ones([3])
                        a = weighed(x)
                        a = weighed(x)
                        w = full([3], 2)
                        a = weighed(x)
                        a = weighed(x)
                        """)).hasSize(2);
    }

    @Test
    void a_name_that_the_body_does_not_read_may_change() {
        assertThat(traced("""
                        k = 2
                        other = 1
                        kernel powered(x) = x^k
                        a = powered(ones([3]))
                        other = 5
                        a = powered(ones([3]))
                        """)).hasSize(1);
    }

    @Test
    void a_number_that_has_its_old_value_again_finds_its_kernel() {
        assertThat(traced("""
                        k = 2
                        kernel powered(x) = x^k
                        a = powered(ones([3]))
                        k = 3
                        k = 2
                        a = powered(ones([3]))
                        """)).hasSize(1);
    }

    @Test
    void a_function_that_the_body_calls_is_seen_anew() {
        assertThat(traced("""
                        g = x -> 2*x
                        kernel applied(x) = g(x)
                        a = applied(ones([3]))
                        g = x -> 3*x
                        a = applied(ones([3]))
                        """)).hasSize(2);
    }

    /** The number n decides how often the body loops, so each n has a variant. */
    @Test
    void the_eldest_of_more_than_64_variants_is_evicted() {
        assertThat(tracedAtPrints("""
                        kernel looped(x, n) { repeat n { x = -x }; return x }
                        x = ones([1])
                        for n in 1..65 { a = looped(x, n) }
                        print("all")
                        a = looped(x, 2)
                        a = looped(x, 65)
                        print("the last 64")
                        a = looped(x, 1)
                        print("the first")
                        """)).containsExactly(65, 65, 66);
    }

    @Test
    void of_more_than_256_configurations_the_one_used_longest_ago_is_evicted() {
        assertThat(tracedAtPrints(SCALED + """
                        x = ones([1])
                        for i in 1..256 { a = scaled(x, by = i) }
                        a = scaled(x, by = 1)
                        a = scaled(x, by = 257)
                        print("all")
                        a = scaled(x, by = 1)
                        a = scaled(x, by = 3)
                        print("used later")
                        a = scaled(x, by = 2)
                        print("used longest ago")
                        """)).containsExactly(257, 257, 258);
    }

    /** A next kernel makes the cache evict those whose tensors and models are freed. */
    @Test
    void kernels_of_freed_tensors_and_models_are_evicted() {
        List<WeakReference<Graph>> graphs = new ArrayList<>();
        List<Long> alive = new ArrayList<>();
        run(
                """
                w = full([3], 2)
                kernel weighed(x) = w*x
                kernel scored(x) = score(x, 0.5)
                score = train(mlp(hidden = 2, depth = 1), ones([4, 2]), VP(), steps = 1, batch = 4)
                a = weighed(ones([3]))
                a = scored(ones([4, 2]))
                print("before")
                w = none
                score = none
                kernel next(x) = 3*x
                a = next(ones([3]))
                print("after")
                """,
                (name, graph, parameters) -> {
                    if (name.equals("weighed") || name.equals("scored")) {
                        graphs.add(new WeakReference<>(graph));
                    }
                },
                () -> {
                    System.gc();
                    alive.add(
                            graphs.stream().filter(graph -> graph.get() != null).count());
                });

        assertThat(alive).containsExactly(2L, 0L);
    }

    /** The names of the kernels that a script traces, in order. */
    private static List<String> traced(String text) {
        List<String> names = new ArrayList<>();
        run(text, (name, graph, parameters) -> names.add(name.replaceFirst("\\(.*", "")), () -> {});
        return names;
    }

    /** The number of traces at each line that a script prints. */
    private static List<Integer> tracedAtPrints(String text) {
        List<Integer> counts = new ArrayList<>();
        int[] traced = new int[1];
        run(text, (name, graph, parameters) -> traced[0]++, () -> counts.add(traced[0]));
        return counts;
    }

    private static void run(String text, KernelListener kernels, Runnable atPrint) {
        Path file = Path.of("script.sde");
        try (Session session = new Session(Settings.standard(), new Printing(atPrint), Script.temporary(), null)) {
            session.onKernel(kernels);
            Script.PIPELINE.run(
                    Script.PIPELINE.program(new Source("script.sde", text)),
                    file,
                    ScriptParameters.of(Map.of()),
                    session);
        }
    }

    /** Runs an action at each line that the script prints. */
    private record Printing(Runnable atLine) implements Console {
        @Override
        public void line(String text) {
            atLine.run();
        }

        @Override
        public void note(String text) {}

        @Override
        public Progress progress(String title, long total) {
            return new RecordedConsole().progress(title, total);
        }
    }
}
