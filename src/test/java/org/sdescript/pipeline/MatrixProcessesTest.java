package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.Script;

/** Processes whose components are coupled by symmetric matrices that commute. */
@Tag("numbers")
class MatrixProcessesTest {
    /** A few dozen roundings, each of 1.1e-16 relative to numbers below 10. */
    private static final double ROUNDING = 1e-13;

    /** A has the eigenvalues 0.5, 2 and 3 in the basis R, a product of two rotations. */
    private static final String PROCESSES = """
            set(precision = "float64")
            fn turn(i, j, angle) = tensor([[if a == b and a != i and a != j then 1 else if a == b then cos(angle)
              else if a == i and b == j then -sin(angle) else if a == j and b == i then sin(angle) else 0
              for b in 0..2] for a in 0..2])
            fn diagonal(v) = tensor([[if i == j then v[i] else 0 for j in 0..2] for i in 0..2])
            R = turn(0, 1, 0.7)@turn(1, 2, 1.1)
            rates = tensor([0.5, 2, 3])
            noises = tensor([1, 0.4, -0.7])
            fn matrix(v) = R@diagonal(v)@transpose(R)
            sde Whole(A, B, mu = 0) { t in [0, 1]; dx = A@(mu - x) dt + B@dw }
            sde Own(a, b, mu = 0) { t in [0, 1]; dx = a*(mu - x) dt + b dw }
            x = tensor([[0.1, 0.2, 0.5], [0.3, -0.4, 1], [1, -1, 0.3]])
            z = tensor([[0.7, -0.3, 0.2], [1.1, 0.2, -1], [-0.4, 0.9, 0.1]])
            t = tensor([0.1, 0.5, 0.9])
            law = normal(mean = 0, std = 2)
            fn largest(a) = number(max(abs(a)))
            """;

    /** Quantities of a process p that turn with the samples x, z, each of x's shape. */
    private static final List<String> TURNING = List.of(
            "p.drift(x, 0.5)",
            "p.drift(x, t)",
            "p.diffuse(x, t, z)",
            "p.transition.mean(x, 0.5)",
            "p.transition.mean(x, t)",
            "p.transition.origin(x, t)",
            "p.transition.cov_times(z, t)",
            "p.transition.score(x, z, t)",
            "p.transition.score_of_noise(z, t)",
            "p.transition.noise_of_score(z, t)",
            "p.transition.diffuse(z, t)",
            "p.transition.between(0.2, 0.5).mean(x)",
            "p.transition.between(t/2, t).mean(x)",
            "p.transition.between(t/2, t).diffuse(z)",
            "p.transition.between(t/2, t).cov_times(z)",
            "p.transition.posterior(0.2, 0.5).mean(x, z)",
            "p.transition.posterior(t/2, t).mean(x, z)",
            "p.transition.posterior(t/2, t).diffuse(z)",
            "p.transition.posterior(t/2, t, eta = 0.3).mean(x, z)",
            "law.score(p)(x, t)",
            "p.prior.score(p)(x, t)",
            "reverse(p, law.score(p)).drift(x, t)",
            "reverse(p, law.score(p), lambda = 0.5).drift(x, t)",
            "forward(p, law.score(p), epsilon = 0.3).drift(x, t)",
            "flow(p, law.score(p)).drift(x, t)",
            "denoised(p, law.score(p), x, t)",
            "noise_of(p, law.score(p), x, t)",
            "rescaled(p, t -> 1/(1 + t)).transition.mean(x, t)",
            "retimed(p, t -> t^2).transition.diffuse(z, t)",
            "encode(p, law.score(p), x, method = rk4(steps = 5))[0]",
            "kernelled(x, p)");

    /** Quantities that no rotation changes. */
    private static final List<String> FIXED = List.of(
            "law.log_density(p)(x, t)",
            "p.prior.log_prob(x)",
            "p.prior.log_density(p)(x, t)",
            "sum(p.divergence(x, t), axis = 1)",
            "encode(p, law.score(p), x, method = rk4(steps = 5))[1]",
            "log_likelihood(p, law.score(p), x, method = rk4(steps = 5))");

    private static Stream<Arguments> noises() {
        return Stream.of(
                arguments("Whole(matrix(rates), matrix(noises))", "Own(rates, noises)"),
                arguments("Whole(matrix(rates), matrix(0*rates + 2))", "Own(rates, 2)"),
                arguments(
                        "Whole(matrix(rates), matrix(noises), mu = tensor([1, 2, 3])@transpose(R))",
                        "Own(rates, noises, mu = tensor([1, 2, 3]))"),
                arguments("Whole(matrix(-rates), matrix(noises))", "Own(-rates, noises)"));
    }

    /** x R has the coordinates of x in the basis, in which the process is elementwise. */
    @ParameterizedTest
    @MethodSource("noises")
    void a_process_turns_with_its_matrices(String whole, String own) {
        double[] distances = Script.numbers(
                PROCESSES + """
                kernel kernelled(x, p) { return p.transition.mean(x, 0.3) + p.drift(x, 0.3) }
                fn turning(p, x, z) = [%s]
                fn fixed(p, x, z) = [%s]
                p = %s
                q = %s
                for a, b in zip(turning(p, x, z), turning(q, x@R, z@R)) {
                  print(largest(a - b@transpose(R))/max(1, largest(b)))
                }
                for a, b in zip(fixed(p, x, z), fixed(q, x@R, z@R)) {
                  print(largest(a - b)/max(1, largest(b)))
                }
                """.formatted(String.join(", ", TURNING), String.join(", ", FIXED), whole, own));

        assertThat(distances).hasSize(TURNING.size() + FIXED.size());
        for (int k = 0; k < distances.length; k++) {
            String quantity = k < TURNING.size() ? TURNING.get(k) : FIXED.get(k - TURNING.size());
            // a flow of five steps has the roundings of twenty evaluations
            assertThat(distances[k]).as(quantity).isLessThan(quantity.contains("rk4") ? 20 * ROUNDING : ROUNDING);
        }
    }

    /** A number in the drift is one for each component, and each row of an image is a vector. */
    @Test
    void diagonal_matrices_give_a_process_for_each_component() {
        double[] distances = Script.numbers(PROCESSES + """
                p = Whole(diagonal(rates), diagonal(noises), mu = 1.5)
                q = Own(rates, noises, mu = 1.5)
                print(largest(p.transition.mean(x, t) - q.transition.mean(x, t)))
                print(largest(p.drift(x, t) - q.drift(x, t)), largest(p.divergence(x, t) - q.divergence(x, t)))
                print(largest(p.transition.std(0.5) - q.transition.std(0.5)))
                print(largest(p.prior.mean - q.prior.mean), largest(p.prior.std - q.prior.std))
                image = stack([x, z, x + z])
                print(largest(p.transition.mean(image, t)[1, 2] - p.transition.mean(image[1, 2], 0.5)))
                print(abs(p.log_snr(0.5) - number(mean(q.log_snr(0.5)))))
                print(largest(p.log_snr(t)[1] - p.log_snr(0.5)))
                """);

        assertThat(distances).hasSize(9);
        assertThat(DoubleStream.of(distances).max().orElseThrow()).isLessThan(ROUNDING);
    }

    /**
     * M′ = a M and Σ′ = a Σ + Σ a + g² for a = −½ β A and g = 3 √β A, against the transition of the script. The method of
     * Runge and Kutta in 4000 steps of h = 2e-4 has a relative error of (2 |a| h)⁴ with |a| ≤ 6.5, below 1e-10.
     */
    @ParameterizedTest
    @MethodSource("matrices")
    void moments_solve_their_equations(String name, double[][] a) {
        int d = a.length;
        StringBuilder written = new StringBuilder();
        for (double[] row : a) {
            written.append(written.isEmpty() ? "[" : ", ").append(java.util.Arrays.toString(row));
        }
        double[] numbers = Script.numbers("""
                set(precision = "float64")
                A = tensor(%s])
                sde P { t in [0, 1]; beta = linear(lo = 0.5, hi = 4); dx = -1/2*beta(t)*A@x dt + sqrt(beta(t))*(3*A)@dw }
                p = P()
                for i in 0..%d { for j in 0..%d {
                  print(number(p.transition.mean_coef(0.8)[i, j]), number(p.transition.cov(tensor([0.3, 0.8]))[1, i, j]))
                } }
                """.formatted(written, d - 1, d - 1));

        double[][] map = identity(d);
        double[][] covariance = new double[d][d];
        int steps = 4000;
        double h = 0.8 / steps;
        for (int k = 0; k < steps; k++) {
            double from = k * h;
            double[][][] state = {map, covariance};
            double[][][] k1 = change(a, from, state);
            double[][][] k2 = change(a, from + h / 2, moved(state, k1, h / 2));
            double[][][] k3 = change(a, from + h / 2, moved(state, k2, h / 2));
            double[][][] k4 = change(a, from + h, moved(state, k3, h));
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    map[i][j] += h / 6 * (k1[0][i][j] + 2 * k2[0][i][j] + 2 * k3[0][i][j] + k4[0][i][j]);
                    covariance[i][j] += h / 6 * (k1[1][i][j] + 2 * k2[1][i][j] + 2 * k3[1][i][j] + k4[1][i][j]);
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                assertThat(numbers[2 * (i * d + j)]).as(name).isCloseTo(map[i][j], within());
                assertThat(numbers[2 * (i * d + j) + 1]).as(name).isCloseTo(covariance[i][j], within());
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    /** A matrix without structure, one of rank 2 with the eigenvalue 0, and one with eigenvalues of both signs. */
    private static Stream<Arguments> matrices() {
        return Stream.of(
                arguments("full", new double[][] {{2, 0.5, 0.1}, {0.5, 1, -0.3}, {0.1, -0.3, 3}}),
                arguments("laplacian", new double[][] {{1, -1, 0}, {-1, 2, -1}, {0, -1, 1}}),
                arguments("saddle", new double[][] {{0, 1}, {1, 0.5}}));
    }

    private static double[][] identity(int d) {
        double[][] one = new double[d][d];
        for (int i = 0; i < d; i++) {
            one[i][i] = 1;
        }
        return one;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int k = 0; k < a.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][][] change(double[][] a, double t, double[][][] state) {
        double beta = 0.5 + 3.5 * t;
        double[][] moved = product(a, state[0]);
        double[][] pulled = product(a, state[1]);
        double[][] noise = product(a, a);
        double[][][] change = new double[2][a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                change[0][i][j] = -beta / 2 * moved[i][j];
                change[1][i][j] = -beta / 2 * (pulled[i][j] + pulled[j][i]) + beta * 9 * noise[i][j];
            }
        }
        return change;
    }

    private static double[][][] moved(double[][][] state, double[][][] change, double h) {
        double[][][] moved = new double[2][state[0].length][state[0].length];
        for (int part = 0; part < 2; part++) {
            for (int i = 0; i < state[0].length; i++) {
                for (int j = 0; j < state[0].length; j++) {
                    moved[part][i][j] = state[part][i][j] + h * change[part][i][j];
                }
            }
        }
        return moved;
    }

    /**
     * Samples of the reverse SDE and the flow under the exact score of N(1, ¼), n = 10,000, against this law: two means, two
     * variances and a covariance each, with a standard error of 0.5/√n, 0.25 √(2/n) and 0.25/√n. A |z| of 4.9 is exceeded
     * once in 10⁶, by one of the ten in 10⁵ runs. The prior differs from the law at t = 4 by exp(−4 · 0.6), which moves a mean by
     * exp(−2 · 4 · 0.6) = 0.008 and the steps by less than 0.01: both are allowed for.
     */
    @Test
    void reverse_and_flow_return_to_the_data() {
        double[] z = Script.numbers("""
                set(seed = 11)
                A = tensor([[1, 0.5], [0.5, 2]])
                sde P { t in [1e-3, 4]; dx = -A@x dt + dw }
                p = P()
                law = normal(mean = 1, std = 0.5)
                n = 10000
                for u in [pc(predictor = multistep(stochastic = true), steps = 60, grid = log_snr_grid),
                          pc(predictor = ode_heun, steps = 60, grid = log_snr_grid)] {
                  x = sample(p, law.score(p), n = n, using = u)
                  y = x - mean(x, axis = 0)
                  print(number((abs(mean(x[:, 0]) - 1) - 0.02)/0.5*sqrt(n)), number((abs(mean(x[:, 1]) - 1) - 0.02)/0.5*sqrt(n)))
                  print(number((abs(mean(y[:, 0]^2) - 0.25) - 0.01)/0.25*sqrt(n/2)))
                  print(number((abs(mean(y[:, 1]^2) - 0.25) - 0.01)/0.25*sqrt(n/2)))
                  print(number((abs(mean(y[:, 0]*y[:, 1])) - 0.01)/0.25*sqrt(n)))
                }
                """);

        assertThat(z).hasSize(10);
        assertThat(DoubleStream.of(z).boxed())
                .allSatisfy(each -> assertThat(each).isLessThan(4.9));
    }

    @Test
    void two_hundred_components_are_derived_and_sampled() {
        double[] numbers = Script.numbers("""
                set(precision = "float64")
                d = 200
                L = tensor([[if i == j then (if i == 1 or i == d then 1 else 2) else if abs(i - j) == 1 then -1 else 0 for j in 1..d] for i in 1..d])
                sde Heat { t in [1e-3, 1]; dx = -L@x dt + 0.1 dw }
                p = Heat()
                x = randn([3, d])
                s = normal().score(p)
                print(number(max(abs(mean(p.transition.mean(x, 0.7), axis = 1) - mean(x, axis = 1)))))
                y = sample(p, s, n = 3, using = pc(steps = 3))
                print(y.shape[1], number(max(where(y == y, 0, 1))))
                m = p.transition.mean_coef(0.7)
                halves = p.transition.mean_coef(0.35)
                print(number(max(abs(m - halves@halves))))
                """);

        // heat keeps the mean brightness: the eigenvalue 0
        assertThat(numbers[0]).isLessThan(1e-13);
        assertThat(numbers[1]).isEqualTo(200);
        assertThat(numbers[2]).isZero();
        // a product of matrices of 200 components with entries below 1 and rows of sum 1
        assertThat(numbers[3]).isLessThan(1e-13);
    }

    /** Each loss and each prediction that such a process has gives a model; the weight by variance is that of the noise. */
    @Test
    void models_are_trained_saved_and_sampled() {
        assertThat(Script.run("""
                A = tensor([[1, 0.5], [0.5, 2]])
                sde P { t in [1e-3, 1]; dx = -A@x dt + dw }
                p = P()
                data = moons(64)
                x = tensor([[1, 2], [0.5, -1]])
                for w in [by_variance, likelihood, by_noise, unweighted] {
                  m = train(mlp(hidden = 4), data, p, steps = 1, batch = 8, loss = denoising(weight = w))
                }
                for predict in ["score", "clean", "noise"] {
                  m = train(mlp(hidden = 4), data, p, steps = 1, batch = 8, predict = predict)
                  z = noise_of(p, m, x, 0.5)
                  print(max(abs(denoised(p, m, x, 0.5) - p.transition.origin(x - p.transition.diffuse(z, 0.5), 0.5))) < 1e-4)
                }
                for loss in [implicit(), sliced()] {
                  m = train(mlp(hidden = 4), data, p, steps = 1, batch = 8, loss = loss, predict = "score")
                }
                loaded = load(save(m, "m.safetensors"), process = P())
                y = sample(loaded, n = 3, using = pc(steps = 2), seed = 1)
                print(loaded.process, y.shape, max(abs(y - sample(m, n = 3, using = pc(steps = 2), seed = 1))))
                """)).containsExactly("true", "true", "true", "dx = −A x dt + dw [3, 2] 0");
    }

    @Test
    void formulas_keep_the_names_of_matrices() {
        assertThat(Script.run("""
                A = tensor([[1, 0.5], [0.5, 2]])
                I = tensor([[1, 0], [0, 1]])
                sde P(mu = 0) { t in [0, 1]; dx = A@(mu - x) dt + dw }
                sde B { t in [0, 1]; beta = linear(); dx = -1/2*beta(t)*(A + 2*I)@x dt + sqrt(beta(t))*A@dw }
                p = P()
                print(p)
                print(p.transition)
                print(p.prior)
                print(reverse(p))
                print(flow(p))
                print(latex(p.transition))
                print(latex(p.prior), explain(p.prior) != none)
                print(P(mu = tensor([1, 2])))
                print(P(mu = 2))
                print(B())
                """))
                .containsExactly(
                        "dx = −A x dt + dw",
                        "x(t) | x(0) ~ N( exp(−A t) x(0), ½ (1 − exp(−2 A t))/A )",
                        "x(1) ~ N( 0, ½ (1 − exp(−2 A))/A )",
                        "dx = [−A x − ∇ₓ log pₜ(x)] dt + dw̄",
                        "dx = [−A x − ½ ∇ₓ log pₜ(x)] dt",
                        "x(t) \\mid x(0) \\sim \\mathcal{N}\\left(e^{-A t} x(0),\\; \\frac{1 - e^{-2 A t}}{2 A}\\right)",
                        "x(1) \\sim \\mathcal{N}\\left(0,\\; \\frac{1 - e^{-2 A}}{2 A}\\right) true",
                        "dx = A (μ − x) dt + dw",
                        "dx = [2 A ones − A x] dt + dw",
                        "dx = −½ β(t) (A + 2 I) x dt + A √β(t) dw");
    }

    /** The derivative by the number of a schedule goes through the matrix, as through a number. */
    @Test
    void derivatives_by_a_number_and_a_vector_exist() {
        double[] distances = Script.numbers(PROCESSES + """
                A = matrix(rates)
                sde P(k = 1, mu = 0) { t in [0, 1]; dx = k*A@(mu - x) dt + dw }
                fn f(k) = sum(z*P(k = k).transition.mean(x, 0.5))
                print(abs(number(grad(f, tensor(1)) + sum(z*(P().transition.mean(x, 0.5)@A))/2)))
                g = grad(mu -> sum(z*P(mu = mu).transition.mean(x, 0.5)), tensor([1, 2, 3]))
                print(largest(g - (sum(z, axis = 0) - sum(P().transition.mean(z, 0.5), axis = 0))))
                """);

        assertThat(distances[0]).isLessThan(ROUNDING);
        assertThat(distances[1]).isLessThan(ROUNDING);
    }

    /** As many samples as components: mu is one row for each, and no matrix. */
    @Test
    void a_row_for_each_of_as_many_samples_as_components_is_no_matrix() {
        assertThat(Script.run("""
                set(precision = "float64")
                A = tensor([[2, 1], [1, 2]])
                sde P(mu = 0) { t in [0, 1]; dx = A@(mu - x) dt + dw }
                print(round(P(mu = tensor([[1, 2], [3, 4]])).drift(zeros([2, 2]), 0.5)))
                """)).containsExactly("tensor([[4, 5], [10, 11]])");
    }
}
