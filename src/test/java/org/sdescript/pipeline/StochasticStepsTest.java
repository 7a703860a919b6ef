package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Single steps of the methods of {@code simulate} where they have a closed form. */
class StochasticStepsTest {
    /**
     * For dx = t dt + (1 + t) dw a step from t of length h is h t + ½ h² + (1 + t) dw + h dw − dz, with dz = ∫ (w(s) − w(t)) ds:
     * SRIW1 integrates both without an error, whatever dw and dz. The terms that cancel in it, such as 5/3 (dw³ − 3 h dw)/(6 h) (1 + t), reach
     * a hundred, so rounding leaves some 1e-13.
     */
    @Test
    void srk_is_exact_where_drift_and_noise_are_straight_lines_in_time() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                sde Lines {
                  t in [0, 4]
                  dx = t dt + (1 + t) dw
                }
                x = tensor([[0.3], [-2], [1], [0]])
                dw = tensor([[0.7], [-1.1], [0], [2]])
                dz = tensor([[0.1], [0.4], [-0.3], [0]])
                for t in [0, 1.5] {
                  for h in [0.1, 0.5] {
                    exact = x + h*t + h^2/2 + (1 + t)*dw + h*dw - dz
                    print(number(max(abs(srk(Lines(), x, t, h, dw, dz) - exact))))
                  }
                }
                """);

        assertThat(off).containsOnly(new double[] {0}, within(1e-12));
    }

    /**
     * For dx = a x dt + b x dw the step ends, up to terms of order h², at x times 1 + a h + b dw + ½ b² (dw² − h) + b³ (dw³ − 3 h dw)/6 +
     * a b h dw: with dw of the size √h what is left out is of the size h², so a step of a hundredth of the length leaves out a ten
     * thousandth as much, and one that missed a term of order h^{3/2} a thousandth at best.
     */
    @Test
    void srk_has_the_terms_of_itos_and_taylors_series_up_to_order_three_halves() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                p = GeometricBrownian(mu = 0.7, sigma = 0.8)
                for h in [1e-3, 1e-5] {
                  for share in [1.3, -0.6] {
                    w = share*sqrt(h)
                    dw = tensor([[w]])
                    dz = h*dw/3
                    a = 0.7
                    b = 0.8
                    series = 1 + a*h + b*w + b^2/2*(w^2 - h) + b^3/6*(w^3 - 3*h*w) + a*b*h*w
                    print(number(abs(srk(p, ones([1, 1]), 0.5, h, dw, dz) - series)))
                  }
                }
                """);

        assertThat(off[0] / off[2]).isCloseTo(1e4, within(2e3));
        assertThat(off[1] / off[3]).isCloseTo(1e4, within(2e3));
    }

    /**
     * Given dw, the area over a step of length h is normal with the mean ½ h dw and the variance h³/12. Of n = 40,000 draws the mean is
     * off by 5.5 std/√n and the variance by 5.5 √(2/n) of itself with a chance of 4e-8.
     */
    @Test
    void the_area_under_a_path_has_the_moments_of_a_bridge() {
        double[] moments = Script.numbers("""
                set(precision = "float64")
                for h in [0.5, -0.5] {
                  z = area(3*ones([40000, 1]), h)
                  print(number(mean(z)), number(var(z)))
                }
                """);
        double variance = 0.125 / 12;
        for (int i = 0; i < 2; i++) {
            double h = i == 0 ? 0.5 : -0.5;
            assertThat(moments[2 * i]).isCloseTo(h / 2 * 3, within(5.5 * Math.sqrt(variance / 40000)));
            assertThat(moments[2 * i + 1]).isCloseTo(variance, within(5.5 * Math.sqrt(2 / 40000.0) * variance));
        }
    }

    /**
     * A process without transition is simulated from t_min on. Its drift is 1 but for 1e-30, so x(t) is x(0) + t − ½ whatever the
     * number of steps; the noise is 1e-30.
     */
    @Test
    void what_is_diffused_starts_at_t_min() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                sde Clock {
                  t in [0.5, 2]
                  dx = (1 + 1e-30*x^3) dt + 1e-30 dw
                }
                x = diffused(Clock(), tensor([[0], [3]]), tensor([0.75, 2]), steps = 7)
                print(number(x[0][0]), number(x[1][0]))
                """);

        assertThat(off).containsExactly(new double[] {0.25, 4.5}, within(1e-13));
    }

    /** Paths that were lost in step 2 stay so, whether this step is finite; of the others the infinite one is lost in step 3. */
    @Test
    void a_path_is_lost_in_the_first_step_that_is_not_finite() {
        assertThat(Script.run("""
                        noise = {step: 3, lost: tensor([2, 2, 0, 0]), dw: tensor([[0], [inf], [0], [-inf]])}
                        x, lost, past = stepped(VP(), ones([4, 1]), 0.5, 0.1, noise, method = euler_maruyama_forward)
                        print(lost)
                        """)).containsExactly("tensor([2, 2, 0, 3])");
    }
}
