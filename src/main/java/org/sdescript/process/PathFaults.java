package org.sdescript.process;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Text;
import org.sdescript.diagnostic.Diagnostic;

/**
 * Finds faults of a path between two laws: a coefficient without a value, noise of negative variance, an end at which x(t)
 * is not the sample that stands there.
 */
final class PathFaults {
    /**
     * How far the coefficients at an end, and the variance of the noise there, may be from 1 and 0: papers cut the ends of
     * paths at up to 1 % of the time, where √(t (1 − t)) has the variance 0.01, and let VP keep 0.7 % of the data.
     */
    private static final double CUT = 0.02;

    /** Relative rounding of γ², as for the noise of an equation. */
    private static final double ROUNDING = 1e-14;

    private final String name;
    private final StochasticInterpolant path;
    private final DomainScan scan;

    private PathFaults(String name, StochasticInterpolant path) {
        this.name = name;
        this.path = path;
        this.scan = DomainScan.of(path.domain());
    }

    /** Returns the first fault, without a position. */
    static Optional<Diagnostic> of(String name, StochasticInterpolant path) {
        PathFaults search = new PathFaults(name, path);
        return search.values()
                .or(search::variance)
                .or(() -> search.end(path.domain().from(), 1, 0))
                .or(() -> search.end(path.domain().to(), 0, 1));
    }

    private Optional<Diagnostic> values() {
        for (StochasticInterpolant.Named each : path.named()) {
            Expr coefficient = each.coefficient().expandCalls();
            if (isOfTime(coefficient)) {
                Evaluation of = Evaluation.of(coefficient, path.time());
                OptionalDouble found = scan.first(t -> !Double.isFinite(of.at(t)));
                if (found.isPresent()) {
                    return Optional.of(Diagnostic.error(
                                    "E0671",
                                    null,
                                    "the path " + name + " has no numbers at t = "
                                            + Admissibility.at(found.getAsDouble()))
                            .note("the factor of " + each.of() + ", " + Text.of(coefficient) + ", has no value there")
                            .help("give it a time domain within which its coefficients are finite"));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Diagnostic> variance() {
        Expr square = Simplification.of(path.gamma().expandCalls().pow(2));
        if (!isOfTime(square)) {
            return Optional.empty();
        }
        Evaluation of = Evaluation.of(square, path.time());
        OptionalDouble found = scan.firstNegative(of::at, ROUNDING);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.error(
                                "E0671",
                                null,
                                "the noise of the path " + name + " has a negative variance at t = "
                                        + Admissibility.at(found.getAsDouble()))
                        .note("γ² = " + Text.of(square))
                        .help("the factor of `noise` must be a real number at all times between the ends"));
    }

    /** Checks an end, at which x(0) or x(1) stands alone. */
    private Optional<Diagnostic> end(double t, double ofStart, double ofEnd) {
        return wrong(path.a(), t, ofStart)
                .or(() -> wrong(path.b(), t, ofEnd))
                .or(() -> wrong(path.m(), t, 0))
                .or(() -> wrong(Simplification.of(path.gamma().expandCalls().pow(2)), t, 0))
                .map(found -> Diagnostic.error(
                                "E0677",
                                null,
                                "the path " + name + " is not " + (ofStart == 1 ? startName() : endName()) + " at t = "
                                        + Admissibility.at(t))
                        .note("at this end " + found)
                        .help("the factors of " + startName() + " and " + endName()
                                + " are 1 and 0 at the first time of the"
                                + " domain, and 0 and 1 at the last, where the noise is 0 too: `"
                                + path.state().name() + "(" + path.time().name() + ") = (1 - "
                                + path.time().name() + ")*"
                                + startName() + " + " + path.time().name() + "*" + endName()
                                + "` with `" + path.time().name() + " in [0, 1]`"));
    }

    private String startName() {
        return StochasticInterpolant.start(path.state().name()).name();
    }

    private String endName() {
        return StochasticInterpolant.end(path.state().name()).name();
    }

    private Optional<String> wrong(Expr coefficient, double t, double wanted) {
        Expr written = coefficient.expandCalls();
        if (!isOfTime(written)) {
            return Optional.empty();
        }
        double value = Evaluation.of(written, path.time()).at(t);
        // a formula such as √(t (1 − t)) may have a negative variance of rounding at an end
        return !Double.isFinite(value) || Math.abs(value - wanted) <= CUT
                ? Optional.empty()
                : Optional.of(
                        Text.of(written) + " is " + Admissibility.rounded(value, 4) + " instead of " + Text.of(wanted));
    }

    private boolean isOfTime(Expr e) {
        return Set.of(path.time()).containsAll(e.symbols());
    }
}
