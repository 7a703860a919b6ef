package org.sdescript.process;

import java.util.Optional;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;

/**
 * The time change of a system whose coefficients are all multiples of one function of time, β(t)(A, c, Q): in the time
 * τ = ∫ β the coefficients are constant.
 *
 * @param reading τ(t), 0 at the start
 * @param system the constant coefficients, in time τ
 */
record TimeChange(Expr reading, AffineSystem system) {

    /**
     * Returns the time change; empty if the coefficients are not proportional to one β, or no antiderivative of β is
     * found.
     */
    static Optional<TimeChange> of(AffineSystem system, Expr start, TimeDomain domain) {
        Symbol t = system.time();
        if (system.coefficients().allMatch(e -> e.isFreeOf(t))) {
            return Optional.of(new TimeChange(t.minus(start), system));
        }
        return pace(system).flatMap(pace -> {
            boolean forward = Evaluation.of(pace, t).at((domain.from() + domain.to()) / 2) > 0;
            Expr sign = Expr.of(forward ? 1 : -1);
            return Transitions.integral(sign.times(pace), t, start, domain)
                    .map(reading -> new TimeChange(reading, scaled(over(system, pace), sign)));
        });
    }

    /** Returns β if all coefficients are multiples of it, otherwise empty. */
    static Optional<Expr> pace(AffineSystem system) {
        return system.coefficients().filter(e -> !e.isZero()).findFirst().filter(pace -> over(system, pace)
                .coefficients()
                .allMatch(e -> e.isFreeOf(system.time())));
    }

    private static AffineSystem over(AffineSystem system, Expr pace) {
        return new AffineSystem(
                system.time(),
                system.states(),
                system.slope().map(e -> Simplification.of(e.over(pace))),
                system.constant().stream()
                        .map(e -> Simplification.of(e.over(pace)))
                        .toList(),
                system.rate().map(e -> Simplification.of(e.over(pace))));
    }

    private static AffineSystem scaled(AffineSystem system, Expr by) {
        return new AffineSystem(
                system.time(),
                system.states(),
                system.slope().times(by),
                system.constant().stream().map(by::times).toList(),
                system.rate().times(by));
    }
}
