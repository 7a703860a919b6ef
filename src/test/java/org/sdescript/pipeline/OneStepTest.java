package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Refusal;
import org.sdescript.Script;

/**
 * Samplers in one and two steps, with the exact score of normal data and draws of noise that are 0, against their
 * formulas with the moments of each process written down here.
 */
class OneStepTest {
    private static final double MEAN = 0.3;
    private static final double VARIANCE = 0.25;

    /** dx = (slope x + shift) dt + √rate dw with x(t) | x(0) ~ N(a x(0) + m, v). */
    private record Law(
            String name,
            double first,
            double last,
            DoubleUnaryOperator a,
            DoubleUnaryOperator m,
            DoubleUnaryOperator v,
            DoubleUnaryOperator slope,
            double shift,
            DoubleUnaryOperator rate) {
        @Override
        public String toString() {
            return name;
        }

        double score(double x, double t) {
            double spread = squared(a(t)) * VARIANCE + v(t);
            return -(x - a(t) * MEAN - m(t)) / spread;
        }

        /** E[x(0) | x(t)]. */
        double clean(double x, double t) {
            return MEAN - a(t) * VARIANCE * score(x, t);
        }

        double a(double t) {
            return a.applyAsDouble(t);
        }

        double m(double t) {
            return m.applyAsDouble(t);
        }

        double v(double t) {
            return v.applyAsDouble(t);
        }

        double drift(double x, double t) {
            return slope.applyAsDouble(t) * x + shift;
        }

        double rate(double t) {
            return rate.applyAsDouble(t);
        }

        double velocity(double x, double t) {
            return drift(x, t) - rate(t) / 2 * score(x, t);
        }

        /** Twenty roundings, magnified by the ratio of σ = √v/a at both ends. */
        double tolerance() {
            double ratio = Math.sqrt(v(first) / v(last)) * a(last) / a(first);
            return 20 * 0x1p-53 * ratio;
        }

        /** b(s)/b(t). */
        double fall(double t, double s) {
            return Math.sqrt(v(s) / v(t));
        }

        /** The exponential integrator's step, with this for E[x(0)]. */
        double along(double x, double clean, double t, double s) {
            return a(s) * clean + m(s) + fall(t, s) * (x - a(t) * clean - m(t));
        }

        /** The mean of x(s) given x(t) and x(0), by the product of two normal densities. */
        double between(double x, double clean, double t, double s) {
            double ratio = a(t) / a(s);
            double step = v(t) - ratio * ratio * v(s);
            double known = a(s) * clean + m(s);
            double seen = x - m(t) + ratio * m(s);
            return (known * step + ratio * seen * v(s)) / v(t);
        }
    }

    private static double squared(double x) {
        return x * x;
    }

    private static double beta(double t) {
        return 0.1 + 19.9 * t;
    }

    private static double area(double t) {
        return t * (0.1 + 9.95 * t);
    }

    private static Stream<Law> laws() {
        double growth = 2 * Math.log(5000);
        return Stream.of(
                new Law(
                        "VP()",
                        1,
                        1e-5,
                        t -> Math.exp(-area(t) / 2),
                        t -> 0,
                        t -> -Math.expm1(-area(t)),
                        t -> -beta(t) / 2,
                        0,
                        OneStepTest::beta),
                new Law(
                        "SubVP()",
                        1,
                        1e-5,
                        t -> Math.exp(-area(t) / 2),
                        t -> 0,
                        t -> squared(Math.expm1(-area(t))),
                        t -> -beta(t) / 2,
                        0,
                        t -> -beta(t) * Math.expm1(-2 * area(t))),
                new Law(
                        "VE()",
                        1,
                        1e-5,
                        t -> 1,
                        t -> 0,
                        t -> 1e-4 * Math.expm1(growth * t),
                        t -> 0,
                        0,
                        t -> 1e-4 * growth * Math.exp(growth * t)),
                new Law("Karras()", 80, 0.002, t -> 1, t -> 0, t -> t * t, t -> 0, 0, t -> 2 * t),
                new Law(
                        "RectifiedFlow()",
                        0.999,
                        1e-3,
                        t -> 1 - t,
                        t -> 0,
                        t -> t * t,
                        t -> -1 / (1 - t),
                        0,
                        t -> 2 * t / (1 - t)),
                new Law(
                        "CosineVP()",
                        0.999,
                        1e-3,
                        t -> Math.cos(Math.PI / 2 * t),
                        t -> 0,
                        t -> squared(Math.sin(Math.PI / 2 * t)),
                        t -> -Math.PI / 2 * Math.tan(Math.PI / 2 * t),
                        0,
                        t -> Math.PI * Math.tan(Math.PI / 2 * t)),
                new Law(
                        "OrnsteinUhlenbeck(mu = 2)",
                        3,
                        1e-5,
                        t -> Math.exp(-t),
                        t -> -2 * Math.expm1(-t),
                        t -> -Math.expm1(-2 * t),
                        t -> -1,
                        2,
                        t -> 2));
    }

    private interface Step {
        double from(Law law, double x, double t, double s);
    }

    /**
     * @param draws of noise in a step
     * @param evaluations of the score in a step
     */
    private record Method(String written, int draws, int evaluations, Step step) {}

    private static double heunInNoise(Law law, double x, double t, double s) {
        double clean = law.clean(x, t);
        double ahead = law.along(x, clean, t, s);
        double level = Math.sqrt(law.v(t)) / law.a(t);
        double next = Math.sqrt(law.v(s)) / law.a(s);
        double y = (x - law.m(t)) / law.a(t);
        double slope = (y - clean) / level;
        double later = ((ahead - law.m(s)) / law.a(s) - law.clean(ahead, s)) / next;
        return law.a(s) * (y + (next - level) * (slope + later) / 2) + law.m(s);
    }

    /** The SNR of 0.16 moves by 2 snr² Σ ∇ log p. */
    private static double corrected(Law law, double x, double t) {
        return x + 2 * 0.16 * 0.16 * law.v(t) * law.score(x, t);
    }

    private static double reversed(Law law, double x, double t, double s) {
        double ratio = law.a(t) / law.a(s);
        double step = law.v(t) - ratio * ratio * law.v(s);
        return 2 * x - ratio * (x - law.m(s)) - law.m(t) + step * law.score(x, t);
    }

    private static final List<Method> METHODS = List.of(
            new Method("pc", 1, 1, OneStepTest::reversed),
            new Method(
                    "pc(predictor = euler_maruyama)",
                    1,
                    1,
                    (law, x, t, s) -> x + (law.drift(x, t) - law.rate(t) * law.score(x, t)) * (s - t)),
            new Method("pc(predictor = ode_euler)", 0, 1, (law, x, t, s) -> x + law.velocity(x, t) * (s - t)),
            new Method("pc(predictor = ode_heun)", 0, 2, (law, x, t, s) -> {
                double slope = law.velocity(x, t);
                return x + (s - t) / 2 * (slope + law.velocity(x + (s - t) * slope, s));
            }),
            new Method("pc(predictor = ancestral)", 1, 1, (law, x, t, s) -> law.between(x, law.clean(x, t), t, s)),
            new Method("pc(predictor = exponential)", 0, 1, (law, x, t, s) -> law.along(x, law.clean(x, t), t, s)),
            new Method(
                    "pc(predictor = exponential(eta = 1))",
                    1,
                    1,
                    (law, x, t, s) -> law.between(x, law.clean(x, t), t, s)),
            new Method(
                    "pc(predictor = multistep(order = 1))",
                    0,
                    1,
                    (law, x, t, s) -> law.along(x, law.clean(x, t), t, s)),
            new Method("pc(predictor = heun_in_noise)", 0, 2, OneStepTest::heunInNoise),
            new Method("pc(predictor = none, corrector = langevin)", 1, 1, (law, x, t, s) -> corrected(law, x, t)),
            new Method(
                    "pc(predictor = none, corrector = annealed_langevin)",
                    1,
                    1,
                    (law, x, t, s) -> corrected(law, x, t)),
            new Method("pc(corrector = langevin)", 2, 2, (law, x, t, s) -> reversed(law, corrected(law, x, t), t, s)),
            new Method("langevin_dynamics(step = 0.1)", 1, 1, (law, x, t, s) -> x + 0.05 * law.score(x, law.last())));

    @ParameterizedTest
    @MethodSource("laws")
    void one_and_two_steps_are_those_of_the_formulas(Law law) {
        StringBuilder script = new StringBuilder("""
                set(precision = "float64")
                p = %s
                score = normal(mean = 0.3, std = 0.5).score(p)
                start = tensor([[-1.5], [0.2], [2]])
                """.formatted(law.name()));
        for (Method method : METHODS) {
            for (int steps = 1; steps <= 2; steps++) {
                String noise = method.draws() > 0 ? ", noise = zeros([" + method.draws() * steps + ", 3, 1])" : "";
                String using = method.written().contains("(")
                        ? method.written().replaceFirst("\\)$", ", steps = " + steps + ")")
                        : method.written() + "(steps = " + steps + ")";
                script.append("x = sample(p, score, start = start, using = " + using + noise + ")\n");
                script.append("print(x.shape, list(x), nfe())\n");
            }
        }
        double[] found = Script.numbers(script.toString());

        int at = 0;
        for (Method method : METHODS) {
            for (int steps = 1; steps <= 2; steps++) {
                String what = method.written() + " in " + steps;
                assertThat(List.of(found[at], found[at + 1])).as(what).containsExactly(3.0, 1.0);
                double[] starts = {-1.5, 0.2, 2};
                for (int i = 0; i < 3; i++) {
                    double x = starts[i];
                    double largest = 1;
                    for (int k = 0; k < steps; k++) {
                        double t = law.first() + (law.last() - law.first()) * k / steps;
                        double s = law.first() + (law.last() - law.first()) * (k + 1) / steps;
                        x = method.step().from(law, x, t, s);
                        largest = Math.max(largest, Math.abs(x));
                    }
                    assertThat(found[at + 2 + i]).as(what).isCloseTo(x, within(law.tolerance() * largest));
                }
                assertThat(found[at + 5]).as(what).isEqualTo(method.evaluations() * steps);
                at += 6;
            }
        }
        assertThat(at).isEqualTo(found.length);
    }

    /** No closed form is written here for these: their samples are finite, in the right shape, at the documented cost. */
    @ParameterizedTest
    @ValueSource(strings = {"VP()", "RectifiedFlow()", "Karras()", "CLD()", "DDPM(n = 20, beta = linear(hi = 10))"})
    void few_steps_of_every_sampler_give_finite_samples_at_the_documented_cost(String process) {
        double[] found = Script.numbers("""
                p = %s
                score = normal(mean = 0.3, std = 0.5).score(p)
                fn told(using) {
                  x = sample(p, score, n = 3, shape = [2], seed = 1, using = using)
                  part = if len(p.states) > 1 then x.x else x
                  print(part.shape, if max(abs(part)) < inf then 1 else 0, nfe())
                }
                told(pc(predictor = multistep, steps = 2))
                told(pc(predictor = multistep(order = 3), steps = 2))
                told(pc(predictor = multistep(stochastic = true), steps = 1))
                told(pc(corrector = langevin(steps = 2), steps = 2))
                told(pc(corrector = harmonise(steps = 1), steps = 2))
                told(annealed_langevin_dynamics(levels = 2, steps = 3))
                told(karras_heun(steps = 2))
                told(karras_heun(steps = 2, churn = 1))
                told(ode(method = rk4(steps = 1)))
                told(ode(method = rk4(steps = 2)))
                told(ode(method = rk45(steps = 1)))
                told(ode(method = rk45(steps = 2)))
                """.formatted(process));

        // harmonise does nothing at t_max, where there is no later time; rk45 keeps the slope of the last step's end
        double[] evaluations = {2, 3, 1, 6, 3, 6, 3, 3, 4, 8, 7, 13};
        assertThat(found).hasSize(4 * evaluations.length);
        for (int i = 0; i < evaluations.length; i++) {
            assertThat(List.of(found[4 * i], found[4 * i + 1], found[4 * i + 2], found[4 * i + 3]))
                    .as("sampler %s", i)
                    .containsExactly(3.0, 2.0, 1.0, evaluations[i]);
        }
    }

    /**
     * Over times of length 1e-7, a step moves x by (|f| + g² |∇ log p|) 1e-7 at most, where |f| ≤ 2, g² = 1 and the
     * score is below 4; `karras_heun` ends at E[x(0) | x].
     */
    @Test
    void times_that_end_where_they_begin_leave_samples_where_they_are() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                sde Short { t in [0.9999999, 1]; dx = -x dt + dw }
                p = Short()
                score = normal(mean = 0.3, std = 0.5).score(p)
                start = tensor([[-1.5], [0.2], [2]])
                for using in [pc(predictor = ode_euler), pc(predictor = ode_heun), pc(predictor = exponential),
                              pc(predictor = multistep), pc(predictor = heun_in_noise),
                              pc(predictor = exponential, grid = log_snr_grid),
                              pc(predictor = exponential, grid = karras_grid)] {
                  print(number(max(abs(sample(p, score, start = start, using = using(steps = 2)) - start))))
                }
                print(number(max(abs(sample(p, score, start = start, using = ode()) - start))))
                still = zeros([2, 3, 1])
                print(number(max(abs(sample(p, score, start = start, noise = still, using = pc(steps = 2)) - start))))
                denoising = sample(p, score, start = start, using = karras_heun(steps = 2))
                print(number(max(abs(denoising - denoised(p, score, start, p.t_min)))))
                """);

        assertThat(found).hasSize(10);
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(6e-7);
    }

    @Test
    void no_samples_are_refused_by_each_way_to_ask_for_them() {
        String score = "p = VP()\nscore = normal().score(p)\n";

        assertThatThrownBy(() -> Script.run(score + "x = sample(p, score, n = 0, shape = [2])"))
                .satisfies(Refusal.with("E0421"));
        assertThatThrownBy(() -> Script.run(score + "x = sample(p, score, start = zeros([0, 2]))"))
                .satisfies(Refusal.with("E0950"))
                .hasMessageContaining("of one sample at least");
        assertThatThrownBy(() -> Script.run("x = simulate(VP(), zeros([0, 2]), steps = 2)"))
                .satisfies(Refusal.with("E0421"))
                .hasMessageContaining("holds 0 samples");
    }

    /** A predictor whose samples are the times that it is told of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "uniform_grid",
                "power_grid(2)",
                "karras_grid",
                "log_snr_grid",
                "(p, n) -> [1, 0.7, 0.6, 0.2, 0.1]"
            })
    void states_recorded_are_those_at_the_times_of_the_grid(String grid) {
        double[] found = Script.numbers("""
                set(precision = "float64")
                predictor clock(process, score, x, t, dt) = [0*x + t + dt, 0*x + t]
                p = VP()
                grid = %s
                way = sample(p, normal().score(p), start = ones([2, 1]), record = 5,
                             using = pc(predictor = clock, steps = 4, grid = grid, denoise = false))
                times = times_of(grid, p, 4)
                for k in 1..4 {
                  print(number(max(abs(way[k] - times[k]))))
                }
                """.formatted(grid));

        // t + (s − t) is s up to a rounding of t
        assertThat(found).hasSize(4);
        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThanOrEqualTo(0x1p-52);
    }

    /** dx = dt, without noise: each state of a path is the time it is at. */
    @ParameterizedTest
    @ValueSource(strings = {"euler_maruyama_forward", "milstein", "heun_stratonovich"})
    void paths_are_at_evenly_spaced_times_forward_and_backward(String method) {
        double[] found = Script.numbers("""
                set(precision = "float64")
                sde Time { t in [0, 2]; dx = 1 dt + dw }
                still = zeros([4, 3, 1])
                for ends in [[0, 2], [0.5, 1.5], [2, 0], [1.5, 0.25]] {
                  x = simulate(Time(), 0*ones([3, 1]) + ends[0], steps = 4, from = ends[0], to = ends[1],
                               increments = still, method = %s)
                  print(x.shape)
                  for k in 0..4 {
                    print(number(max(abs(x[k] - (ends[0] + (ends[1] - ends[0])*k/4)))))
                  }
                }
                """.formatted(method));

        assertThat(found).hasSize(4 * 8);
        for (int i = 0; i < found.length; i += 8) {
            assertThat(List.of(found[i], found[i + 1], found[i + 2])).containsExactly(5.0, 3.0, 1.0);
            for (int k = 3; k < 8; k++) {
                // all times are multiples of 1/16
                assertThat(found[i + k]).isZero();
            }
        }
    }

    /** Four Euler steps of dx = −t x dt back from 1 to 0.5: each multiplies by 1 + t/8. */
    @Test
    void a_simulation_backward_takes_the_drift_back() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                sde P { t in [0, 2]; dx = -t*x dt + dw }
                print(list(simulate(P(), ones([1, 1]), steps = 4, from = 1, to = 0.5, increments = zeros([4, 1, 1]),
                                    paths = false)))
                """);

        double exact = (1 + 1 / 8.0) * (1 + 0.875 / 8) * (1 + 0.75 / 8) * (1 + 0.625 / 8);
        assertThat(found).hasSize(1);
        assertThat(found[0]).isCloseTo(exact, within(1e-15 * 4));
        assertThatThrownBy(
                        () -> Script.run(
                                "x = simulate(VP(), ones([1, 1]), steps = 4, from = 1, to = 0.5, method = srk)\nprint(x.shape)"))
                .hasMessageContaining("srk runs forward in time");
    }
}
