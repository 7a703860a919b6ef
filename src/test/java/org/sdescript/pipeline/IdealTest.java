package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.Script;

/** The law of a data set: against narrow mixtures, differences of the density, and both limits of the noise. */
@Tag("numbers")
class IdealTest {
    private static final String DATA = """
            set(precision = "float64")
            data = tensor([[-1, 0.5], [1, 0], [0.3, 2], [1, 0.2]])
            law = ideal(data)
            """;

    /**
     * Parts of std s = 1e-7 change the variance b² ≥ 0.004 (of VE) by s² ≤ 3e-12 b². Of points closer than 10, this changes
     * |z|/b² ≤ 2,500 by 1e-8 and |z|²/(2b²) ≤ 12,500 by 4e-8.
     */
    @TestFactory
    Stream<DynamicTest> the_law_is_a_mixture_of_parts_without_width() {
        return Stream.of("VP()", "VE(hi = 5)", "OrnsteinUhlenbeck(mu = 2)", "RectifiedFlow()")
                .map(process -> DynamicTest.dynamicTest(process, () -> {
                    double[] difference = Script.numbers(DATA + """
                            p = %s
                            parts = mixture(means = data, stds = 1e-7)
                            x = randn([20, 2])
                            for t in [0.3, 0.6, uniform(0.3, 0.9, [20])] {
                              print(number(max(abs(law.score(p)(x, t) - parts.score(p)(x, t)))))
                              print(number(max(abs(law.log_density(p)(x, t) - parts.log_density(p)(x, t)))))
                              print(number(max(abs(denoised(p, law.score(p), x, t) - denoised(p, parts.score(p), x, t)))))
                            }
                            """.formatted(process));

                    assertThat(difference).hasSize(9);
                    assertThat(Arrays.stream(difference).max().orElseThrow()).isLessThan(1e-7);
                }));
    }

    /** The error of central differences with h = 1e-5 is h² f‴/6 plus 1e-16 |f|/h, both below 1e-6 here. */
    @Test
    void the_score_is_the_gradient_of_the_log_density() {
        double[] difference = Script.numbers(DATA + """
                p = VP()
                x = randn([20, 2])
                h = 1e-5
                for t in [0.2, 0.5, 1] {
                  for e in [tensor([1, 0]), tensor([0, 1])] {
                    slope = (law.log_density(p)(x + h*e, t) - law.log_density(p)(x - h*e, t))/(2*h)
                    print(number(max(abs(slope - sum(law.score(p)(x, t)*e, axis = 1)))))
                  }
                  whole = grad(y -> sum(law.log_density(p)(y, t)), x)
                  print(number(max(abs(whole - law.score(p)(x, t)))))
                }
                """);

        assertThat(difference).hasSize(9);
        assertThat(Arrays.stream(difference).max().orElseThrow()).isLessThan(1e-6);
    }

    /** At t = 1e-6 other rows are farther by 0.1² at least, and have the weight exp(−0.005/1e-12) = 0. */
    @Test
    void little_noise_leaves_the_nearest_row() {
        double[] found = Script.numbers(DATA + """
                for p in [RectifiedFlow(), Karras()] {
                  print(number(max(abs(denoised(p, law.score(p), data + 0.01, 1e-6) - data))))
                }
                """);

        // a sum of two terms near 1e10, times 1e-12 and divided by a: roundings of 2⁻⁵³
        assertThat(found).hasSize(2);
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(1e-14);
    }

    /** a = 0.001: the exponents a z·xᵢ of |z| and |xᵢ| below 2.1 differ by 0.009, the rows by 3 at most. */
    @Test
    void much_noise_leaves_the_mean() {
        double[] found = Script.numbers(DATA + """
                p = RectifiedFlow()
                clean = denoised(p, law.score(p), data + 0.01, 0.999)
                print(number(max(abs(clean - mean(data, axis = 0)))))
                """);

        assertThat(found[0]).isLessThan(0.03);
    }

    /** Parts in blocks of rows give what one block gives, up to the rounding of some thousand summands. */
    @Test
    void blocks_of_rows_add_up() {
        double[] difference = Script.numbers("""
                set(precision = "float64")
                data = randn([3000, 2])
                law = ideal(data)
                p = VP()
                x = randn([4000, 2])
                few = law.score(p)(x[:10], 0.3)
                print(number(max(abs(law.score(p)(x, 0.3)[:10] - few))))
                print(number(max(abs(law.log_density(p)(x, 0.3)[:10] - law.log_density(p)(x[:10], 0.3)))))
                """);

        assertThat(Arrays.stream(difference).max().orElseThrow()).isLessThan(1e-10);
    }

    /** At t_min the std of VP is 0.01 or less: nine in a thousand normal draws lie beyond 2.6 of it. */
    @Test
    void sampling_returns_rows_of_the_data() {
        double[] found = Script.numbers("""
                data = tensor([[-1, 0.5], [1, 0], [0.3, 2]])
                law = ideal(data)
                x = sample(VP(), law.score(VP()), n = 300, shape = [2], seed = 1, using = pc(steps = 300))
                near = min(squared_distances(x, data), axis = 1)
                print(number(max(near)))
                print(number(max(min(squared_distances(law.sample(200), data), axis = 1))))
                for k in 0..2 {
                  print(number(mean(where(squared_distances(x, data)[:, k] == near, 1, 0))))
                }
                """);

        assertThat(found[0]).isLessThan(0.05 * 0.05);
        assertThat(found[1]).isLessThan(1e-12);
        for (int k = 2; k < 5; k++) {
            // five standard errors of a share of 1/3 of 300
            assertThat(found[k]).isCloseTo(1.0 / 3, within(5 * Math.sqrt(2.0 / 9 / 300)));
        }
    }

    @Test
    void data_sets_and_images_have_a_law() {
        assertThat(Script.run("""
                print(ideal(moons(50)).sample(3).shape, ideal(zeros([4, 1, 3, 3])).sample(2).shape)
                law = ideal(randn([20, 1, 3, 3]))
                print(law.score(VP())(randn([5, 1, 3, 3]), uniform(0.1, 1, [5])).shape, law)
                print(ideal([[1, 2], [3, 4]]).log_density(VP())(zeros([1, 2]), 1).shape)
                """)).containsExactly("[3, 2] [2, 1, 3, 3]", "[5, 1, 3, 3] ideal(data)", "[1]");
    }
}
