package org.sdescript.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;
import org.sdescript.ast.DeepStack;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** Scripts that exceed the stack, the memory or a limit end with an error at a place in the script. */
class RunawayTest {

    @Test
    void a_recursion_of_ten_thousand_calls_is_done() {
        assertThat(DeepStack.run(() -> Script.run("""
                        fn f(n) = if n == 0 then 0 else 1 + f(n - 1)
                        print(f(10_000))
                        """))).containsExactly("10000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fn f(n) = f(n + 1)\nf(0)",
                "fn a(n) = b(n)\nfn b(n) = a(n)\na(1)",
                "f = [x -> x]\nfn g(n) = map([n], g)\ng(1)",
                "predictor p(process, score, x, t, dt) { return p(process, score, x + 1, t, dt) }\n"
                        + "p(VP(), none, ones([2]), 1, 1)"
            })
    void a_recursion_without_an_end_is_told_with_its_depth(String script) {
        assertThat(failure(script)).satisfies(error -> {
            assertThat(error.code()).isIn("E0460", "E0461");
            assertThat(error.span()).isPresent();
        });
    }

    @Test
    void numbers_that_the_jvm_has_no_room_for_are_told() {
        assertThat(failure("x = linspace(0, 1, 2_000_000_000)")).satisfies(error -> {
            assertThat(error.code()).isEqualTo("E0904");
            assertThat(error.span()).isPresent();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zeros([1_000_000, 1_000_000])",
                "randn([100_000, 100_000])",
                "range(0, 1e9)",
                "[i for i in 1..1e10]",
                "[i for i in 1..1_000_000_000]",
                "sample(VP(), (x, t) -> -x, n = 1e9, shape = [2])",
                "ones([1_000_000, 1])*ones([1, 1_000_000])*ones([1_000_000, 1, 1])*ones([1_000_000, 1, 1, 1])"
            })
    void counts_beyond_any_memory_are_refused_with_a_place(String expression) {
        assertThat(failure("x = " + expression).span()).isPresent();
    }

    /** The list holds 2⁴⁰ ones. A million values are shown, each with at most five characters, and 40 ends of lists. */
    @Test
    void a_list_that_is_shared_forty_times_is_shown_in_part() {
        List<String> lines = Script.run("xs = [1]\nfor i in 1..40 { xs = [xs, xs] }\nprint(xs)\nprint(len(xs))");

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("[[[").contains("…").hasSizeBetween(1_000_000, 5_000_000);
        assertThat(lines.getLast()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x^(10^10)", "(1 + x)^100000", "((((1 + x)^12 + 1)^12 + 1)^12 + 1)^12"})
    void formulas_of_any_size_are_not_computed_where_no_one_asks(String coefficient) {
        assertThat(Script.run("sde A() { dx = -" + coefficient + " dt + dw }\nprint(len(string(A())) > 5)"))
                .containsExactly("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2^(10^9)*x", "10^10^10*x", "(10^4096)^4096*x", "((2^4096)^(1/3))^4096*x"})
    void coefficients_beyond_any_double_are_refused(String coefficient) {
        assertThat(failure("sde A() { dx = -" + coefficient + " dt + dw }\nprint(A())")
                        .code())
                .isEqualTo("E0671");
    }

    @Test
    void a_number_with_a_billion_digits_is_refused_in_a_formula() {
        assertThat(failure("sde A() { dx = -1e-999999999*x dt + dw }\nprint(A())")
                        .code())
                .isEqualTo("E0932");
        assertThat(Script.run("print(1e-999999999, 1e999999999)")).containsExactly("0 inf");
    }

    @Test
    void a_long_list_is_shown_by_its_ends() {
        assertThat(Script.run("print([i for i in 1..1_000_000])"))
                .containsExactly("[1, 2, 3, … 999994 more …, 999998, 999999, 1000000]");
        assertThat(Script.run("print(len(string(1..1000)))")).containsExactly("4893");
    }

    @Test
    void lists_in_lists_may_be_deeper_than_the_stack() {
        assertThat(Script.run("""
                        x = ones([2])
                        repeat 100_000 { x = [x, x] }
                        print(len(x))
                        """)).containsExactly("2");
    }

    private static Diagnostic failure(String script) {
        return DeepStack.run(() -> catchThrowableOfType(SdeError.class, () -> Script.run(script)))
                .diagnostics()
                .getFirst();
    }
}
