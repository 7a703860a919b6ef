package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Measures between samples of normal laws, against their closed forms; and the solver of ordinary equations. */
class MeasuresTest {
    private static final String SAMPLES = """
            set(precision = "float64")
            set(seed = 4)
            x = normal(mean = [0, 0], std = 1).sample(20000)
            y = normal(mean = [1, 0], std = 2).sample(16000)
            """;

    /**
     * W₂² of N(0, 1) and N(cos θ, 4) is cos² θ + 1, its mean over θ 3/2. The error is √(1/8/1000) for the directions,
     * √(1/20000 + 4/16000) = 0.017 for the means and 2·√(1/40000 + 4/32000) = 0.024 for the spreads: 0.032 together;
     * 5.2 times that is allowed (2e-7).
     */
    @Test
    void sliced_wasserstein_of_normal_laws() {
        double[] found = Script.numbers(SAMPLES + "print(sliced_wasserstein(x, y, projections = 1000)^2)");
        assertThat(found[0]).isCloseTo(1.5, within(0.17));
    }

    /**
     * The bounds are 5.2 standard errors (2e-7). For n and m points, the error of a mean is e = √(1/n + 4/m) = 0.017,
     * of a spread f = √(1/2n + 4/2m) = 0.012. So the error of |μ|² is 2e and of each (σ − τ)² 2f: 0.049 together. For
     * the mapped points it is 2√26 e and at most 2f tr A: 0.23.
     *
     * <p>The exact value is |μ|² + Σ (σ − τ)² = 1 + 2; after a linear map, which moves the mean by μ′ and gives the
     * covariances A and B = 4 A, it is |μ′|² + tr A.
     */
    @Test
    void frechet_of_normal_laws() {
        double[] found = Script.numbers(SAMPLES + """
                print(frechet(x, y))
                map = tensor([[2, 1], [0, 1]])
                print(frechet(x, y, features = u -> u @ map), frechet(x, x))
                """);
        assertThat(found[0]).isCloseTo(3, within(0.26));
        // the mean moves by (2, 1), of squared length 5; tr A = 4 + 1 + 1, and (2 − 1)² of it
        assertThat(found[1]).isCloseTo(5 + 6, within(1.2));
        assertThat(found[2]).isCloseTo(0, within(1e-9));
    }

    /**
     * A sample of fewer points than components has a singular covariance. The means' part is 7/12 of a χ² of 8: below
     * 1e-3 with probability 1e-14; the total is above 200 with less.
     */
    @Test
    void frechet_of_few_points_is_finite() {
        double[] found = Script.numbers("print(frechet(randn([3, 8]), randn([4, 8])))");
        assertThat(found[0]).isBetween(1e-3, 200.0);
    }

    /**
     * E exp(−|x − y|²/(2 h²)) = (h²/(h² + v))^{d/2} exp(−|m|²/(2 (h² + v))) for x − y of N(m, v). For 2000 points the
     * difference of the kernel's means, with spread 0.3, has the error 2·0.3/√2000 = 0.013; 5.2 times that is allowed.
     */
    @Test
    void mmd_of_normal_laws() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                set(seed = 4)
                x = normal(mean = [0, 0], std = 1).sample(3000)
                y = normal(mean = [1, 0], std = 2).sample(2000)
                h = 1.5
                k = (v, m) -> h^2/(h^2 + v)*exp(-m/(2*(h^2 + v)))
                print(mmd(x, y, bandwidths = [h]), k(2, 0) + k(8, 0) - 2*k(5, 1), mmd(x, x))
                """);
        assertThat(found[0]).isCloseTo(found[1], within(0.07));
        assertThat(found[2]).isCloseTo(0, within(1e-12));
    }

    @Test
    void eigenvectors_make_the_matrix_again() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                a = randn([20, 20])
                a = a + transpose(a)
                values, v = eigh(a)
                print(number(max(abs((v*values) @ transpose(v) - a))))
                print(number(max(abs(transpose(v) @ v - (v @ transpose(v))))))
                print(number(min(values[1:] - values[:-1])))
                """);
        assertThat(found[0]).isLessThan(1e-10);
        assertThat(found[1]).isLessThan(1e-10);
        assertThat(found[2]).isGreaterThanOrEqualTo(0);
    }

    /** The error stays near the tolerance, forwards and backwards, for a record as for a tensor. */
    @Test
    void rk45_keeps_its_tolerance() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                turn = (u, t) -> {a: u.b, b: -u.a}
                for tol in [1e-4, 1e-7, 1e-10] {
                  u = rk45(turn, {a: ones([3]), b: zeros([3])}, 0, 2*pi, rtol = 0, atol = tol)
                  print(number(max(abs(u.a - 1)))/tol, number(max(abs(u.b)))/tol)
                  x = rk45((x, t) -> t*x, ones([1]), 2, -1, rtol = 0, atol = tol)
                  print(number(abs(x - exp(-1.5)))/tol)
                }
                """);
        for (double each : off) {
            assertThat(each).isLessThan(30);
        }
        assertThat(off[0]).isGreaterThan(1e-3);
    }

    /** Halving the step divides its error by 2⁶. */
    @Test
    void a_step_of_dormand_and_prince_is_of_order_5() {
        double[] off = Script.numbers("""
                set(precision = "float64")
                for h in [0.2, 0.1] {
                  velocity = (x, t) -> x*cos(t)
                  next, error = dormand_prince(velocity, {x: ones([1]), slope: ones([1])}, 0, h)
                  print(number(abs(next.x - exp(sin(h)))))
                }
                """);
        assertThat(Math.log(off[0] / off[1]) / Math.log(2)).isCloseTo(6, within(0.3));
    }

    /** The mean distance, mean kernel and middle sorted distance of seven points and five, computed by hand. */
    @Test
    void measures_of_all_pairs_do_not_depend_on_how_many_rows_are_looked_at_at_once() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                x = tensor([[0, 0], [1, 2], [-3, 1], [0.5, -2], [4, 4], [-1, -1], [2, 0]])
                y = tensor([[1, 1], [0, 3], [-2, 0.25], [5, -1], [0.5, 0.5]])
                for rows in [1, 2, 3, 7, 500] {
                  print(mean_distance(x, y, rows = rows), mean_kernel(x, y, [0.7, 2], rows = rows))
                }
                print(median_distance(x, y), median_distance(x, y, rows = 3))
                """);
        double[][] x = {{0, 0}, {1, 2}, {-3, 1}, {0.5, -2}, {4, 4}, {-1, -1}, {2, 0}};
        double[][] y = {{1, 1}, {0, 3}, {-2, 0.25}, {5, -1}, {0.5, 0.5}};
        double distance = 0;
        double kernel = 0;
        for (double[] a : x) {
            for (double[] b : y) {
                double apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
                distance += apart / 35;
                kernel += (Math.exp(-apart * apart / (2 * 0.7 * 0.7)) + Math.exp(-apart * apart / (2 * 2 * 2))) / 70;
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(found[2 * i]).isCloseTo(distance, within(1e-14));
            assertThat(found[2 * i + 1]).isCloseTo(kernel, within(1e-14));
        }
        assertThat(found[10]).isCloseTo(median(x, y), within(1e-14));
        assertThat(found[11]).isCloseTo(median(Arrays.copyOf(x, 3), Arrays.copyOf(y, 3)), within(1e-14));
    }

    private static double median(double[][] x, double[][] y) {
        double[] apart = Arrays.stream(x)
                .flatMapToDouble(a -> Arrays.stream(y).mapToDouble(b -> Math.hypot(a[0] - b[0], a[1] - b[1])))
                .sorted()
                .toArray();
        return apart[apart.length / 2];
    }
}
