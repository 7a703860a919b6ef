package org.sdescript.process;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.ParameterPoints;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Text;
import org.sdescript.diagnostic.Diagnostic;

/**
 * Finds faults that no process may have: a coefficient without a value, noise of negative variance, a chain whose step
 * has no value. Checks coefficients that depend on time alone, at inner times of the domain.
 */
public final class Admissibility {
    /** Relative rounding of g²: up to about a hundred terms that cancel at a zero, each rounded to 1e-16. */
    private static final double ROUNDING = 1e-14;

    private final Process p;
    private final DomainScan scan;

    private Admissibility(Process p) {
        this.p = p;
        this.scan = DomainScan.of(Transitions.domain(p));
    }

    /** Returns the first fault found, without a position. */
    public static Optional<Diagnostic> fault(Process p) {
        Admissibility search = new Admissibility(p);
        if (p.isPath()) {
            return PathFaults.of(p.name(), p.stated().path().orElseThrow());
        }
        return p.stated()
                .transition()
                .flatMap(search::statedLaw)
                .or(search::noise)
                .or(search::drift)
                .or(() -> p.stated().chain().flatMap(chain -> ChainFaults.of(p.name(), chain)));
    }

    /** Returns the fault of λ(t) in {@code reverse(p, lambda = λ)} if λ is not finite at some time. */
    public static Optional<Diagnostic> faultOfStrength(Process p, Expr lambda) {
        return new Admissibility(p)
                .ofTime(lambda)
                .flatMap(f -> point(DomainScan.of(Transitions.domain(p)).first(t -> !Double.isFinite(f.at(t)))))
                .map(t -> Diagnostic.error(
                                "E0675",
                                null,
                                "the strength of the noise, λ = " + Text.of(lambda) + ", has no value at t = " + at(t))
                        .help("λ is a number at all times of the process, from " + Text.of(p.tMin()) + " to "
                                + Text.of(p.tMax())));
    }

    /** Returns the fault of ε(t), the strength of the noise √(2ε), if ε has no value or is negative at some time. */
    public static Optional<Diagnostic> faultOfEpsilon(Process p, Expr epsilon) {
        return new Admissibility(p)
                .ofTime(epsilon)
                .flatMap(e -> point(DomainScan.of(Transitions.domain(p))
                        .first(t -> !(e.at(t) >= 0 && e.at(t) < Double.POSITIVE_INFINITY))))
                .map(t -> Diagnostic.error(
                                "E0675",
                                null,
                                "the strength of the noise, ε = " + Text.of(epsilon) + ", is not 0 or more at t = "
                                        + at(t))
                        .help("ε is a number that is not negative at all times of the process, from "
                                + Text.of(p.tMin()) + " to " + Text.of(p.tMax()) + "; the noise is √(2ε)"));
    }

    private Optional<Diagnostic> statedLaw(Transition stated) {
        Expr signal = stated.shown().map().at(0, 0);
        Expr variance = stated.shown().covariance().at(0, 0);
        return ofTime(signal)
                .flatMap(s -> point(scan.first(t -> !Double.isFinite(s.at(t))))
                        .map(t -> withoutValue("the factor of x(0), " + Text.of(signal) + ",", t))
                        .or(() -> crossing(s, signal)))
                .or(() -> ofTime(variance)
                        // overflow alone is no fault: the formula is still a law
                        .flatMap(v -> point(scan.first(t -> Double.isNaN(v.at(t)))))
                        .map(t -> withoutValue("the stated variance, " + Text.of(variance) + ",", t)))
                .or(() -> ofTime(stated.shown().offset().getFirst())
                        .flatMap(m -> point(scan.first(t -> !Double.isFinite(m.at(t)))))
                        .map(t -> withoutValue("the offset of the mean", t)));
    }

    private Optional<Diagnostic> crossing(Evaluation s, Expr signal) {
        double sign = Math.signum(s.at((p.tMin() + p.tMax()) / 2));
        double first = Math.signum(s.at(p.tMin() + (p.tMax() - p.tMin()) / 1024));
        double side = first == 0 ? sign : first;
        return point(scan.first(t -> !(s.at(t) * side > 0))).map(t -> Diagnostic.error(
                        "E0672",
                        null,
                        "the signal of " + p.name() + ", " + Text.of(signal) + ", is 0 at t = " + at(t)
                                + ", within its time domain")
                .note("from that time on x(t) contains nothing of x(0), so no equation leads past it")
                .help("end the time domain there, `" + p.time().name() + " in [" + Text.of(p.tMin()) + ", " + at(t)
                        + "]`, or state a factor of x(0) that keeps its sign"));
    }

    private Optional<Diagnostic> noise() {
        for (List<Expr> row : p.diffusion()) {
            for (Expr entry : row) {
                Expr square = Simplification.of(entry.pow(2).expandCalls());
                Optional<Diagnostic> fault = ofTime(square)
                        .flatMap(g -> pole(square).or(() -> point(scan.firstNegative(g::at, ROUNDING))
                                .map(t -> negative(entry, square, g.at(t), t))));
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private Diagnostic negative(Expr entry, Expr square, double value, double t) {
        if (Double.isNaN(value)) {
            return withoutValue("the coefficient of its noise, " + Text.of(entry) + ",", t);
        }
        Diagnostic fault = Diagnostic.error(
                "E0671", null, "the noise of " + p.name() + " has a negative variance from t = " + at(t) + " on");
        return p.stated().transition().isPresent()
                ? fault.note("the equation that leads to the stated transition has g² = " + Text.of(square))
                        .help("the noise beside the signal, b(t)/s(t) in s(t)*x(0) + b(t)*noise, must not"
                                + " decrease, because noise can only be added")
                : fault.note("g² = " + Text.of(square))
                        .help("the term under the root must be positive at all times of the process; end the"
                                + " time domain before");
    }

    /** Checks the coefficients of the states and the terms without states. */
    private Optional<Diagnostic> drift() {
        return p.drift().stream()
                .flatMap(f -> {
                    Expr written = f.expandCalls();
                    return Stream.concat(
                            p.states().stream().map(x -> Derivative.of(written, x)),
                            Stream.of(written).filter(e -> p.states().stream().allMatch(e::isFreeOf)));
                })
                .flatMap(e -> ofTime(e)
                        .flatMap(a -> pole(e).or(() -> point(scan.first(t -> !Double.isFinite(a.at(t))))
                                .map(t -> withoutValue("a coefficient of its drift, " + Text.of(e) + ",", t))))
                        .stream())
                .findFirst();
    }

    private Optional<Diagnostic> pole(Expr e) {
        return point(Singularity.within(Stream.of(e), p.time(), Transitions.domain(p)))
                .map(t -> withoutValue("a coefficient, " + Text.of(e) + ",", t));
    }

    private Diagnostic withoutValue(String what, double t) {
        return Diagnostic.error("E0671", null, "the process " + p.name() + " has no numbers at t = " + at(t))
                .note(what + " has no value there")
                .help("give it a time domain within which its coefficients are finite");
    }

    /** Compiles an expression that depends on time alone; empty for any other. */
    private Optional<Evaluation> ofTime(Expr e) {
        Expr written = e.expandCalls();
        if (!Set.<Symbol>of(p.time()).containsAll(written.symbols())) {
            return Optional.empty();
        }
        return written.hasSeveral() ? worst(written) : Optional.of(Evaluation.of(written, p.time()));
    }

    /**
     * Returns the worse of the values for the smallest and the largest number of a parameter: one without a value, or the
     * smaller. Empty with two such parameters, since their numbers belong together in pairs.
     */
    private Optional<Evaluation> worst(Expr written) {
        Set<Expr.Parameter> several = written.severalParameters();
        if (several.size() > 1) {
            return Optional.empty();
        }
        return ParameterPoints.of(several.iterator().next()).stream()
                .map(point -> Evaluation.of(point.apply(written), p.time()))
                // Math.min keeps NaN
                .reduce((a, b) -> t -> {
                    double first = a.at(t);
                    double second = b.at(t);
                    return Double.isInfinite(first)
                            ? first
                            : Double.isInfinite(second) ? second : Math.min(first, second);
                });
    }

    private static Optional<Double> point(OptionalDouble t) {
        return t.isPresent() ? Optional.of(t.getAsDouble()) : Optional.empty();
    }

    static String at(double t) {
        return rounded(t, 6);
    }

    static String rounded(double value, int digits) {
        return Text.of(new BigDecimal(value).round(new MathContext(digits)).doubleValue());
    }
}
