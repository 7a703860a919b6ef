package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;

/** Processes whose parameters are tensors: each component, or each sample, has the law of the process with its number. */
class TensorParametersTest {
    /** A few dozen roundings, each of 1.1e-16 relative to the number. */
    private static final double ROUNDING = 1e-14;

    private static final String PROCESSES = """
            set(precision = "float64")
            sde OU(theta = 1, mu = 0, sigma = 1) { t in [0, 1]; dx = theta*(mu - x) dt + sigma dw }
            sde Bridge(y = 0, sigma = 1) { t in [0, 0.999]; dx = (y - x)/(1 - t) dt + sigma dw }
            sde Path(m = 0, s = 1) { t in [0.01, 1]; x(t) = (1 - t/2)*x(0) + m*t + s*t*noise }
            x = tensor([[0.1, 0.2], [0.3, -0.4], [1, -1]])
            z = tensor([[0.7, -0.3], [1.1, 0.2], [-0.4, 0.9]])
            t = tensor([0.1, 0.5, 0.9])
            law = normal(mean = 0.5, std = 2)
            fn apart(a, b) = abs(a - b)/max(1, abs(b))
            fn largest(a) = number(max(abs(a)))
            """;

    /** Quantities of a process p, each of x's shape. */
    private static final List<String> QUANTITIES = List.of(
            "p.drift(x, 0.5)",
            "p.drift(x, t)",
            "p.diffusion(x, t)",
            "p.diffuse(x, t, z)",
            "p.divergence(x, t)",
            "p.transition.mean(x, 0.5)",
            "p.transition.mean(x, t)",
            "p.transition.origin(x, t)",
            "0*x + p.transition.std(0.5)",
            "p.transition.cov_times(z, t)",
            "p.transition.score(x, z, t)",
            "p.transition.score_of_noise(z, t)",
            "p.transition.diffuse(z, t)",
            "p.transition.between(0.2, 0.5).mean(x)",
            "p.transition.between(t/2, t).mean(x)",
            "p.transition.between(t/2, t).diffuse(z)",
            "p.transition.posterior(0.2, 0.5).mean(x, z)",
            "p.transition.posterior(t/2, t).mean(x, z)",
            "p.transition.posterior(t/2, t).diffuse(z)",
            "p.transition.posterior(t/2, t, eta = 0.3).mean(x, z)",
            "law.score(p)(x, t)",
            "reverse(p, law.score(p)).drift(x, t)",
            "flow(p, law.score(p)).drift(x, t)",
            "0*x + p.prior.mean",
            "0*x + p.prior.std",
            "p.prior.score(VE())(x, t)",
            "0*x + p.log_snr(0.5)",
            "rescaled(p, t -> 1/(1 + t)).transition.mean(x, t)",
            "encode(p, law.score(p), x, method = rk4(steps = 5))[0]",
            "kernelled(x, p)");

    /** Tensors for the parameters, and the same for component j of row i. */
    private static Stream<Arguments> kinds() {
        return Stream.of(
                arguments("OU(mu = tensor([1, 2]))", "OU(mu = j + 1)"),
                arguments(
                        "OU(theta = tensor([0.5, 2]), mu = tensor([1, 2]), sigma = tensor([1, 0.3]))",
                        "OU(theta = 0.5 + 1.5*j, mu = j + 1, sigma = 1 - 0.7*j)"),
                arguments("OU(mu = tensor([[1, 2], [3, 4], [5, 6]]))", "OU(mu = 2*i + j + 1)"),
                arguments(
                        "OU(theta = tensor([[0.5], [1], [2]]), mu = tensor([3, -1]))",
                        "OU(theta = [0.5, 1, 2][i], mu = 3 - 4*j)"),
                arguments("VP(beta = linear(hi = tensor([10, 20])))", "VP(beta = linear(hi = 10 + 10*j))"),
                arguments("VE(hi = tensor([5, 10]))", "VE(hi = 5 + 5*j)"),
                arguments("Path(m = tensor([2, 3]), s = tensor([0.5, 1]))", "Path(m = 2 + j, s = 0.5 + 0.5*j)"),
                arguments(
                        "Bridge(y = tensor([[1, 2], [3, 4], [5, 6]]), sigma = tensor([1, 0.5]))",
                        "Bridge(y = 2*i + j + 1, sigma = 1 - 0.5*j)"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void each_component_has_the_law_of_its_own_number(String whole, String own) {
        double[] distances = Script.numbers(PROCESSES + """
                kernel kernelled(x, p) { return p.transition.mean(x, 0.3) + p.drift(x, 0.3) }
                fn of(p) = [%s]
                whole = of(%s)
                own = [[of(%s) for j in 0..1] for i in 0..2]
                for k in 0 .. len(whole) - 1 {
                  print(max([max([apart(number(whole[k][i, j]), number(own[i][j][k][i, j])) for j in 0..1]) for i in 0..2]))
                }
                """.formatted(String.join(", ", QUANTITIES), whole, own));

        assertThat(distances).hasSize(QUANTITIES.size());
        for (int k = 0; k < distances.length; k++) {
            String quantity = QUANTITIES.get(k);
            // a flow of five steps adds the roundings of twenty evaluations
            assertThat(distances[k]).as(quantity).isLessThan(quantity.startsWith("encode") ? 20 * ROUNDING : ROUNDING);
        }
    }

    @Test
    void a_law_of_each_sample_has_its_own_density() {
        double[] distances = Script.numbers(PROCESSES + """
                p = OU(theta = tensor([0.5, 2]), mu = tensor([1, 2]), sigma = tensor([1, 0.3]))
                parts = [OU(theta = 0.5, mu = 1, sigma = 1), OU(theta = 2, mu = 2, sigma = 0.3)]
                whole = law.log_density(p)(x, t)
                print(largest(1 - sum([law.log_density(parts[j])(x[:, j : j + 1], t) for j in 0..1])/whole))
                whole = p.prior.log_prob(x)
                print(largest(1 - sum([parts[j].prior.log_prob(x[:, j : j + 1]) for j in 0..1])/whole))
                rk = rk4(steps = 20)
                whole = log_likelihood(p, law.score(p), x, method = rk)
                print(largest(1 - sum([log_likelihood(parts[j], law.score(parts[j]), x[:, j : j + 1], method = rk) for j in 0..1])/whole))
                """);

        // the last sums forty evaluations of numbers below 10
        assertThat(distances[0]).isLessThan(ROUNDING);
        assertThat(distances[1]).isLessThan(ROUNDING);
        assertThat(distances[2]).isLessThan(40 * ROUNDING);
    }

    /** Batches take their rows of a parameter that has one for each sample, and no others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sample(p, law.score(p), n = 5, shape = [2], using = pc(steps = 4), seed = 1, batch = b)",
                "sample(p, law.score(p), start = data, using = pc(predictor = ode_heun, steps = 4), seed = 1, batch = b)",
                "log_likelihood(p, law.score(p), data, method = rk4(steps = 5), batch = b)",
                "encode(p, law.score(p), data, method = rk4(steps = 5), batch = b)[0]",
                "simulate(p, data, steps = 3, batch = b)"
            })
    void batches_have_the_rows_of_their_samples(String call) {
        double[] distances = Script.numbers(PROCESSES + """
                data = randn([5, 2])
                fn f(b, p) { set(seed = 4); return %s }
                for p in [OU(mu = tensor([[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]])), OU(mu = tensor([1, 2]))] {
                  print(largest(f(2, p) - f(5, p)))
                }
                """.formatted(call));

        assertThat(distances).containsExactly(0, 0);
    }

    /**
     * The end of a simulated Ornstein-Uhlenbeck process against its transition. Each of the four checks compares a mean or
     * a variance of n = 20,000 with the exact one: a |z| of 4.9 is exceeded once in 10⁶ runs, by one of the four once in 2.5 · 10⁵. Euler's
     * method with 200 steps moves the mean by |μ − x(0)| θ² e^(−θ)/400, below 0.004, and the variance by less than 1 %, which is
     * allowed for.
     */
    @Test
    void simulated_ends_have_the_mean_and_the_spread_of_the_transition() {
        double[] z = Script.numbers("""
                set(seed = 7)
                sde OU(theta = 1, mu = 0, sigma = 1) { t in [0, 1]; dx = theta*(mu - x) dt + sigma dw }
                p = OU(theta = tensor([1, 1.2]), mu = tensor([1, 2]), sigma = tensor([1, 0.5]))
                n = 20000
                y = simulate(p, zeros([n, 2]), steps = 200, paths = false)
                exact = p.transition.mean(zeros([1, 2]), 1)[0]
                std = p.transition.std(1)
                means = mean(y, axis = 0)
                spread = mean((y - means)^2, axis = 0)/std^2
                for j in 0..1 {
                  print(number(max(abs(means[j] - exact[j]) - 0.004, 0)/(std[j]/sqrt(n))))
                  print(number(max(abs(spread[j] - 1) - 0.01, 0)/sqrt(2/n)))
                }
                """);

        assertThat(z).hasSize(4);
        assertThat(DoubleStream.of(z).boxed())
                .allSatisfy(each -> assertThat(each).isLessThan(4.9));
    }

    @Test
    void a_model_is_trained_saved_and_loaded_with_its_process() {
        assertThat(Script.run(PROCESSES + """
                m = train(mlp(hidden = 4), moons(16), VE(hi = tensor([5, 10])), steps = 2, batch = 4)
                loaded = load(save(m, "m.safetensors"))
                print(loaded.process, largest(m(x, 0.5) - loaded(x, 0.5)))
                y = sample(loaded.process, loaded, n = 3, using = pc(steps = 2), seed = 1)
                print(largest(y - sample(m.process, m, n = 3, using = pc(steps = 2), seed = 1)))
                """)).containsExactly("dx = √(2 σ(t) σ̇(t)) dw 0", "0");
    }

    @Test
    void derivatives_by_a_tensor_are_those_by_its_numbers() {
        double[] distances = Script.numbers(PROCESSES + """
                fn f(mu) = sum(x*OU(mu = mu, theta = 0.7).transition.mean(x, 0.5))
                g = grad(f, tensor([1, 2]))
                print(largest(g - sum(x, axis = 0)*(1 - exp(-0.35))))
                fn h(s) = sum(law.log_density(OU(sigma = s))(x, 0.5))
                step = 1e-5
                near = [(h(tensor([1 + step*(1 - j), 0.5 + step*j])) - h(tensor([1 - step*(1 - j), 0.5 - step*j])))/(2*step) for j in 0..1]
                d = grad(h, tensor([1, 0.5]))
                print(number(abs(d[0] - near[0])), number(abs(d[1] - near[1])))
                """);

        assertThat(distances[0]).isLessThan(ROUNDING);
        // central differences of 1e-5: an error of about 1e-10 of the third derivative, and 1e-11 of rounding
        assertThat(distances[1]).isLessThan(1e-8);
        assertThat(distances[2]).isLessThan(1e-8);
    }

    @Test
    void a_formula_keeps_the_name_of_a_tensor() {
        assertThat(Script.run(PROCESSES + """
                p = OU(theta = tensor([0.5, 2]), mu = tensor([1, 2]), sigma = tensor([1, 0.3]))
                print(p)
                print(OU(mu = tensor([1, 2])).transition)
                print(latex(p))
                print(reverse(p))
                print(Bridge(y = tensor([[1, 2], [3, 4]])).transition)
                """))
                .containsExactly(
                        "dx = θ (μ − x) dt + σ dw",
                        "x(t) | x(0) ~ N( exp(−t) x(0) + μ − μ exp(−t), ½ (1 − exp(−2 t)) )",
                        "dx = \\theta (\\mu - x)\\, dt + \\sigma\\, dw",
                        "dx = [θ (μ − x) − σ² ∇ₓ log pₜ(x)] dt + σ dw̄",
                        "x(t) | x(0) ~ N( (1 − t) x(0) + y t, t − t² )");
    }

    /** θ² = 2θ holds for θ = 2 and for no other number of [1, 2]; |θ| = θ holds for all of them. */
    @Test
    void formulas_are_equal_only_if_they_are_for_all_numbers() {
        assertThat(Script.run("""
                fn same(a) = [equal(t -> a^2*t, t -> 2*a*t), equal(t -> abs(a)*t, t -> a*t)]
                print(same(tensor([1, 2])), same(tensor([-1, 2])))
                """)).containsExactly("[false, true] [false, false]");
    }
}
