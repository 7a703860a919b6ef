package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.process.Processes.BETA;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.SdeError;

class ChainTest {
    private static final Expr.Symbol H = Chain.STEP;

    private static Chain ddpm(int steps) {
        Expr beta = BETA.at(T).times(H);
        return new Chain(
                Chain.INDEX,
                T,
                1,
                steps,
                List.of(X),
                List.of(Expr.sqrt(Expr.ONE.minus(beta)).times(X)),
                List.of(Expr.sqrt(beta)));
    }

    @Test
    void ddpm_tends_to_vp() {
        Process limit = ddpm(1000).limit("DDPM", 1e-5, 1);
        assertThat(limit).hasToString(Processes.vp().toString());
        assertThat(limit.stated().chain()).contains(ddpm(1000));
    }

    @Test
    void a_chain_prints_its_own_step() {
        assertThat(ddpm(1000)).hasToString("x[i] = √(1 − β(i/N)/N) x[i−1] + √(β(i/N)/N) noise");
    }

    /**
     * The product of the steps' coefficients approaches its limit as 1/N: from 40 to 4000 steps the error falls
     * 100-fold.
     */
    @Test
    void the_steps_come_to_the_limit_as_one_over_n() {
        double limit = Processes.vp().transition().meanCoefficientAt().at(1);
        double few = Math.abs(product(ddpm(40)) - limit);
        double many = Math.abs(product(ddpm(4000)) - limit);
        assertThat(few / many).isCloseTo(100, within(30.0));
    }

    private static double product(Chain chain) {
        Evaluation mean = Evaluation.of(chain.mean().getFirst(), X, T, H);
        double total = 1;
        for (int i = 1; i <= chain.count(); i++) {
            total *= mean.at(1, i * chain.step(), chain.step());
        }
        return total;
    }

    @Test
    void noise_of_opposite_signs_keeps_its_correlation() {
        Expr.Symbol v = Expr.symbol("v");
        Expr spread = Expr.sqrt(H);
        Chain chain = new Chain(Chain.INDEX, T, 1, 100, List.of(X, v), List.of(X, v), List.of(spread, spread.negate()));
        assertThat(chain.limit("Opposite", 0, 1).covarianceRate().get(0).get(1)).isEqualTo(Expr.of(-1));
    }

    @Test
    void a_chain_without_noise_tends_to_an_equation_without_noise() {
        Process limit = new Chain(Chain.INDEX, T, 1, 100, List.of(X), List.of(X.minus(H.times(X))), List.of(Expr.ZERO))
                .limit("Decay", 0, 1);

        assertThat(limit).hasToString("dx = −x dt");
        assertThat(limit.noises()).isEmpty();
    }

    @Test
    void noise_that_does_not_shrink_has_no_limit() {
        Chain chain = new Chain(Chain.INDEX, T, 1, 100, List.of(X), List.of(X), List.of(Expr.ONE));
        assertThat(catchThrowableOfType(SdeError.class, () -> chain.limit("Wild", 0, 1)))
                .hasMessageContaining("does not shrink as 1/√N");
    }

    @Test
    void steps_larger_than_one_over_n_have_no_limit() {
        Chain chain = new Chain(Chain.INDEX, T, 1, 100, List.of(X), List.of(X.plus(Expr.sqrt(H))), List.of(Expr.ZERO));
        assertThat(catchThrowableOfType(SdeError.class, () -> chain.limit("Wild", 0, 1)))
                .hasMessageContaining("does not shrink as 1/N");
    }

    @Test
    void the_chain_of_a_process_visits_its_times_exactly() {
        Chain chain = Chain.of(Processes.vp(), 50);
        Evaluation spread = Evaluation.of(chain.spread().getFirst(), T, H);
        double variance = 0;
        Evaluation mean = Evaluation.of(chain.mean().getFirst(), X, T, H);
        for (int i = 1; i <= 50; i++) {
            double a = mean.at(1, i * chain.step(), chain.step());
            double s = spread.at(i * chain.step(), chain.step());
            variance = a * a * variance + s * s;
        }
        assertThat(variance).isCloseTo(1 - Math.exp(-10.05), within(1e-12));
    }

    /** cos √h = 1 − h/2 + …, sin(h²)/h = h + …, (t/h − 1)/(1/h − 1) = (t − h)/(1 − h) with slope t − 1 at h = 0. */
    @Test
    void steps_that_have_a_series_in_one_over_n_have_a_limit() {
        Expr count = H.pow(-1);
        assertThat(limit(Expr.cos(Expr.sqrt(count).pow(-1)).times(X), Expr.sqrt(H)))
                .isEqualTo("dx = −½ x dt + dw");
        assertThat(limit(X.plus(count.times(Expr.sin(count.pow(-2))).times(X)), Expr.sqrt(H)))
                .isEqualTo("dx = x dt + dw");
        Expr late = Expr.power(Expr.of(5000), T.times(count).minus(Expr.ONE).over(count.minus(Expr.ONE)));
        Expr before = late.with(T, T.minus(H));
        Expr variance = late.pow(2).minus(before.pow(2)).times(Expr.of(1e-4));
        assertThat(limit(X, Expr.sqrt(variance))).isEqualTo("dx = 5000ᵗ √(0.0002 log(5000)) dw");
    }

    @Test
    void a_step_that_shrinks_as_a_root_of_one_over_n_has_none() {
        assertThatThrownBy(() -> limit(X.times(Expr.ONE.plus(Expr.sin(Expr.sqrt(H)))), Expr.sqrt(H)))
                .hasMessageContaining("does not shrink as 1/N");
    }

    private static String limit(Expr mean, Expr spread) {
        return new Chain(Chain.INDEX, T, 1, 1000, List.of(X), List.of(mean), List.of(spread))
                .limit("A", 1e-5, 1)
                .toString();
    }
}
