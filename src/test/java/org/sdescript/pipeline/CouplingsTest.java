package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Refusal;
import org.sdescript.Script;

/** Couplings in the language: which rows belong together. */
@Tag("numbers")
class CouplingsTest {

    @Test
    void four_numbers_are_coupled_at_least_cost() {
        assertThat(Script.run("""
                a = tensor([[0.3], [-1.2], [2], [0.1]])
                b = tensor([[5], [3], [4], [6]])
                rows = optimal(a, b)
                print(rows, abs(sum((a - gather(b, rows))^2) - 70.94) < 1e-4)
                print(optimal()(a, b), optimal(4)(a, b), optimal(batch = 2)(a, b))
                """))
                .containsExactly(
                        "tensor([0, 1, 3, 2]) true", "tensor([0, 1, 3, 2]) tensor([0, 1, 3, 2]) tensor([0, 1, 3, 2])");
    }

    /** No sample of b is lost, blocks stay within themselves, and no block costs less in its own order. */
    @Test
    void blocks_are_coupled_each_by_itself() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                a = randn([10, 3, 2])
                b = randn([10, 3, 2])
                rows = optimal(a, b, batch = 4)
                print(max(abs(sort(rows) - arange(10))))
                print(max(abs(floor(rows/4) - floor(arange(10)/4))))
                print(max(abs(rows[8:] - 8 - optimal(a[8:], b[8:]))))
                print(number(max(0, sum((a - gather(b, rows))^2) - sum((a - b)^2))))
                """);

        assertThat(found).containsExactly(0, 0, 0, 0);
    }

    /** All pairings within each condition, by hand: 2! · 2! of them. */
    @Test
    void samples_of_equal_conditions_are_coupled_at_least_cost() {
        assertThat(Script.run("""
                a = tensor([[0], [1], [10], [11]])
                b = tensor([[11], [0], [1], [10]])
                print(optimal(a, b))
                print(optimal(a, b, given_a = tensor([0, 1, 0, 1]), given_b = tensor([1, 1, 0, 0])))
                print(optimal(a, b, given_a = {k: [0, 1, 0, 1]}, given_b = {k: [1, 1, 0, 0]}))
                print(coupled((a, b) -> optimal(a, b), a, b, given_a = [0, 1, 0, 1], given_b = [1, 1, 0, 0]))
                print(optimal(a, b, given_a = ones([4, 2]), given_b = ones([4, 2])))
                """))
                .containsExactly(
                        "tensor([1, 2, 3, 0])",
                        "tensor([2, 1, 3, 0])",
                        "tensor([2, 1, 3, 0])",
                        "tensor([2, 1, 3, 0])",
                        "tensor([1, 2, 3, 0])");
    }

    @Test
    void the_states_of_a_system_are_components_of_one_sample() {
        assertThat(Script.run("""
                a = {x: tensor([[0], [0]]), v: tensor([[1], [5]])}
                b = {x: tensor([[0], [0]]), v: tensor([[5], [1]])}
                print(optimal(a, b), squared_distances(a, b))
                """)).containsExactly("tensor([1, 0]) tensor([[16, 0], [0, 16]])");
    }

    @Test
    void simple_couplings_keep_the_order_and_are_equal_to_themselves_when_called_without_samples() {
        assertThat(Script.run("""
                a = randn([3, 2])
                print(independent(a, a), paired()(a, a), paired() == paired, independent == paired)
                print(coupled(paired, a, a), coupled(() -> optimal(), a, a), coupled((a, b) -> [0, 0, 2], a, a))
                """))
                .containsExactly(
                        "tensor([0, 1, 2]) tensor([0, 1, 2]) true false",
                        "tensor([0, 1, 2]) tensor([0, 1, 2]) tensor([0, 0, 2])");
    }

    @Test
    void the_plan_of_two_samples_is_known() {
        double[] found = Script.numbers("""
                set(precision = "float64")
                x = tensor([[0], [1]])
                print(number(entropic_plan(x, x, reg = 0.5)[0, 0]))
                """);

        assertThat(found[0]).isCloseTo(0.440398539, within(5e-10));
    }

    /** Column j of row i is drawn with probability n πᵢⱼ; five standard errors of a share are √(p(1 − p)/4000). */
    @Test
    void entropic_rows_are_drawn_from_the_plan() {
        double[] found = Script.numbers("""
                x = tensor([[0], [1]])
                drawn = [entropic(x, x, reg = 0.5) for k in 1..2000]
                print(number(mean(stack([where(rows == arange(2), 1, 0) for rows in drawn]))))
                print(number(max(abs(entropic(0.001)(x, 1 - x) - tensor([1, 0])))))
                """);

        double share = 2 * 0.440398539;
        assertThat(found[0]).isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / 4000)));
        assertThat(found[1]).isZero();
    }

    /** A training whose loss tells which rows its coupling joined: 0 for pairs of b = a + 10. */
    private static final String JOINED = """
            sde Straight { t in [0, 1]; x(t) = (1 - t)*x(0) + t*x(1) }
            fn apart(score, process, x0, x1) = mean((x1 - x0 - 10)^2) + 0*mean(score.velocity(x0, 0.5))
            fn losses(a, b, coupling; n = 8) = number(max(tensor(train(mlp(hidden = 2, depth = 1), a, Straight(), to = b,
                loss = apart, coupling = coupling, batch = n, steps = 6, seed = 1).losses)))
            a = reshape(arange(8.0), [8, 1])
            b = gather(a + 10, tensor([5, 0, 7, 1, 2, 6, 3, 4]))
            """;

    @Test
    void a_training_joins_the_pairs_of_its_coupling() {
        double[] found = Script.numbers(JOINED + """
                print(losses(a, b, optimal), losses(a, a + 10, paired), losses(a, a + 10, paired, n = 3))
                print(losses(a, b, optimal(8), n = 4), losses(a, b, optimal(8), n = 2))
                print(losses(a, b, independent), losses(a, b, paired), losses(a, b, optimal, n = 4), losses(a, b, optimal(5)))
                """);

        assertThat(Arrays.copyOf(found, 5)).containsExactly(0, 0, 0, 0, 0);
        assertThat(Arrays.stream(found, 5, 9)).allMatch(loss -> loss > 0);
    }

    /** Both ends have as many samples of each condition; those of b are drawn with replacement. */
    @Test
    void samples_of_one_condition_are_joined() {
        double[] found = Script.numbers(JOINED + """
                c = tensor([0, 1, 0, 1, 0, 1, 0, 1])
                fn seen(a, b, given_a, given_b) {
                  print(number(max(abs(given_a - given_b))), number(max(abs(given_a - a[:, 0] % 2))), len(a))
                  print(number(max(abs(given_b - b[:, 0] % 2))))
                  return arange(len(a))
                }
                of_b = gather(c, tensor([5, 0, 7, 1, 2, 6, 3, 4]))
                network f(x, t, c) { return dense(concat([x, reshape(c, [-1, 1])], axis = 1), 1) }
                fn run(a, b, coupling) = train(f, a, Straight(), to = b, coupling = coupling, steps = 2, batch = 8, seed = 1)
                m = run(given(a, c), given(b, of_b), seen)
                """);

        for (int i = 0; i < found.length; i += 4) {
            assertThat(Arrays.copyOfRange(found, i, i + 4)).containsExactly(0, 0, 8, 0);
        }
        assertThat(found).hasSize(8);
    }

    /** Eight samples are one batch, so that the optimal pairs are a and a + 10; the last batch of three is smaller. */
    @Test
    void a_validation_couples_samples_of_its_own() {
        double[] found = Script.numbers(JOINED + """
                fn validated(coupling, a, b; n = 8) = train(mlp(hidden = 2, depth = 1), randn([8, 1]), Straight(), to = randn([8, 1]),
                    loss = apart, coupling = coupling, batch = n, steps = 2, seed = 1, validation = {x0: a, x1: b}).history.validation[0]
                print(validated(optimal, a, b), validated(paired, a, a + 10, n = 3), validated(optimal(8), a, b))
                print(validated(paired, a, b), validated(independent, a, b))
                """);

        assertThat(Arrays.copyOf(found, 3)).containsExactly(0, 0, 0);
        assertThat(Arrays.stream(found, 3, 5)).allMatch(loss -> loss > 0);
    }

    /** The labels of points are not conditions where the network does not read them. */
    @Test
    void labels_that_no_one_reads_do_not_matter() {
        assertThat(Script.run(JOINED + """
                m = train(mlp(hidden = 2, depth = 1), eight_gaussians(20), Straight(), to = moons(20), coupling = optimal,
                          steps = 2, batch = 10)
                print(len(m.losses))
                """)).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to = given(b, 0*c) | given(a, c) | E0682",
                "to = given(b, {k: c}) | given(a, c) | E0682",
                "to = given(b, ones([8, 2])) | given(a, c) | E0682",
                "to = b, validation = a | given(a, c) | E0813",
                "to = normal(), coupling = optimal, validation = {x0: a, x1: b} | given(a, c) | E0813"
            })
    void what_does_not_fit_is_refused(String arguments, String data, String code) {
        assertThatThrownBy(() -> Script.run(JOINED + """
                c = tensor([0.0, 1, 1, 1, 1, 1, 1, 1])
                network f(x, t, c) { return dense(concat([x, reshape(c, [-1, 1])], axis = 1), 1) }
                m = train(f, %s, Straight(), steps = 1, batch = 8, %s)
                """.formatted(data, arguments)))
                .satisfies(Refusal.with(code));
    }
}
