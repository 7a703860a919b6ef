package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;

/** Processes with more Wiener processes than states: their noise by name, simulation and sampling. */
class SeveralNoisesTest {
    /** Three noises for two states. */
    private static final String PAIR = """
            set(precision = "float64")
            sde Pair {
              t in [0, 1]
              dx = -x dt + 0.5 dw_1 + 2 dw_2
              dv = -2*v dt + (1 + t) dw_1 + dw_3
            }
            p = Pair()
            """;

    /**
     * n paths: a variance is off by 5.5 √(2/n) of itself with a chance of 4e-8. With the step h and decay θ, Euler's
     * variance is that of x' = (1 − θ h) x + √h z, whose stationary part exceeds the exact one by θ h/2 of itself.
     */
    @Test
    void a_state_with_two_noises_has_the_variance_of_their_sum() {
        double[] variances = Script.numbers("""
                sde TwoNoises(theta = 0.8, a = 1, b = 2) {
                  t in [0, 1]
                  dx = -theta*x dt + a dw_1 + b dw_2
                }
                for method in [euler_maruyama_forward, milstein, heun_stratonovich, srk] {
                  x = simulate(TwoNoises(), zeros([40_000, 1]), steps = 100, method = method, paths = false)
                  print(number(var(x)))
                }
                """);

        double exact = 5 * -Math.expm1(-1.6) / 1.6;
        assertThat(variances).hasSize(4);
        for (double variance : variances) {
            assertThat(variance).isCloseTo(exact, within(exact * (5.5 * Math.sqrt(2 / 40_000.0) + 0.004)));
        }
    }

    /** Against the derived transition, which other tests compare with a solver; the same errors of the variances. */
    @Test
    void a_system_with_more_noises_than_states_has_the_covariance_of_its_transition() {
        double[] found = Script.numbers(PAIR + """
                exact = p.transition.cov(1)
                n = 40_000
                for method in [euler_maruyama_forward, milstein, heun_stratonovich, srk] {
                  y = simulate(p, {x: zeros([n, 1]), v: zeros([n, 1])}, steps = 100, method = method, paths = false)
                  print(number(var(y.x)/exact[0][0]), number(var(y.v)/exact[1][1]))
                  print(number(mean(y.x*y.v) - exact[0][1])/sqrt(number(exact[0][0]*exact[1][1])))
                }
                """);

        assertThat(found).hasSize(12);
        for (int i = 0; i < found.length; i += 3) {
            // Euler's steps of 0.01 add at most θ h = 2 % for the decay of 2
            assertThat(found[i]).isCloseTo(1, within(5.5 * Math.sqrt(2 / 40_000.0) + 0.02));
            assertThat(found[i + 1]).isCloseTo(1, within(5.5 * Math.sqrt(2 / 40_000.0) + 0.02));
            assertThat(found[i + 2]).isCloseTo(0, within(5.5 * Math.sqrt(2 / 40_000.0) + 0.02));
        }
    }

    /**
     * Euler's recursion in the noises that are given by name, forward and for a single state too. Five steps of eight
     * roundings, each below 1.1e-16, of numbers below 10 come to 5e-14.
     */
    @Test
    void increments_by_name_are_those_of_each_noise() {
        double[] off = Script.numbers(PAIR + """
                fn drawn() = randn([5, 3, 1])/4
                w = {dw_2: drawn(), dw_1: drawn(), dw_3: drawn()}
                y = simulate(p, {x: ones([3, 1]), v: zeros([3, 1])}, grid = [0, 0.1, 0.3, 0.4, 0.9, 1], increments = w)
                x = ones([3, 1])
                v = zeros([3, 1])
                for i, t in enumerate([0, 0.1, 0.3, 0.4, 0.9]) {
                  h = [0.1, 0.2, 0.1, 0.5, 0.1][i]
                  x, v = x - h*x + 0.5*w.dw_1[i] + 2*w.dw_2[i], v - 2*h*v + (1 + t)*w.dw_1[i] + w.dw_3[i]
                  print(number(max(abs(y.x[i + 1] - x))), number(max(abs(y.v[i + 1] - v))))
                }
                sde One { t in [0, 1]; dx = x dw_1 + 3 dw_2 }
                y = simulate(One(), ones([3, 1]), steps = 1, increments = {dw_1: w.dw_1[0:1], dw_2: w.dw_2[0:1]}, paths = false)
                print(number(max(abs(y - (1 + w.dw_1[0] + 3*w.dw_2[0])))))
                """);

        assertThat(off).hasSize(11);
        assertThat(Arrays.stream(off).max().orElseThrow()).isLessThan(1e-13);
    }

    /** A step of SRIW1 integrates straight lines exactly, here of two noises for a state and one for two states. */
    @Test
    void the_areas_of_all_noises_enter_a_step_of_srk() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                sde Lines {
                  t in [0, 4]
                  dx = t dt + (1 + t) dw_1 + 2 dw_2
                  dv = (1 - 3*t) dw_2 + t dw_3
                }
                x = {x: tensor([[0.3]]), v: tensor([[-2]])}
                dw = {dw_1: tensor([[0.7]]), dw_2: tensor([[-1.1]]), dw_3: tensor([[0.4]])}
                dz = {dw_1: tensor([[0.1]]), dw_2: tensor([[0.4]]), dw_3: tensor([[-0.3]])}
                for t in [0, 1.5] {
                  h = 0.5
                  y = srk(Lines(), x, t, h, dw, dz)
                  # ∫ (a + b s) dw over the step is (a + b t + b h) dw − b dz
                  print(number(y.x - (0.3 + h*t + h^2/2 + (1 + t + h)*0.7 - 0.1 + 2*(-1.1))))
                  print(number(y.v - (-2 + (1 - 3*(t + h))*(-1.1) + 3*0.4 + (t + h)*0.4 + 0.3)))
                }
                """);

        assertThat(off).hasSize(4).containsOnly(new double[] {0}, within(1e-12));
    }

    @Test
    void diffuse_takes_noise_by_name_or_a_component_for_each_noise() {
        assertThat(Script.run(PAIR + """
                        print(p.noises, p.diffuse({x: 0, v: 0}, 1, {dw_1: 1, dw_2: 10, dw_3: 100}))
                        print(keys(p.noise_like({x: zeros([4, 2]), v: zeros([4, 2])})), p.noise_like({x: zeros([4, 2]), v: zeros([4, 2])}).dw_3.shape)
                        sde Both { dx = dw_1 + 2 dw_2; dv = 3 dw_1 }
                        print(Both().diffuse({x: 0, v: 0}, 0.5, {x: 1, v: 10}))
                        print(Both().diffuse({x: 0, v: 0}, 0.5, {dw_1: 1, dw_2: 10}))
                        sde One { dx = 3 dw_1 + 4 dw_2 }
                        print(One().diffuse(0, 0.5, 1), One().diffuse(0, 0.5, {dw_1: 1, dw_2: 10}))
                        print(keys(Both().noise_like({x: zeros([1]), v: zeros([1])})), One().noise_like(zeros([3])).shape)
                        """))
                .containsExactly(
                        "[\"dw_1\", \"dw_2\", \"dw_3\"] {x: 20.5, v: 102}",
                        "[\"dw_1\", \"dw_2\", \"dw_3\"] [4, 2]",
                        "{x: 21, v: 3}",
                        "{x: 21, v: 3}",
                        "5 43",
                        "[\"x\", \"v\"] [3]");
    }

    /**
     * One step of 0.01 of the reverse SDE with the score 0 from t = 1: the noise has the covariance 0.01 GGᵀ, whose
     * entries are 0.0425, 0.05 and 0.01. Errors of 40,000 draws as above.
     */
    @Test
    void a_predictor_draws_each_noise() {
        double[] found = Script.numbers(PAIR + """
                n = 40_000
                zero = {x: zeros([n, 1]), v: zeros([n, 1])}
                next, without = euler_maruyama(p, (x, t) -> {x: 0*x.x, v: 0*x.v}, zero, 1, -0.01)
                print(number(var(next.x - without.x)), number(var(next.v - without.v)), number(mean(next.x*next.v)))
                """);

        double apart = 5.5 * Math.sqrt(2 / 40_000.0);
        assertThat(found[0]).isCloseTo(0.0425, within(0.0425 * apart));
        assertThat(found[1]).isCloseTo(0.05, within(0.05 * apart));
        assertThat(found[2]).isCloseTo(0.01, within(Math.sqrt(0.0425 * 0.05) * apart));
    }

    /** x = v dw_1 moves with v, which dw_2 moves: the order of the two matters. */
    @Test
    void a_method_that_loses_its_order_says_so(@TempDir Path folder) {
        RecordedConsole console = new RecordedConsole();
        Script.run("""
                sde Apart { t in [0, 1]; dx = v dw_1 + dw_3; dv = dw_2 }
                sde Shared { t in [0, 1]; dx = x dw_1 + 2*x dw_2; dv = v dw_2 }
                sde Alone { t in [0, 1]; dx = x dw_1; dv = v dw_2 }
                sde Plain { t in [0, 1]; dx = dw_1 + dw_2; dv = dw_3 }
                sde One { t in [0, 1]; dx = dw_1 + x dw_2 }
                u = {x: ones([1, 1]), v: ones([1, 1])}
                for method in [euler_maruyama_forward, milstein, srk] {
                  for p in [Apart(), Shared(), Alone(), Plain()] { y = simulate(p, u, steps = 2, method = method) }
                  y = simulate(One(), ones([1, 1]), steps = 2, method = method)
                }
                """, folder, console);

        assertThat(console.notes())
                .containsExactly(
                        "the noises of Apart do not commute, so milstein is of strong order 1/2 here; "
                                + "euler_maruyama_forward has the same order with less work",
                        "the noises of Apart do not commute, so srk is of strong order 1/2 here; "
                                + "euler_maruyama_forward has the same order with less work",
                        "the noises of Shared depend on the states, and some state has two noises or some noise two "
                                + "states, so srk is of strong order 1/2 here; milstein is of order 1");
    }

    @Test
    void increments_and_areas_of_another_number_of_steps_are_refused() {
        String lines = "x = simulate(VP(), ones([2, 1]), steps = 2, method = srk, areas = ones([7, 2, 1]))";
        assertThatThrownBy(() -> Script.run(lines))
                .hasMessageContaining("`areas` of simulate are for 7 steps, but 2 steps are taken");
        for (String name : List.of("increments", "areas")) {
            String noise = "{dw_1: ones([2, 2, 1]), dw_2: ones([2, 2, 1]), dw_3: ones([7, 2, 1])}";
            String start = "{x: ones([2, 1]), v: ones([2, 1])}";
            assertThatThrownBy(() -> Script.run(PAIR + "x = simulate(p, " + start + ", steps = 2, method = srk, " + name
                            + " = " + noise + ")"))
                    .hasMessageContaining("`" + name + "` of simulate are for 7 steps, but 2 steps are taken");
        }
    }

    @Test
    void noise_of_another_form_is_refused() {
        String simulated = "x = simulate(p, {x: ones([2, 1]), v: ones([2, 1])}, steps = 2, increments = %s)";
        for (String wrong :
                List.of("{x: ones([2, 2, 1]), v: ones([2, 2, 1])}", "{dw_1: ones([2, 2, 1]), dw_2: ones([2, 2, 1])}")) {
            assertThatThrownBy(() -> Script.run(PAIR + simulated.formatted(wrong)))
                    .hasMessageContaining("Pair has more noises than states");
        }
        assertThatThrownBy(() -> Script.run(PAIR
                        + simulated.formatted("{dw_1: ones([2, 2, 1]), dw_2: ones([2, 3, 1]), dw_3: ones([2, 2, 1])}")))
                .hasMessageContaining("the noise z is [3, 1] where x is [2, 1]");
    }
}
