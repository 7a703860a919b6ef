package org.sdescript.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
                print(optimal(a, b, given_a = ones([4, 2]), given_b = ones([4, 2])))
                """))
                .containsExactly(
                        "tensor([1, 2, 3, 0])", "tensor([2, 1, 3, 0])", "tensor([2, 1, 3, 0])", "tensor([1, 2, 3, 0])");
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
}
