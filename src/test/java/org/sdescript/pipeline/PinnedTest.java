package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;

/** Linear processes conditioned on their end: the bridges of textbooks, their laws, and bridges of bridges. */
@Tag("numbers")
class PinnedTest {
    /** A few dozen roundings, each of 1.1e-16 relative to the number. */
    private static final double ROUNDING = 1e-14;

    private static final String PROCESSES = """
            set(precision = "float64")
            sde Brownian(sigma = 1) { t in [0, 1]; dx = sigma*dw }
            sde OU(theta = 1, mu = 0, sigma = 1) { t in [0, 1]; dx = theta*(mu - x) dt + sigma dw }
            sde Drifting { t in [0, 1]; dx = (t - x/(2 - t)) dt + (1 + t) dw }
            sde Stated { t in [0, 1]; x(t) = (1 - t/2)*x(0) + t^2 + t*noise }
            y = tensor([1, 2])
            fn apart(a, b) = number(max(abs(a - b)/(1 + abs(b))))
            """;

    @Test
    void bridges_print_as_in_textbooks() {
        assertThat(Script.run(PROCESSES + """
                print(pinned(Brownian(), 2))
                print(pinned(Brownian(sigma = 2), y))
                print(pinned(Brownian(), y).transition)
                print(pinned(OU(), y))
                print(latex(pinned(OU(), y)))
                print(pinned(OU(theta = 1/2, sigma = 2), [0, 1]).transition)
                print(pinned(VP(), 0))
                print(pinned(Karras(), 1))
                print(pinned(Brownian(), 2, at = 1/2), pinned(Brownian(), 2).prior)
                """))
                .containsExactly(
                        "dx = (2 − x)/(1 − t) dt + dw",
                        "dx = (y − x)/(1 − t) dt + 2 dw",
                        "x(t) | x(0) ~ N( (1 − t) x(0) + y t, t − t² )",
                        "dx = (y − cosh(1 − t) x)/sinh(1 − t) dt + dw",
                        "dx = \\frac{y - \\cosh(1 - t) x}{\\sinh(1 - t)}\\, dt + dw",
                        "x(t) | x(0) ~ N( sinh(½ (1 − t))/sinh(0.5) x(0) + x₁ sinh(½ t)/sinh(0.5),"
                                + " 8 sinh(½ t) sinh(½ (1 − t))/sinh(0.5) )",
                        "dx = −½ β(t) cosh(5.025 − 0.05 t − 4.975 t²) x/sinh(5.025 − 0.05 t − 4.975 t²) dt + √β(t) dw",
                        "dx = 2 t (1 − x)/(6400 − t²) dt + √(2 t) dw",
                        "dx = 2 (2 − x)/(1 − 2 t) dt + dw x(1) ~ N( 2, 0 )");
    }

    /**
     * The paired bridge of image restoration (Liu et al. 2023): the law of x given both ends, with the variances s and r of the
     * two sides, is that of a Brownian path pinned at the time s + r. The printed digits of the reference.
     */
    @Test
    void the_law_given_both_ends_is_that_of_the_paired_bridge() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                sde Brownian { t in [0, 2]; dx = dw }
                fn bridge(beta, i) {
                  s = sum(beta[: i + 1])
                  r = sum(beta[i :])
                  law = pinned(Brownian(), 0, at = number(s + r)).transition
                  return number(law.mean_coef(number(s))), number(law.std(number(s)))
                }
                for i in 0..3 { print(bridge(tensor([0.1, 0.2, 0.2, 0.1]), i)[0]) }
                half = linspace(sqrt(1e-4), sqrt(0.3/1000), 1000)[:500]^2
                beta = concat([half, tensor(reversed(list(half)))])
                for i in [0, 249, 499, 749, 999] { print(bridge(beta, i)[0]) }
                for i in [0, 249, 499, 749, 999] { print(bridge(beta, i)[1]) }
                """);

        double[] four = {.857142857, .625, .375, .142857143};
        double[] means = {.99929142, .78862227, .50066036, .21236916, .00070858};
        double[] stds = {.00999646, .15340193, .18789193, .15366468, .00999646};
        assertThat(DoubleStream.of(found).limit(4).toArray()).containsExactly(four, within(5e-10));
        assertThat(DoubleStream.of(found).skip(4).limit(5).toArray()).containsExactly(means, within(5e-9));
        assertThat(DoubleStream.of(found).skip(9).toArray()).containsExactly(stds, within(5e-9));
    }

    /**
     * The mean and the variance of the bridge, by a formula, against their differential equations m' = f(m, t) and
     * v' = 2 f' v + g² with the drift of the bridge, and the drift against f + g² ∂ₓ log p(x(T) | x(t)). The derivatives are
     * exact; numbers up to 1e3 near the ends leave roundings of 1e-13, which the quotients multiply by 10.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Brownian(sigma = 2)",
                "OU(theta = 2, mu = 1)",
                "Drifting()",
                "Stated()",
                "VE()",
                "CosineVP()",
                "Karras()",
                "pinned(OU(), 3)"
            })
    void the_law_obeys_the_equation_of_the_bridge(String process) {
        double[] errors = Script.numbers(
                PROCESSES + """
                base = %s
                at = base.t_min + 0.9*(base.t_max - base.t_min)
                p = pinned(base, y, at = at)
                x = tensor([[0.3, -0.7]])
                for share in [0.1, 0.8] {
                  t = base.t_min + share*(at - base.t_min)
                  law = p.transition
                  rate = jvp(t -> law.mean(x, t), t, 1)
                  print(apart(rate, p.drift(law.mean(x, t), t)))
                  spread = jvp(t -> law.variance(t), t, 1)
                  slope = jvp(x -> p.drift(x, t), x, ones_like(x))
                  print(apart(spread, 2*slope*law.variance(t) + p.diffusion(x, t)^2))
                  step = base.transition.between(t, at)
                  fn ahead(x) = normal_log_prob(y + 0*x, step.mean(x), sqrt(step.cov_times(1 + 0*x)))
                  print(apart(p.drift(x, t), base.drift(x, t) + base.diffusion(x, t)^2*grad(x -> sum(ahead(x)), x)))
                }
                """.replace("ones_like(x)", "1 + 0*x").formatted(process));

        assertThat(DoubleStream.of(errors).boxed()).as(process).hasSize(6).allSatisfy(each -> assertThat(each)
                .isLessThan(1e-10));
    }

    /** Closed forms: y t and σ² t (1 − t); y sinh θt/sinh θ and σ² sinh θt sinh θ(1 − t)/(θ sinh θ), from x(0) = 0. */
    @Test
    void brownian_and_ornstein_uhlenbeck_bridges_have_their_moments() {
        double[] errors = Script.numbers(PROCESSES + """
                zero = zeros([1, 2])
                for t in [0.1, 0.5, 0.999] {
                  b = pinned(Brownian(sigma = 3), y).transition
                  print(apart(b.mean(zero, t), y*t), apart(b.variance(t), tensor(9*t*(1 - t))))
                  o = pinned(OU(theta = 2, sigma = 3), y).transition
                  print(apart(o.mean(zero, t), y*sinh(2*t)/sinh(2)),
                        apart(o.variance(t), tensor(9*sinh(2*t)*sinh(2*(1 - t))/(2*sinh(2)))))
                }
                """);

        assertThat(DoubleStream.of(errors).boxed()).hasSize(12).allSatisfy(each -> assertThat(each)
                .isLessThan(ROUNDING));
    }

    /**
     * Simulated bridges to a different end for each of n = 20,000 samples, at t = ½, minus their ends' share: mean 0 and the
     * variance of the transition. A |z| of 4.9 is exceeded once in 10⁶ runs, by one of the four once in 2.5 · 10⁵. Euler's
     * method with 200 steps multiplies the variance by 1 + O(1/200), and moves the mean by at most 2 · 1/200 of the ends' share
     * of 1, which is random with mean 0; 1 % of the variance and 0.01 of the mean are allowed for. At the last step Euler's drift
     * leads to the end itself, whose distance is the noise of one step, 1/√200.
     */
    @Test
    void simulated_bridges_to_own_ends_have_the_moments_of_the_transition() {
        double[] z = Script.numbers("""
                set(seed = 11)
                sde Brownian { t in [0, 1]; dx = dw }
                sde OU(theta = 2) { t in [0, 1]; dx = -theta*x dt + dw }
                n = 20000
                ends = randn([n, 1])
                for p in [pinned(Brownian(), ends), pinned(OU(), ends)] {
                  x = simulate(p, zeros([n, 1]), steps = 100, to = 0.5, paths = false)
                  away = x - p.transition.mean(zeros([n, 1]), 0.5)
                  v = number(mean(p.transition.variance(0.5)))
                  print(number(max(abs(mean(away)) - 0.01, 0)*sqrt(n/v)))
                  print(number(max(abs(mean(away^2)/v - 1) - 0.01, 0)*sqrt(n/2)))
                  last = simulate(p, zeros([n, 1]), steps = 200, paths = false) - ends
                  print(number(max(abs(mean(last^2)*200 - 1) - 0.01, 0)*sqrt(n/2)))
                }
                """);

        assertThat(z).hasSize(6);
        assertThat(DoubleStream.of(z).boxed())
                .allSatisfy(each -> assertThat(each).isLessThan(4.9));
    }

    /** By the Markov property, what is known beyond the nearer end tells nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"Brownian(sigma = 2)", "OU(theta = 2, mu = 1)", "Drifting()", "VP()"})
    void a_bridge_of_a_bridge_is_the_bridge_to_the_nearer_end(String process) {
        double[] errors = Script.numbers(PROCESSES + """
                p = pinned(pinned(%1$s, 3), y, at = 1/2)
                q = pinned(%1$s, y, at = 1/2)
                x = tensor([[0.3, -0.7]])
                for t in [0.01, 0.2, 0.4] {
                  print(apart(p.drift(x, t), q.drift(x, t)), apart(p.transition.mean(x, t), q.transition.mean(x, t)),
                        apart(p.transition.variance(t), q.transition.variance(t)))
                }
                print(p.t_max)
                """.formatted(process));

        assertThat(errors).hasSize(10);
        // differences of numbers that are up to 100 times larger than the result
        assertThat(DoubleStream.of(errors).limit(9).boxed())
                .allSatisfy(each -> assertThat(each).isLessThan(100 * ROUNDING));
        assertThat(errors[9]).isEqualTo(0.5);
    }

    /** Two steps of a bridge, from 0 to u and from u to t, have the law of one: the mean and the variance of their product. */
    @Test
    void two_steps_of_a_bridge_are_one() {
        double[] errors = Script.numbers(PROCESSES + """
                for p in [pinned(Brownian(), y), pinned(OU(theta = 2, mu = 1), y), pinned(Stated(), y)] {
                  x = tensor([[0.3, -0.7]])
                  law = p.transition
                  step = law.between(0.3, 0.8)
                  print(apart(step.mean(law.mean(x, 0.3)), law.mean(x, 0.8)))
                  slope = step.mean(1 + 0*x) - step.mean(0*x)
                  print(apart(slope^2*law.variance(0.3) + step.cov_times(1 + 0*x), law.variance(0.8)))
                }
                """);

        assertThat(DoubleStream.of(errors).boxed()).hasSize(6).allSatisfy(each -> assertThat(each)
                .isLessThan(10 * ROUNDING));
    }

    /** Each component and each sample has the bridge of its own end. */
    @Test
    void a_tensor_of_ends_gives_each_its_own_bridge() {
        double[] errors = Script.numbers(PROCESSES + """
                ends = tensor([[1, 2], [3, 4], [5, 6]])
                x = randn([3, 2])
                for base in [OU(theta = 2, mu = 1), Drifting()] {
                  p = pinned(base, ends)
                  worst = 0
                  for i in 0..2 { for j in 0..1 {
                    own = pinned(base, 2*i + j + 1)
                    at = x[i : i + 1, j : j + 1]
                    worst = max(worst, apart(p.drift(x, 0.5)[i, j], own.drift(at, 0.5)),
                                apart(p.transition.mean(x, 0.5)[i, j], own.transition.mean(at, 0.5)))
                  } }
                  print(worst)
                }
                """);

        assertThat(DoubleStream.of(errors).boxed()).hasSize(2).allSatisfy(each -> assertThat(each)
                .isLessThan(ROUNDING));
    }

    @Test
    void explain_tells_the_transform_and_its_source() {
        assertThat(String.join("\n", Script.run(PROCESSES + "print(explain(pinned(Brownian(), y)))")))
                .contains("∂ log h/∂x = (y − x)/(1 − t)")
                .contains("Doob 1957")
                .endsWith("dx = (y − x)/(1 − t) dt + dw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "pinned(DoubleWell(), 1); only a linear process is conditioned on its end by a formula",
                "pinned(CLD(), 1); CLD is a system, whose end has a point for each state",
                "pinned(pinned(CLD(), {x: 1}), {x: 2}); CLD is conditioned on its end already",
                "pinned(Still(), 1); Still has no noise from t =",
                "pinned(Ending(), 1); Ending has no noise from t = 0.5 on",
                "pinned(reverse(VP()), 1); VP was derived from a score",
                "pinned(pinned(VP(), 1), 2); the state of VP at t = 1 is given already",
                "pinned(VP(), 1, at = 2); the time of the condition, 2, is not within the time domain of VP"
            })
    void what_has_no_bridge_is_refused(String call, String message) {
        assertThat(String.join("", Script.run("""
                sde Still { t in [0, 1]; dx = -x dt }
                sde Ending { t in [0, 1]; dx = (if t < 1/2 then 1 else 0) dw }
                try { p = %s; print("none") } catch e { print(e.code, e.message) }
                """.formatted(call)))).startsWith("E0686 " + message);
    }
}
