package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

class StratonovichTest {
    private static final Symbol Y = Expr.symbol("y");

    /** State-dependent noise in both equations, from two shared Wiener processes. */
    private static Process turning() {
        return Process.of(
                "Turning",
                T,
                1e-5,
                1,
                List.of(X, Y),
                List.of("w_1", "w_2"),
                List.of(X.negate(), Y.negate()),
                List.of(List.of(Y.negate(), X.times(T)), List.of(X, Expr.ONE)));
    }

    @Test
    void geometric_brownian_motion_loses_half_its_squared_noise() {
        Process p = Processes.process("GeometricBrownian", X.times(Expr.of(0.1)), X.times(Expr.HALF));
        assertThat(Stratonovich.of(p)).hasToString("dx = −0.025 x dt + ½ x ∘ dw");
    }

    /**
     * Rotation by noise: in Stratonovich's calculus −y ∘ dw, x ∘ dw preserves the circle, and Itô's drift is −½ (x, y).
     */
    @Test
    void a_noise_along_the_circle_has_no_drift_in_the_calculus_that_keeps_it() {
        Process p = Process.of(
                "Circle",
                T,
                1e-5,
                1,
                List.of(X, Y),
                List.of("w"),
                List.of(X.times(Expr.ratio(-1, 2)), Y.times(Expr.ratio(-1, 2))),
                List.of(List.of(Y.negate()), List.of(X)));
        assertThat(Stratonovich.of(p)).hasToString("dx = −y ∘ dw\ndy = x ∘ dw");
    }

    @Test
    void there_and_back_is_the_same_drift() {
        Process p = turning();
        Process back = Stratonovich.of(p).itoForm();
        for (int i = 0; i < 2; i++) {
            assertThat(Equality.proved(back.drift().get(i), p.drift().get(i))).isTrue();
        }
    }

    /**
     * Stratonovich's calculus is symmetric in time: Itô's reverse drift is f − ∇·(GGᵀ) + …, and its correction ½ G ∂G
     * has the opposite sign.
     */
    @Test
    void a_reverse_is_corrected_with_the_sign_of_its_time() {
        Process p = Processes.process("GeometricBrownian", X.times(Expr.of(0.1)), X.times(Expr.HALF));
        Process back = Reversal.reverse(p);
        assertThat(Equality.proved(
                        Stratonovich.of(back)
                                .written()
                                .drift()
                                .getFirst()
                                .minus(back.drift().getFirst()),
                        X.times(Expr.ratio(1, 8))))
                .isTrue();
    }

    /** x dw + x ∘ dw is 2x dw with ½·2x·1 added, not ½·x·1: Itô's part of the noise also moves the state. */
    @Test
    void terms_of_both_calculi_with_one_noise_are_corrected_for_the_whole_noise() {
        Process twice = Processes.process("Both", Expr.ZERO, X.times(Expr.of(2)));
        assertThat(new Stratonovich(twice, List.of(List.of(X))).itoForm().drift())
                .containsExactly(X);
    }

    @Test
    void reversing_twice_gives_the_process_to_the_letter() {
        for (Process p : List.of(
                Processes.vp(),
                Processes.subVp(),
                Processes.ve(),
                Processes.ornsteinUhlenbeck(),
                Processes.cosine(),
                Processes.process("root", Expr.ONE.minus(X), Expr.sqrt(X)),
                Processes.process("well", X.minus(X.pow(3)), X.pow(2).plus(T)),
                turning())) {
            assertThat(Reversal.reverse(Reversal.reverse(p))).as(p.name()).isEqualTo(p);
        }
    }
}
