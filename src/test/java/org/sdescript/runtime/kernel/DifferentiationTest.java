package org.sdescript.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;

/** Tests grad, jvp, vjp and divergence in scripts; the rules themselves are tested in the backend. */
class DifferentiationTest {
    /** Bound for sums of some tens of numbers of size 1 in double precision. */
    private static final double ROUNDING = 1e-13;

    @Test
    void a_point_may_be_a_number_a_tensor_a_list_or_a_record() {
        assertThat(Script.run("""
                print(grad(t -> t^3, 2))
                print(grad(x -> sum(x^2), tensor([1, 2])))
                print(grad(p -> p[0]*p[1], [3, 4]))
                print(grad(s -> sum(s.x^2*s.v), {x: tensor([1, 2]), v: tensor([3, 4])}))
                print(grad(s -> s.t*sum(s.x), {x: ones([2]), t: 3}))
                """))
                .containsExactly(
                        "12",
                        "tensor([2, 4])",
                        "[4, 3]",
                        "{x: tensor([6, 16]), v: tensor([1, 4])}",
                        "{x: tensor([3, 3]), t: 2}");
    }

    @Test
    void only_the_variable_of_the_function_varies() {
        assertThat(Script.run("""
                x = tensor([1, 2])
                print(grad(y -> sum(x*y), x), grad(x -> grad(y -> x*y^2, x), 3))
                """)).containsExactly("tensor([1, 2]) 12");
    }

    @Test
    void what_jumps_or_does_not_depend_on_x_has_the_derivative_zero() {
        assertThat(Script.run("""
                x = tensor([0.5, 1.5])
                print(grad(x -> sum(floor(x) + sign(x) + where(x > 1, 1, 0)) + argmax(x), x))
                print(grad(x -> 3, x), grad(x -> sum(randn([2])), x), jvp(x -> x > 1, x, x))
                """)).containsExactly("tensor([0, 0])", "tensor([0, 0]) tensor([0, 0]) tensor([0, 0])");
    }

    @Test
    void what_is_detached_is_a_constant() {
        assertThat(Script.run("""
                x = tensor([1, 2])
                print(grad(x -> sum(x*detach(x)), x), jvp(x -> detach(x) + x, x, x), grad(t -> t*detach(t^2), 2))
                network line(x, t) = dense(x, 1)
                loss half(score, process, x0) = mean(score(x0, 1)*detach(score(x0, 1)))
                loss whole(score, process, x0) = mean(score(x0, 1)^2)/2
                fn trained(loss) = train(line, ones([8, 1]), VP(), loss = loss, predict = "score", steps = 5, batch = 8, seed = 1)
                print(norm(trained(half)(zeros([1, 1]), 1) - trained(whole)(zeros([1, 1]), 1)) < 1e-6)
                """)).containsExactly("tensor([1, 2]) tensor([1, 2]) 4", "true");
    }

    @Test
    void softmax_and_logsumexp_have_the_derivatives_that_they_should() {
        double[] numbers = Script.numbers("""
                set(precision = "float64")
                x = tensor([[1, 2, 2], [-1000, 0, 1000]])
                s = softmax(x, axis = 1)
                v = tensor([[1, -2, 0.5], [1, 2, 3]])
                print(list(reshape(grad(x -> sum(logsumexp(x, axis = 1)), x) - s, [-1])))
                print(list(reshape(jvp(x -> softmax(x, axis = 1), x, v) - s*(v - sum(s*v, axis = 1, keep = true)), [-1])))
                """);

        assertThat(numbers).hasSize(12).containsExactly(new double[12], within(ROUNDING));
    }

    @Test
    void at_corners_a_derivative_is_as_documented() {
        assertThat(Script.run("""
                print(grad(x -> norm(x), zeros([2])), grad(x -> sum(grad(norm, x)), zeros([2])))
                print(grad(sqrt, 0), grad(abs, 0), grad(relu, 0), grad(x -> max(x, 0), 0))
                print(grad(x -> sum(sqrt(relu(x))), tensor([-1, 4])), grad(max, tensor([2, 2, 1])))
                """))
                .containsExactly(
                        "tensor([0, 0]) tensor([0, 0])", "inf 0 0 0.5", "tensor([0, 0.25]) tensor([0.5, 0.5, 0])");
    }

    @Test
    void tails_keep_their_digits() {
        double[] slopes = Script.numbers("""
                set(precision = "float64")
                x = tensor([40, -40])
                print(list(grad(y -> sum(sigmoid(y)), x)), list(grad(y -> sum(softplus(y)), x)))
                """);
        double tail = Math.exp(-40);

        assertThat(slopes).containsExactly(new double[] {tail, tail, 1, tail}, within(tail * 1e-15));
    }

    @Test
    void the_derivative_of_a_formula_is_that_of_the_algebra() {
        double[] both = Script.numbers("""
                p = VP()
                print(grad(t -> p.transition.std(t), 0.3), diff(t -> p.transition.std(t), t)(0.3))
                """);

        assertThat(both[0]).isCloseTo(both[1], within(ROUNDING));
    }

    @Test
    void vjp_and_jvp_are_adjoint_through_a_program() {
        double[] both = Script.numbers("""
                set(precision = "float64", seed = 3)
                w = randn([3, 4])
                fn f(x) = softmax(tanh(x @ w), axis = 1)*cumulated(x)
                fn cumulated(x) = concat([x[:, 0:2], gather(x, tensor([2, 0]), axis = 1)], axis = 1)
                x = randn([5, 3])
                u = randn([5, 4])
                v = randn([5, 3])
                print(sum(u*jvp(f, x, v)), sum(vjp(f, x, u)*v))
                """);

        assertThat(both[0]).isCloseTo(both[1], within(ROUNDING));
    }

    @Test
    void an_exact_divergence_is_the_trace_of_a_jacobian_made_of_directions() {
        double[] numbers = Script.numbers("""
                set(precision = "float64", seed = 5)
                a = randn([6, 6])
                fn field(x) {
                  flat = reshape(x, [len(x), 6])
                  return reshape(sin(flat @ a)*exp(-sum(flat^2, axis = 1, keep = true)), x.shape)
                }
                x = randn([4, 2, 3])
                trace = zeros([4])
                for i in 0..5 {
                  e = reshape(where(arange(6) == i, 1, 0) + zeros([4, 6]), [4, 2, 3])
                  trace += sum(e*jvp(field, x, e), axis = [1, 2])
                }
                print(list(divergence(field, x)), list(trace))
                """);

        assertThat(Arrays.copyOfRange(numbers, 0, 4))
                .containsExactly(Arrays.copyOfRange(numbers, 4, 8), offset(ROUNDING));
    }

    @Test
    void the_divergence_of_a_system_is_over_all_of_its_states() {
        assertThat(Script.run("""
                s = {x: tensor([[1, 2]]), v: tensor([[3, 4]])}
                field = s -> {x: s.x*s.v, v: s.x + s.v^2}
                print(divergence(field, s), divergence(s -> [s.x*s.v, s.x + s.v^2], s))
                print(divergence(x -> x^2, tensor([1, 2])), divergence(x -> x^2, 3))
                """)).containsExactly("tensor([21]) tensor([21])", "tensor([2, 4]) 6");
    }

    /**
     * zᵀ A z has the mean tr A; its variance is Σ_{i≠j} (a_ij² + a_ij a_ji) for signs and 2‖(A + Aᵀ)/2‖² for normal
     * z. The bounds are five standard errors of 4000 samples, each with its own probe.
     */
    @Test
    void estimates_by_probes_have_the_mean_and_the_variance_that_they_should() {
        for (String noise : List.of("rademacher", "normal")) {
            double[] moments = Script.numbers("""
                    set(precision = "float64", seed = 7)
                    a = tensor([[1, 2], [-0.5, 3]])
                    d = divergence(x -> x @ transpose(a), zeros([4000, 2]), probes = 1, noise = "%s")
                    both = divergence(x -> x @ transpose(a), zeros([4000, 2]), probes = 4, noise = "%s")
                    print(mean(d), std(d), std(both))
                    """.formatted(noise, noise));
            double deviation = noise.equals("normal") ? Math.sqrt(2 * (1 + 9 + 2 * 0.75 * 0.75)) : 1.5;

            assertThat(moments[0]).isCloseTo(4, within(5 * deviation / Math.sqrt(4000)));
            assertThat(moments[1]).isCloseTo(deviation, within(0.15 * deviation));
            assertThat(moments[2]).isCloseTo(deviation / 2, within(0.1 * deviation));
        }
    }

    @Test
    void the_gradient_of_a_log_density_is_the_score() {
        double[] numbers = Script.numbers("""
                set(precision = "float64")
                x = tensor([[0.5, -1], [2, 0.1]])
                print(list(flatten(grad(x -> sum(normal_log_prob(x, 0.5, 2)), x))[0]))
                print(list(flatten((0.5 - x)/4)[0]))
                """);

        assertThat(Arrays.copyOfRange(numbers, 0, 2))
                .containsExactly(Arrays.copyOfRange(numbers, 2, 4), offset(ROUNDING));
    }

    /**
     * ½E[s²] + E[s′] over scores s(x) = a x + b is minimal at a = −1/v, b = m/v for the data's mean m and variance v.
     */
    @Test
    void implicit_score_matching_finds_the_score_of_a_normal_distribution() {
        for (String probes : List.of("", ", probes = 1")) {
            double[] numbers = Script.numbers("""
                    loss hyvarinen(score, process, x0) =
                      mean(0.5*sum(score(x0, 1)^2, axis = 1) + divergence(x -> score(x, 1), x0%s))
                    network line(x, t) = dense(x, 1)
                    x0 = 1 + 2*randn([64, 1])
                    score = train(line, x0, VP(), loss = hyvarinen, predict = "score", steps = 300, batch = 64,
                                  optimizer = adam(learning_rate = 0.05), ema = 0)
                    v = mean((x0 - mean(x0))^2)
                    x = tensor([[-1], [2]])
                    print(list(flatten(score(x, 1))[:, 0]), list(flatten((mean(x0) - x)/v)[:, 0]))
                    """.formatted(probes));

            assertThat(Arrays.copyOfRange(numbers, 0, 2))
                    .containsExactly(Arrays.copyOfRange(numbers, 2, 4), offset(1e-3));
        }
    }

    @Test
    void a_function_is_traced_once_whatever_its_lambda_has_captured() {
        List<String> traced = tracedIn("""
                fn downhill(x, scale) = x - grad(y -> scale*sum(y^4), x)
                x = ones([2])
                for i in 1..5 { x = downhill(x, 0.01*i) }
                print(x)
                """);

        assertThat(traced).hasSize(1);
    }

    @Test
    void a_captured_number_may_decide_about_shapes() {
        assertThat(Script.run("""
                fn g(x, n) = grad(y -> sum(n*reshape(y, [n, -1])[0]), x)
                print(g(ones([4]), 2), g(ones([4]), 4))
                """)).containsExactly("tensor([2, 2, 0, 0]) tensor([4, 0, 0, 0])");
    }

    @Test
    void what_is_seen_from_outside_is_seen_anew() {
        assertThat(Script.run("""
                k = 2
                fn f(x) = sum(x^k)
                print(grad(f, ones([1])))
                k = 3
                print(grad(f, ones([1])), grad(x -> sum(x^k), ones([1])))
                k = tensor([4])
                print(grad(f, ones([1])), grad(x -> sum(x^k), ones([1])))
                """))
                .containsExactly("tensor([2])", "tensor([3]) tensor([3])", "tensor([4]) tensor([4])");
    }

    private static List<String> tracedIn(String text) {
        List<String> names = new ArrayList<>();
        Path folder = Script.temporary();
        Path file = folder.resolve("script.sde");
        Source source = new Source(file.toString(), text);
        try (Session session = new Session(Settings.standard(), new RecordedConsole(), folder, folder)) {
            session.onKernel((name, graph, parameters) -> names.add(name));
            Script.PIPELINE.run(Script.PIPELINE.program(source), file, ScriptParameters.of(Map.of()), session);
        }
        return names;
    }
}
