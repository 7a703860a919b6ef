package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;
import static org.sdescript.process.Processes.process;

import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.algebra.Expr;

/** Processes are the same where they have the same drift and the same noise, however they are written. */
class ProcessEquivalenceTest {
    private static Process over(double from, double to) {
        return Process.scalar("P", T, from, to, X, Expr.of(-1).times(X), Expr.sqrt(T));
    }

    private static Process withDrift(Expr rate) {
        return process("P", rate.times(X), Expr.sqrt(T));
    }

    @Test
    void a_process_is_the_same_under_another_name_and_in_another_form() {
        Expr cos = Expr.cos(T);
        Expr sin = Expr.sin(T);
        Process written = process("One", X.times(cos.pow(2).plus(sin.pow(2))), Expr.exp(T));
        Process plain = process("Other", X, Expr.exp(T));

        assertThat(ProcessEquivalence.covers(written, plain)).isTrue();
        assertThat(ProcessEquivalence.covers(plain, written)).isTrue();
    }

    @Test
    void the_sign_of_the_noise_makes_no_difference() {
        Process up = process("P", X, T);
        Process down = process("P", X, Expr.of(-1).times(T));

        assertThat(ProcessEquivalence.covers(up, down)).isTrue();
    }

    /** A transition's process and the equation that is derived from it by hand: f = −x/(1 − t), g² = 2t/(1 − t). */
    @Test
    void a_stated_transition_is_the_same_as_its_equation() {
        Expr left = Expr.ONE.minus(T);
        Process stated = Process.ofTransition("P", T, 1e-3, 0.999, X, left, T);
        Process equation = Process.scalar(
                "P",
                T,
                1e-3,
                0.999,
                X,
                Expr.of(-1).times(X).over(left),
                Expr.sqrt(Expr.of(2).times(T).over(left)));

        assertThat(ProcessEquivalence.covers(stated, equation)).isTrue();
    }

    @Test
    void a_part_of_the_times_is_covered_and_more_than_those_is_not() {
        assertThat(ProcessEquivalence.covers(over(0, 1), over(0.1, 0.9))).isTrue();
        assertThat(ProcessEquivalence.covers(over(0.1, 0.9), over(0.1, 1))).isFalse();
        assertThat(ProcessEquivalence.covers(over(0.1, 0.9), over(0, 0.9))).isFalse();
    }

    /** Coefficients that agree to 1e-9 are taken for equal, so a difference ten times as large must be seen. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 1e-4, 1})
    void another_rate_is_another_process(double more) {
        DoubleFunction<Process> of = rate -> withDrift(Expr.of(rate));

        assertThat(ProcessEquivalence.covers(of.apply(-1), of.apply(-1 - more))).isFalse();
        assertThat(ProcessEquivalence.covers(of.apply(-1), of.apply(-1 - 1e-11)))
                .isTrue();
    }

    /** The bump exp(−(20 (t − c))²) is above 1e-8 on a stretch of 0.4 about c. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.33, 0.61, 0.95, 1})
    void a_rate_that_differs_for_a_while_is_another_process(double when) {
        Expr distance = T.minus(Expr.of(when)).times(Expr.of(20));
        Expr bump = Expr.exp(Expr.of(-1).times(distance.pow(2)));

        assertThat(ProcessEquivalence.covers(
                        withDrift(Expr.of(-1)), withDrift(Expr.of(-1).minus(bump))))
                .isFalse();
    }

    @Test
    void noise_that_differs_alone_is_another_process() {
        assertThat(ProcessEquivalence.covers(
                        process("P", X, T), process("P", X, Expr.of(2).times(T))))
                .isFalse();
    }

    @Test
    void a_reversed_process_is_another_than_the_process() {
        Process forward = Processes.vp();

        assertThat(ProcessEquivalence.covers(forward, Reversal.flow(forward))).isFalse();
        assertThat(ProcessEquivalence.covers(Reversal.reverse(forward), forward))
                .isFalse();
    }
}
