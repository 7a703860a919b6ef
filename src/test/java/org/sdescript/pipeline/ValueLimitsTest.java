package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Refusal;
import org.sdescript.Script;

/** Values at the limits of what a function takes: the right value, or the error with its code. */
class ValueLimitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "full(1e300, 1)                                       | E0434",
                "full([2, 1e300], 1)                                  | E0434",
                "full([2.5], 1)                                       | E0420",
                "full([-1], 1)                                        | E0421",
                "glyphs(0)                                            | E0421",
                "glyphs(4, size = 7)                                  | E0421",
                "glyphs(4, size = 16.5)                               | E0420",
                "glyphs(2e9)                                          | E0904",
                "glyphs(4, size = 1e5)                                | E0904",
                "eigh(tensor([[1, nan], [nan, 1]]))                   | E0570",
                "eigh(tensor([[1, inf], [inf, 1]]))                   | E0570",
                "tensor([10, 20, 30])[tensor([0.5, 1])]               | E0420",
                "tensor([10, 20, 30])[tensor([0.2, 0.9])]             | E0420",
                "tensor([10, 20, 30])[0.5]                            | E0420",
            })
    void what_lies_beyond_a_limit_is_refused(String call, String code) {
        assertThatThrownBy(() -> Script.run("x = " + call + "\nprint(x)")).satisfies(Refusal.with(code));
    }

    @Test
    void values_beyond_float32_are_infinite_there_and_exact_in_float64() {
        String values = "print(list(full([1], 1e300)), list(full([1], -1e39)), list(full([1], 1e30)))";

        assertThat(Script.numbers(values))
                .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, (double) 1e30f);
        assertThat(Script.numbers("set(precision = \"float64\")\n" + values)).containsExactly(1e300, -1e39, 1e30);
    }

    /** dx = f dt + g dw of x(t) = a x(0) + b ε + c: f = (a'/a)(x − c) + c', g² = 2 b b' − 2 (a'/a) b². */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(1 - t)*x(0) + 2*t*noise + 3*t    | 3/(1 - t) - x/(1 - t)      | 8*t/(1 - t)",
                "3*t + exp(-t)*x(0) + t*noise - 1  | 3*t - 1 + 3 - x            | 2*t + 2*t^2",
                "x(0) + t^2*noise + sin(t)         | cos(t)                     | 4*t^3",
            })
    void an_offset_of_a_stated_transition_is_its_own_mean_and_moves_the_drift(String law, String drift, String rate) {
        double[] off = Script.numbers("""
                set(precision = "float64")
                sde P { t in [0, 0.9]; x(t) = %s }
                p = P()
                x = 0.7
                for t in [0.1, 0.5, 0.8] {
                  print(p.drift(x, t) - (%s), p.diffusion(x, t)^2 - (%s))
                }
                """.formatted(law, drift, rate));

        // values up to 40 in some ten operations
        assertThat(off).hasSize(6);
        for (double each : off) {
            assertThat(each).isCloseTo(0, within(40 * 10 * 0x1p-53));
        }
    }
}
