package org.sdescript.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sdescript.Script;
import org.sdescript.backend.Execution;
import org.sdescript.runtime.Settings;

/** Derivatives through solutions against closed forms, and against differences of the same draws, on both backends. */
class SolverGradientTest {
    private static final double CLOSE = 1e-6;

    private static final String OU = """
            set(precision = "float64")
            sde Ou(theta = 1, sigma = 1) { t in [0, 1]; dx = -theta*x dt + sigma dw }
            """;

    /** The increments of step k for path i are sin(3 k + i), so that Java knows them. */
    private static final int STEPS = 8;

    private static final int PATHS = 3;

    private static double increment(int k, int path) {
        return Math.sin(3 * k + path);
    }

    /** x(1) of Euler and Maruyama's scheme: x (1 − θ h) + σ dw in each step. */
    private static double end(double theta, double sigma, int path) {
        double x = 1 + path;
        for (int k = 0; k < STEPS; k++) {
            x = x * (1 - theta / STEPS) + sigma * increment(k, path);
        }
        return x;
    }

    private static double mean(double theta, double sigma) {
        double total = 0;
        for (int i = 0; i < PATHS; i++) {
            total += end(theta, sigma, i) / PATHS;
        }
        return total;
    }

    private static double variance(double theta, double sigma) {
        double total = 0;
        for (int i = 0; i < PATHS; i++) {
            total += Math.pow(end(theta, sigma, i) - mean(theta, sigma), 2) / PATHS;
        }
        return total;
    }

    /**
     * Returns f′(x) by the five-point rule, whose error is h⁴ f⁽⁵⁾/30 ≈ 1e-12 plus rounding of 1e-16/h ≈ 1e-13 for values
     * of size 1.
     */
    static double slope(DoubleUnaryOperator f, double x) {
        double h = 1e-3;
        return (8 * (f.applyAsDouble(x + h) - f.applyAsDouble(x - h))
                        - f.applyAsDouble(x + 2 * h)
                        + f.applyAsDouble(x - 2 * h))
                / (12 * h);
    }

    private static double[] numbers(String text, Execution execution) {
        return Script.numbers(text, Settings.standard().execution(execution));
    }

    @ParameterizedTest
    @EnumSource
    void end_mean_and_variance_of_simulated_paths_by_the_parameters_of_the_process(Execution execution) {
        double[] found = numbers(OU + """
                dw = stack([tensor([[sin(3*k + i)] for i in 0..2]) for k in 0..7])
                fn end(q) = simulate(Ou(theta = q.theta, sigma = q.sigma), tensor([[1], [2], [3]]), steps = 8,
                                     increments = dw, paths = false)
                fn spread(q) {
                  x = end(q)
                  return mean((x - mean(x))^2)
                }
                at = {theta: 1.3, sigma: 0.7}
                a = grad(q -> mean(end(q)), at)
                b = grad(spread, at)
                print(a.theta, a.sigma, b.theta, b.sigma)
                """, execution);

        assertThat(found[0]).isCloseTo(slope(theta -> mean(theta, 0.7), 1.3), within(CLOSE));
        assertThat(found[1]).isCloseTo(slope(sigma -> mean(1.3, sigma), 0.7), within(CLOSE));
        assertThat(found[2]).isCloseTo(slope(theta -> variance(theta, 0.7), 1.3), within(CLOSE));
        assertThat(found[3]).isCloseTo(slope(sigma -> variance(1.3, sigma), 0.7), within(CLOSE));
    }

    /** The mean x e^{−θ} and variance σ²(1 − e^{−2θ})/2θ at t = 1: by formula, by the moments' equations, by rk45. */
    @ParameterizedTest
    @EnumSource
    void moments_of_the_process_by_formula_and_by_solvers_have_the_derivatives_of_the_closed_form(Execution execution) {
        double[] found = numbers(OU + """
                fn formula(q) = Ou(theta = q.theta, sigma = q.sigma).transition.variance(1)
                fn velocity(q) = (m, t) -> {mean: -q.theta*m.mean, var: q.sigma^2 - 2*q.theta*m.var}
                start = {mean: tensor([2]), var: tensor([0])}
                fn solved(q) = rk4(velocity(q), start, 0, 1, steps = 60)
                fn adapted(q) = rk45(velocity(q), start, 0, 1, rtol = 1e-10, atol = 1e-10)
                at = {theta: 1.3, sigma: 0.7}
                a = grad(formula, at)
                b = grad(q -> sum(solved(q).var), at)
                c = grad(q -> sum(adapted(q).var), at)
                d = grad(q -> sum(solved(q).mean), at)
                print(a.theta, a.sigma, b.theta, b.sigma, c.theta, c.sigma, d.theta, d.sigma)
                """, execution);

        double byTheta = 0.49 * (Math.exp(-2.6) / 1.3 - (1 - Math.exp(-2.6)) / (2 * 1.69));
        double bySigma = 0.7 * (1 - Math.exp(-2.6)) / 1.3;
        for (int i = 0; i < 6; i += 2) {
            assertThat(found[i]).isCloseTo(byTheta, within(CLOSE));
            assertThat(found[i + 1]).isCloseTo(bySigma, within(CLOSE));
        }
        assertThat(found[6]).isCloseTo(-2 * Math.exp(-1.3), within(CLOSE));
        assertThat(found[7]).isZero();
    }

    /** ∫β of the schedule from 0 to t. */
    private static double clock(double t, double high) {
        return 0.1 * t + (high - 0.1) * t * t / 2;
    }

    /** The standard deviation at t of data with standard deviation 0.5 under VP. */
    private static double std(double t, double high) {
        double left = Math.exp(-clock(t, high));
        return Math.sqrt(left * 0.25 + 1 - left);
    }

    /** The flow maps normal laws to each other, so it is affine: x(t) − m(t) is proportional to the deviation. */
    @ParameterizedTest
    @EnumSource
    void end_of_a_flow_by_its_start(Execution execution) {
        double[] found = numbers("""
                set(precision = "float64")
                p = VP()
                score = normal(mean = 1, std = 0.5).score(p)
                method = ode(method = rk45(rtol = 1e-10, atol = 1e-10))
                print(grad(x -> sum(sample(p, score, start = x, using = method)), tensor([[0.3], [-2]]))[0, 0])
                """, execution);

        assertThat(found[0]).isCloseTo(std(1e-5, 20) / std(1, 20), within(CLOSE));
    }

    /** log p(x) = log N(z; 0, V) + log r with z = m(1) + r (x − m(0)), where r is the slope of the flow. */
    private static double logLikelihood(double x, double mean, double high) {
        double ratio = std(1, high) / std(1e-5, high);
        double variance = 1 - Math.exp(-clock(1, high));
        double z = mean * Math.exp(-clock(1, high) / 2) + ratio * (x - mean * Math.exp(-clock(1e-5, high) / 2));
        return -z * z / (2 * variance) - Math.log(2 * Math.PI * variance) / 2 + Math.log(ratio);
    }

    @ParameterizedTest
    @EnumSource
    void log_likelihood_by_the_data_the_law_and_the_schedule(Execution execution) {
        double[] found = numbers("""
                set(precision = "float64")
                method = rk45(rtol = 1e-10, atol = 1e-10)
                fn told(x, mean, high) {
                  p = VP(beta = linear(hi = high))
                  return sum(log_likelihood(p, normal(mean = mean, std = 0.5).score(p), x, method = method))
                }
                x = tensor([[0.3], [2]])
                a = grad(x -> told(x, 1, 3), x)
                b = grad(q -> told(x, q[0], q[1]), [1, 3])
                print(a[0, 0], a[1, 0], b)
                """, execution);

        assertThat(found[0]).isCloseTo(slope(x -> logLikelihood(x, 1, 3), 0.3), within(CLOSE));
        assertThat(found[1]).isCloseTo(slope(x -> logLikelihood(x, 1, 3), 2), within(CLOSE));
        assertThat(found[2]).isCloseTo(slope(m -> logLikelihood(0.3, m, 3) + logLikelihood(2, m, 3), 1), within(CLOSE));
        assertThat(found[3]).isCloseTo(slope(h -> logLikelihood(0.3, 1, h) + logLikelihood(2, 1, h), 3), within(CLOSE));
    }

    /**
     * Steps with draws inside of kernels: the derivative draws the same numbers again. The first predictor's derivative
     * needs its second draw only. The five-point rule in the script has an error of 1e-9 here.
     */
    @ParameterizedTest
    @EnumSource
    void samplers_with_noise_of_their_own(Execution execution) {
        double[] found = numbers("""
                set(precision = "float64")
                predictor twice(process, score, x, t, dt) {
                  first = randn_like(x)
                  next = x + 0.1*first + dt*sin(x)*randn_like(x)
                  return next, next
                }
                fn slope(f, x) {
                  h = 1e-3
                  return (8*(f(x + h) - f(x - h)) - f(x + 2*h) + f(x - 2*h))/(12*h)
                }
                law = normal(mean = 1, std = 0.5)
                fn end(x, method) = sum(sample(VP(), law.score(VP()), start = full([3, 1], x), seed = 5, using = method))
                fn high(h, method) {
                  p = VP(beta = linear(hi = h))
                  return sum(sample(p, law.score(p), n = 3, shape = [1], seed = 5, using = method))
                }
                for predictor in [twice, reverse_diffusion, ancestral, multistep(order = 3)] {
                  method = pc(predictor = predictor, steps = 10)
                  print(grad(x -> end(x, method), 0.4), slope(x -> end(x, method), 0.4))
                }
                method = pc(corrector = langevin(snr = 0.1), steps = 10)
                print(grad(h -> high(h, method), 3), slope(h -> high(h, method), 3))
                noise = randn([10, 2, 1])
                fn given(x) = sum(sample(VP(), law.score(VP()), start = full([2, 1], x), noise = noise,
                                         using = pc(steps = 10)))
                print(grad(given, 0.4), slope(given, 0.4))
                """, execution);

        for (int i = 0; i < found.length; i += 2) {
            assertThat(found[i]).isNotZero().isCloseTo(found[i + 1], within(CLOSE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_network_and_samples_of_a_trained_model_by_their_inputs(Execution execution) {
        double[] found = numbers("""
                set(precision = "float64")
                fn slope(f, x) {
                  h = 1e-3
                  return (8*(f(x + h) - f(x - h)) - f(x + 2*h) + f(x - 2*h))/(12*h)
                }
                p = VP()
                model = train(mlp(hidden = 8), randn([64, 1]), p, steps = 20, batch = 16)
                fn told(x) = sum(model(full([2, 1], x), 0.5))
                fn drawn(x) = sum(sample(p, model, start = full([2, 1], x), seed = 1, using = pc(steps = 5)))
                for f in [told, drawn] {
                  print(grad(f, 0.3), slope(f, 0.3))
                }
                """, execution);

        assertThat(found[0]).isNotZero().isCloseTo(found[1], within(CLOSE));
        assertThat(found[2]).isNotZero().isCloseTo(found[3], within(CLOSE));
    }

    /** dx = (−θ x + y) dt, dy = −θ y dt ends at e^{−θ} (x + y, y): J v, vᵀ J and the second derivative. */
    @ParameterizedTest
    @EnumSource
    void products_with_the_jacobian_and_derivatives_of_derivatives(Execution execution) {
        double[] found = numbers("""
                set(precision = "float64")
                fn end(x, theta) = rk45((x, t) -> x@tensor([[0, 0], [1, 0]]) - theta*x, x, 0, 1, rtol = 1e-10, atol = 1e-10)
                x = tensor([2, 3])
                a = jvp(x -> end(x, 1.3), x, tensor([1, -2]))
                b = vjp(x -> end(x, 1.3), x, tensor([1, -2]))
                print(a[0], a[1], b[0], b[1])
                print(grad(theta -> grad(theta -> sum(end(x, theta)), theta), 1.3))
                """, execution);

        double factor = Math.exp(-1.3);
        double[] expected = {-factor, -2 * factor, factor, -factor, 8 * factor};
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(CLOSE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void functions_that_branch_on_values(Execution execution) {
        assertThat(Script.run("""
                fn steep(x) {
                  while sum(x) < 100 { x = 2*x }
                  return if x[0] > x[1] then sum(x^2) else sum(x)
                }
                print(grad(steep, tensor([2, 3])), grad(steep, tensor([3, 2])))
                print(grad(q -> if q > 0 then sum(tensor([q, 2*q])*detach(q)) else 0, 3))
                x = tensor([2, 3])
                print(grad(y -> if sum(y) > 0 then sum(x*y) else 0, x))
                """, Settings.standard().execution(execution)))
                .containsExactly("tensor([32, 32]) tensor([6144, 4096])", "9", "tensor([2, 3])");
    }
}
