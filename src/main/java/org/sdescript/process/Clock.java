package org.sdescript.process;

import java.util.Optional;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;

/**
 * A system whose coefficients are all multiples of one function of time, β(t)(A, c, Q): in the time τ = ∫ β that runs at its
 * own pace, the coefficients are constant.
 *
 * @param reading τ(t), 0 at the start
 * @param system the coefficients in τ, constants
 */
record Clock(Expr reading, AffineSystem system) {

    /** Empty where the coefficients change against each other, or where β has no antiderivative that is found. */
    static Optional<Clock> of(AffineSystem system, Expr start, TimeDomain domain) {
        Symbol t = system.time();
        if (system.coefficients().allMatch(e -> e.isFreeOf(t))) {
            return Optional.of(new Clock(t.minus(start), system));
        }
        return pace(system).flatMap(pace -> {
            boolean forward = Evaluation.of(pace, t).at((domain.from() + domain.to()) / 2) > 0;
            Expr sign = Expr.of(forward ? 1 : -1);
            return Transitions.integral(sign.times(pace), t, start, domain)
                    .map(reading -> new Clock(reading, scaled(over(system, pace), sign)));
        });
    }

    /** β, where all coefficients are multiples of it; empty where they change against each other. */
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
