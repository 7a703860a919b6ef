package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sdescript.Script;

/** Processes whose components are coupled by matrices without a common orthonormal basis, computed in numbers. */
@Tag("numbers")
class OrderedMatricesTest {
    /** A few dozen roundings of double precision. */
    private static final double ROUNDING = 1e-13;

    private static final String PROCESSES = """
            set(precision = "float64")
            A = tensor([[1, 2], [-0.5, 1.5]])
            B = tensor([[1, 0.3], [0.3, 0.5]])
            sde Whole(mu = 0) { t in [0, 1]; dx = A@(mu - x) dt + B@dw }
            sde Written {
              t in [0, 1]
              dx = (-x - 2*y) dt + dw_1 + 0.3*dw_2
              dy = (0.5*x - 1.5*y) dt + 0.3*dw_1 + 0.5*dw_2
            }
            p = Whole()
            q = Written()
            x = tensor([[0.1, 0.2], [0.3, -0.4], [1, -1]])
            z = tensor([[0.7, -0.3], [1.1, 0.2], [-0.4, 0.9]])
            t = tensor([0.1, 0.5, 0.9])
            fn states(x) = {x: x[:, 0], y: x[:, 1]}
            fn columns(r) = stack([r.x, r.y], axis = 1)
            fn largest(a) = number(max(abs(a)))
            """;

    /** The same process as a system of two states, whose law has formulas or tables of 1e-10 relative. */
    @Test
    void two_components_have_the_law_of_the_system_written_out() {
        double[] distances = Script.numbers(PROCESSES + """
                a = p.transition
                b = q.transition
                print(largest(a.mean_coef(0.7) - b.mean_coef(0.7)), largest(a.cov(0.7) - b.cov(0.7)))
                print(largest(a.mean_coef(t) - b.mean_coef(t)), largest(a.cov(t) - b.cov(t)))
                print(largest(a.mean(x, t) - columns(b.mean(states(x), t))))
                print(largest(a.origin(x, t) - columns(b.origin(states(x), t))))
                print(largest(a.cov_times(z, t) - columns(b.cov_times(states(z), t))))
                print(largest(a.diffuse(z, t) - columns(b.diffuse(states(z), t))))
                print(largest(a.score(x, z, t) - columns(b.score(states(x), states(z), t))))
                print(largest(a.score_of_noise(z, t) - columns(b.score_of_noise(states(z), t))))
                print(largest(a.noise_of_score(z, t) - columns(b.noise_of_score(states(z), t))))
                print(largest(a.between(0.2, 0.5).mean(x) - columns(b.between(0.2, 0.5).mean(states(x)))))
                print(largest(a.between(t/2, t).diffuse(z) - columns(b.between(t/2, t).diffuse(states(z)))))
                print(largest(a.between(t/2, t).cov_times(z) - columns(b.between(t/2, t).cov_times(states(z)))))
                print(largest(p.prior.cov - tensor(q.prior.cov)))
                print(largest(p.prior.log_prob(x) - q.prior.log_prob(states(x))))
                print(abs(p.log_snr(0.7) - q.log_snr(0.7)), largest(p.log_snr(t) - q.log_snr(t)))
                print(largest(p.drift(x, t) - columns(q.drift(states(x), t))))
                print(largest(p.diffuse(x, t, z) - columns(q.diffuse(states(x), t, states(z)))))
                score = (x, t) -> -x
                scores = (x, t) -> each(x, part -> -part)
                print(largest(reverse(p, score).drift(x, t) - columns(reverse(q, scores).drift(states(x), t))))
                print(largest(flow(p, score).drift(x, t) - columns(flow(q, scores).drift(states(x), t))))
                """);

        assertThat(distances).hasSize(22);
        // scores divide by the covariance, of which the smallest eigenvalue at t = 0.1 is 0.01
        assertThat(DoubleStream.of(distances).max().orElseThrow()).isLessThan(1e-10);
    }

    /**
     * m′ = β (F m + c) and Σ′ = β (F Σ + Σ Fᵀ + C) with F = −½ A − 0.3, c = ½ A μ and C = B², by the method of Runge and Kutta in
     * 2000 steps of h = 4e-4: an error of (|F| β h)⁴ of about (3 · 4 · 4e-4)⁴, below 1e-9.
     */
    @Test
    void moments_with_a_schedule_solve_their_equations() {
        double[] distances = Script.numbers("""
                set(precision = "float64")
                A = tensor([[1, 2, 0], [-0.5, 1.5, 0.4], [0.3, 0, 2]])
                B = tensor([[1, 0.3, 0], [0.3, 0.8, 0.1], [0, 0.1, 0.6]])
                mu = tensor([1, -2, 0.5])
                sde P { t in [0, 1]; beta = linear(lo = 0.5, hi = 4); dx = beta(t)*(1/2*A@(mu - x) - 0.3*x) dt + sqrt(beta(t))*B@dw }
                p = P()
                x0 = tensor([[1, 0.5, -1]])
                F = -A/2 - 0.3*tensor([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
                fn beta(t) = 0.5 + 3.5*t
                fn change(state, t) {
                  s = F@state.cov
                  return {mean: beta(t)*(state.mean@transpose(F) + mu@transpose(A)/2), cov: beta(t)*(s + transpose(s) + B@B)}
                }
                end = rk4(steps = 2000)(change, {mean: x0, cov: zeros([3, 3])}, 0, 0.8)
                print(max(abs(end.mean - p.transition.mean(x0, 0.8))), max(abs(end.cov - p.transition.cov(0.8))))
                """);

        assertThat(distances[0]).isLessThan(1e-9);
        assertThat(distances[1]).isLessThan(1e-9);
    }

    /** The law of two steps is that of one: fast and slow directions of many components keep their digits. */
    @Test
    void many_components_have_a_law_that_composes() {
        double[] distances = Script.numbers("""
                set(precision = "float64")
                d = 48
                A = tensor([[if i == j then i/8 else if j == i + 1 then -0.7 else if j == i - 1 then 0.2 else 0 for j in 1..d] for i in 1..d])
                sde G { t in [1e-3, 1]; beta = linear(); dx = -1/2*beta(t)*A@x dt + sqrt(beta(t)) dw }
                p = G()
                law = p.transition
                step = law.between(0.2, 0.7)
                print(max(abs(law.mean_coef(0.7) - step.mean_coef()@law.mean_coef(0.2))))
                print(max(abs(law.cov(0.7) - step.cov() - step.mean_coef()@law.cov(0.2)@transpose(step.mean_coef()))))
                x = randn([4, d])
                print(max(abs(law.origin(law.mean(x, 0.2), 0.2) - x)))
                print(law.sample(x, tensor([0, 0.1, 0.5, 1])).shape[1])
                """);

        assertThat(distances[0]).isLessThan(ROUNDING);
        assertThat(distances[1]).isLessThan(ROUNDING);
        // the fastest of 48 directions has decayed by exp(−6 · 0.5 · 0.42), so roundings grow by less than 100
        assertThat(distances[2]).isLessThan(100 * ROUNDING);
        assertThat(distances[3]).isEqualTo(48);
    }

    /**
     * Draws of the transition and of the prior, and ends of a simulation, n = 10,000, against the covariance: three numbers each. A
     * |z| of 4.9 is exceeded once in 10⁶, by one of the nine in 10⁵ runs. Euler's method with 200 steps changes the
     * covariance by less than 2 %, which is allowed for.
     */
    @Test
    void draws_have_the_covariance() {
        double[] z = Script.numbers("""
                set(seed = 5)
                A = tensor([[1, 2], [-0.5, 1.5]])
                B = tensor([[1, 0.3], [0.3, 0.5]])
                sde P { t in [0, 1]; dx = -A@x dt + B@dw }
                p = P()
                n = 10000
                cov = p.transition.cov(1)
                for x, slack in zip([p.transition.sample(zeros([n, 2]), ones([n])), p.prior.sample(n),
                                     simulate(p, zeros([n, 2]), steps = 200, paths = false)], [0, 0, 0.02]) {
                  for i, j in [[0, 0], [0, 1], [1, 1]] {
                    std = sqrt(cov[i, i]*cov[j, j] + cov[i, j]^2)/sqrt(n)
                    print(number((abs(mean(x[:, i]*x[:, j]) - cov[i, j]) - slack*sqrt(cov[i, i]*cov[j, j]))/std))
                  }
                }
                """);

        assertThat(z).hasSize(9);
        assertThat(DoubleStream.of(z).boxed())
                .allSatisfy(each -> assertThat(each).isLessThan(4.9));
    }

    /** A drift with a function of x beside a matrix: the flow of dx = (−A x − x³) dt by hand. */
    @Test
    void a_nonlinear_drift_keeps_its_matrix() {
        double[] distances = Script.numbers(PROCESSES + """
                sde N { t in [0, 1]; dx = (-A@x - x^3) dt + 0.3 dw; prior = normal() }
                n = N()
                f = x -> -x@transpose(A) - x^3
                print(largest(n.drift(x, 0.5) - f(x)))
                print(largest(n.divergence(x, 0.5) - (-tensor([1, 1.5]) - 3*x^2)))
                step = simulate(n, x, steps = 1, increments = reshape(z, [1, 3, 2]), paths = false)
                print(largest(step - x - f(x) - 0.3*z))
                heun = simulate(n, x, steps = 1, method = heun_stratonovich, increments = reshape(0*z, [1, 3, 2]), paths = false)
                print(largest(heun - x - (f(x) + f(x + f(x)))/2))
                m = train(mlp(hidden = 4), moons(32), n, loss = sliced(simulated = 3), predict = "score", steps = 1, batch = 8)
                print(sample(m, n = 2, using = pc(predictor = euler_maruyama, steps = 3)).shape[1])
                """);

        assertThat(distances).hasSize(5);
        assertThat(DoubleStream.of(distances).limit(4).max().orElseThrow()).isLessThan(ROUNDING);
    }

    @Test
    void models_are_trained_and_sampled() {
        assertThat(Script.run("""
                A = tensor([[1, 2], [-0.5, 1.5]])
                sde P { t in [1e-3, 1]; dx = -A@x dt + dw }
                p = P()
                x = tensor([[1, 2], [0.5, -1]])
                for predict in ["noise", "clean", "score"] {
                  m = train(mlp(hidden = 4), moons(32), p, steps = 1, batch = 8, predict = predict)
                  z = noise_of(p, m, x, 0.5)
                  print(max(abs(denoised(p, m, x, 0.5) - p.transition.origin(x - p.transition.diffuse(z, 0.5), 0.5))) < 1e-4)
                }
                for u in [pc(steps = 2), pc(predictor = ode_heun, steps = 2, grid = log_snr_grid), ode(method = rk4(steps = 2))] {
                  print(sample(m, n = 3, using = u).shape)
                }
                print(log_likelihood(p, m, x, method = rk4(steps = 2)).shape)
                loaded = load(save(m, "m.safetensors"), process = P())
                print(max(abs(loaded(x, 0.5) - m(x, 0.5))))
                """)).containsExactly("true", "true", "true", "[3, 2]", "[3, 2]", "[3, 2]", "[2]", "0");
    }

    /** Noise that depends on x and numbers for each component do not turn with symmetric matrices. */
    @Test
    void elementwise_parts_are_not_rotated() {
        double[] distances = Script.numbers(PROCESSES + """
                S = tensor([[1, 0.5], [0.5, 2]])
                theta = tensor([0.3, 0.8])
                sde Scaled { t in [0, 1]; dx = -S@x dt + 0.2*x dw }
                sde Rates { t in [0, 1]; dx = (-S@x - theta*x) dt + theta dw }
                a = Scaled()
                b = Rates()
                print(largest(a.diffuse(x, t, z) - 0.2*x*z), largest(a.drift(x, t) + x@S))
                print(largest(b.diffuse(x, t, z) - theta*z), largest(b.drift(x, t) + x@S + theta*x))
                D = tensor([[1.3, 0.5], [0.5, 2.8]])
                E = tensor([[0.3, 0], [0, 0.8]])
                sde Joined { t in [0, 1]; dx = -D@x dt + E@dw }
                c = Joined()
                print(largest(b.transition.cov(0.7) - c.transition.cov(0.7)))
                print(largest(b.transition.mean(x, t) - c.transition.mean(x, t)))
                """);

        assertThat(distances).hasSize(6);
        assertThat(DoubleStream.of(distances).max().orElseThrow()).isLessThan(ROUNDING);
    }

    @Test
    void the_law_is_printed_as_numbers() {
        assertThat(Script.run(PROCESSES + """
                print(p)
                print(reverse(p))
                print(p.transition)
                print(Whole(mu = tensor([1, 2])).prior)
                print(latex(p.transition))
                """))
                .containsExactly(
                        "dx = −A x dt + B dw",
                        "dx = [−A x − B² ∇ₓ log pₜ(x)] dt + B dw̄",
                        "x(t) | x(0) ~ N( Φ x(0), Σ )",
                        "  Φ, Σ: computed numerically from the matrices, in the elapsed time τ(t) = t",
                        "x(1) ~ N( m, Σ ), computed numerically",
                        "x(t) \\mid x(0) \\sim \\mathcal{N}\\left(\\Phi x(0),\\; \\Sigma\\right)");
    }

    /** Results that need a formula of the law are refused, each with the reason. */
    @Test
    void results_without_numbers_are_refused() {
        assertThat(Script.run(PROCESSES + """
                C = tensor([[1, 2], [0, 1]])
                sde Twice { t in [0, 1]; dx = x*(A@x) dt + dw }
                sde Skew { t in [0, 1]; dx = -A@x dt + C@dw }
                sde Apart { t in [0, 1]; dx = -(1 + t)*A@x dt + dw }
                for f in [() -> p.transition.posterior(0.2, 0.5), () -> normal().score(p), () -> p.snr(0.5),
                          () -> chain(p, 3), Twice, Skew, () -> Apart().transition] {
                  try { f() } catch e { print(e.code) }
                }
                """))
                .containsExactly("E0691", "E0691", "E0624", "E0691", "E0690", "E0689", "E0691");
    }
}
