package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;

/** Paths between two laws: their velocity and score, the SDEs with their marginals, and paths that end in noise. */
class PathsTest {
    private static final String BRIDGE = """
            set(precision = "float64")
            sde Bridge(sigma = 1) {
              t in [0, 1]
              x(t) = (1 - t)*x(0) + t*x(1) + sigma*sqrt(t*(1 - t))*noise
            }
            sde Straight { t in [0, 1]; x(t) = (1 - t)*x(0) + t*x(1) }
            """;

    /** The closed forms of N(0, 1) and N(2, ½²) on the linear path with the Brownian bridge, at x = 1.3. */
    @Test
    void normal_ends_give_velocity_and_score_of_the_closed_form() {
        double[] found = Script.numbers(BRIDGE + """
                p = Bridge()
                m = exact(p, normal(), normal(mean = 2, std = 1/2))
                u = exact(Straight(), normal(), normal(mean = 2, std = 1/2))
                x = tensor([[1.3]])
                for t in [0.25, 0.5] {
                  print(number(m.velocity(x, t)), number(m.score(x, t)),
                        number(forward(p, m, epsilon = 1/2).drift(x, t)), number(u.velocity(x, t)))
                }
                """);

        double[] wanted = {1.54285714, -1.04489796, 1.02040816, 1.04864865, 1.8, -.53333333, 1.53333333, 1.64};
        assertThat(found).containsExactly(wanted, within(5e-9));
    }

    /**
     * The continuity equation of the flow, ∂ log p/∂t + ∇·b + b·∇log p = 0, for laws of several parts. With it hold the
     * Fokker-Planck equations of all SDEs b ± ε ∇log p, which differ from it by an identity. Derivatives are exact, so what
     * remains is rounding: some hundred operations at numbers up to 10⁴ near the ends.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1 - t)*x(0) + t*x(1) + sqrt(t*(1 - t))*noise",
                "cos(pi/2*t)*x(0) + sin(pi/2*t)*x(1)",
                "sqrt(1 - t^2*(1 - t)^2)*(cos(pi/2*t)*x(0) + sin(pi/2*t)*x(1)) + t*(1 - t)*noise",
                "(1 - t)^2*x(0) + t^2*x(1) + 3*t*(1 - t) + sin(pi*t)^2*noise",
                "(if t < 1/2 then cos(pi*t)^2 else 0)*x(0) + (if t > 1/2 then cos(pi*t)^2 else 0)*x(1) + sin(pi*t)^2*noise",
                "(1 - t)*(1 + c[0]*t)*x(0) + t*(1 + c[1]*(1 - t))*x(1) + sqrt(t*(1 - t)*(c[2]^2 + c[3]^2*t + 0.1))*noise"
            })
    void the_velocity_moves_the_densities(String path) {
        double[] residuals = Script.numbers("""
                set(precision = "float64", seed = 7)
                c = list(randn([4]))
                sde Path { t in [0, 1]; x(t) = %s }
                a = mixture(weights = [1, 2], means = [[-1, 0.5], [1, 2]], stds = [0.5, 0.8])
                b = mixture(means = [[2, 0], [0, -1]], stds = [0.3, 0.7])
                m = exact(Path(), a, b)
                x = 1.5*randn([40, 2])
                t = uniform(0.02, 0.98, [40])
                change = grad(t -> sum(m.log_density(x, t)), t)
                s = grad(x -> sum(m.log_density(x, t)), x)
                flow = sum(m.velocity(x, t)*s, axis = 1)
                spread = divergence(x -> m.velocity(x, t), x)
                print(number(max(abs(change + spread + flow))), number(max(abs(m.score(x, t) - s))))
                """.formatted(path));

        assertThat(residuals[0]).as("∂ log p/∂t + ∇·b + b·∇log p").isLessThan(1e-9);
        assertThat(residuals[1]).as("score against the gradient of the density").isLessThan(1e-9);
    }

    /** The same numbers by x(1) as noise, by x(1) as a normal law, and by the process as it is usually written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RectifiedFlow | 1 - t | t",
                "CosineVP | cos(pi/2*t) | sin(pi/2*t)",
                "VP | exp(-integrate(linear(), 0, t)/2) | sqrt(1 - exp(-integrate(linear(), 0, t)))"
            })
    void a_path_to_noise_has_the_numbers_of_the_process(String row) {
        String[] parts = row.split(" \\| ");
        double[] differences = Script.numbers("""
                set(precision = "float64", seed = 3)
                q = %1$s()
                sde Path { t in [q.t_min, q.t_max]; x(t) = (%2$s)*x(0) + (%3$s)*x(1) }
                sde Noisy { t in [q.t_min, q.t_max]; x(t) = (%2$s)*x(0) + (%3$s)*x(1)
                  prior = normal() }
                law = mixture(means = [[-1, 0.5], [1, 2]], stds = [0.5, 0.8])
                m = exact(Path(), law, normal())
                n = Noisy()
                x = randn([20, 2])
                size = 0
                for t in [0.1, 0.4, 0.7, 0.95] {
                  v = flow(q, law.score(q)).drift(x, t)
                  s = law.score(q)(x, t)
                  d = reverse(q, law.score(q), epsilon = 0.3).drift(x, t)
                  size = max(size, max(abs(m.velocity(x, t) - v)/(1 + abs(v))))
                  size = max(size, max(abs(flow(n, law.score(n)).drift(x, t) - v)/(1 + abs(v))))
                  size = max(size, max(abs(law.score(n)(x, t) - s)/(1 + abs(s))))
                  size = max(size, max(abs(reverse(n, law.score(n), epsilon = 0.3).drift(x, t) - d)/(1 + abs(d))))
                  size = max(size, abs(n.transition.std(t) - q.transition.std(t)))
                  size = max(size, abs(n.transition.mean_coef(t) - q.transition.mean_coef(t)))
                }
                print(number(size))
                """.formatted(parts[0], parts[1], parts[2]));

        assertThat(differences[0]).isLessThan(1e-12);
    }

    @Test
    void a_path_that_ends_in_noise_is_equal_to_the_process() {
        assertThat(Script.run("""
                q = RectifiedFlow()
                sde Noisy { t in [q.t_min, q.t_max]; x(t) = (1 - t)*x(0) + t*x(1); prior = normal() }
                sde Written { t in [0, 1]; x(t) = x(0) + t*(x(1) - x(0)) + sqrt(t - t^2)*noise }
                sde Bridge { t in [0, 1]; x(t) = (1 - t)*x(0) + t*x(1) + sqrt(t*(1 - t))*noise }
                print(equal(Noisy(), q), equal(q, Noisy), equal(Noisy(), VP()))
                print(equal(Bridge(), Written()), equal(Bridge(), Noisy()), equal(VP(), VP(beta = linear(hi = 19))))
                """)).containsExactly("true true false", "true false false");
    }

    /** ε = λ² g²/2 with λ = 1 is the reverse; with a number, the score has one coefficient. */
    @Test
    void half_the_squared_noise_as_strength_is_the_reverse() {
        double[] found = Script.numbers("""
                set(precision = "float64", seed = 2)
                p = VP()
                score = mixture(means = [-1, 1], stds = 0.5).score(p)
                x = randn([20, 1])
                half = reverse(p, score, epsilon = t -> (0.1 + 19.9*t)/2)
                for t in [0.1, 0.6, 1] {
                  print(number(max(abs(half.drift(x, t) - reverse(p, score).drift(x, t)))))
                  print(number(max(abs(half.diffusion(x, t) - reverse(p, score).diffusion(x, t)))))
                }
                """);

        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(1e-12);
        assertThat(Script.run("print(forward(OrnsteinUhlenbeck(), epsilon = 1), forward(OrnsteinUhlenbeck()))"))
                .containsExactly("dx = −x dt + √2 dw dx = −x dt + √2 dw");
    }

    /**
     * Means and variances of n = 4,000 paths at the other end: each is off by 5 standard errors, √(v/n) and v √(2/n), with a
     * chance below 6e-7; Euler's steps of 1/200 add less than 2 % to a variance near 1.
     */
    @Test
    void ode_and_sdes_lead_from_the_law_of_one_end_to_that_of_the_other() {
        double[] found = Script.numbers(BRIDGE + """
                set(seed = 5)
                p = Bridge()
                a = normal()
                b = normal(mean = 2, std = 1/2)
                m = exact(p, a, b)
                x0 = a.sample([4000, 1])
                x1 = b.sample([4000, 1])
                for y in [sample(p, m, start = x0, direction = "forward"),
                          sample(p, m, start = x0, direction = "forward", epsilon = 1/2, using = pc(steps = 200)),
                          sample(p, m, start = x0, direction = "forward", using = pc(predictor = ode_heun, steps = 50))] {
                  print(number(mean(y)) - 2, number(var(y))/0.25 - 1)
                }
                for y in [sample(p, m, start = x1), sample(p, m, start = x1, epsilon = t -> t*(1 - t), using = pc(steps = 200))] {
                  print(number(mean(y)), number(var(y)) - 1)
                }
                """);

        double error = 5 / Math.sqrt(4000);
        for (int i = 0; i < found.length; i += 2) {
            assertThat(found[i]).isCloseTo(0, within(error));
            assertThat(found[i + 1]).isCloseTo(0, within(error * Math.sqrt(2) + 0.02));
        }
    }

    /** Starts of one end only, so that each run is the same: two directions of the flow undo each other. */
    @Test
    void the_flow_runs_in_both_directions() {
        double[] found = Script.numbers(BRIDGE + """
                p = Bridge()
                m = exact(p, normal(), mixture(means = [-2, 2], stds = 0.5))
                x = tensor([[-1], [0.3], [2]])
                y = sample(p, m, start = x, direction = "forward", using = ode(method = rk45(rtol = 1e-9, atol = 1e-9)))
                back = sample(p, m, start = y, using = ode(method = rk45(rtol = 1e-9, atol = 1e-9)))
                print(number(max(abs(back - x))))
                """);

        assertThat(found[0]).isLessThan(1e-6);
    }

    /** A network of 16 units on normal ends, against the exact velocity at three points: within 0.35 of about 2. */
    @Test
    void a_trained_model_tells_velocity_score_and_ends() {
        double[] found = Script.numbers("""
                sde Bridge { t in [0, 1]; x(t) = (1 - t)*x(0) + t*x(1) + sqrt(t*(1 - t))*noise }
                a = normal().sample([1000, 1])
                b = normal(mean = 2, std = 1/2).sample([1000, 1])
                m = train(mlp(hidden = 32, depth = 1), a, Bridge(), to = b, steps = 300, batch = 256, seed = 1,
                          optimizer = adam(learning_rate = 5e-3))
                e = exact(Bridge(), normal(), normal(mean = 2, std = 1/2))
                x = tensor([[0], [1], [2]])
                print(number(max(abs(m.velocity(x, 0.5) - e.velocity(x, 0.5)))))
                print(number(max(abs(m.score(x, 0.5) - e.score(x, 0.5)))))
                print(number(max(abs(m.expected(x, 0.5).x1 - e.expected(x, 0.5).x1))))
                """);

        assertThat(Arrays.stream(found).max().orElseThrow()).isLessThan(0.35);
    }
}
