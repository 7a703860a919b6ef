package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.ParameterPoints;

/**
 * A time within an interval at which a function becomes singular: 1/(1 − t) at 1. An antiderivative does not show the
 * singularity, and beyond it would give negative variances. The ends of the interval may be singular: derived
 * quantities may have a limit there.
 */
final class Singularity {
    private static final int POINTS = 256;
    private static final double ACCURACY = 1e-13;
    private static final int EVALUATIONS = 100;

    /**
     * Distance from the suspected time: as close as the accuracy of that time allows, to distinguish a pole from a
     * removable singularity.
     */
    private static final double BESIDE = 1e-9;

    private static final double LARGE = 1e6;

    private Singularity() {}

    /** Returns the first singularity found; one that a denominator touches without changing its sign may be missed. */
    static OptionalDouble within(Stream<Expr> functions, Symbol t, TimeDomain domain) {
        return functions
                .flatMapToDouble(f -> suspects(f).stream()
                        .filter(inner -> !inner.isFreeOf(t))
                        .flatMapToDouble(inner -> signChanges(inner, t, domain).stream()
                                .mapToDouble(Double::doubleValue)
                                .filter(at -> ceases(f, t, at))))
                .min();
    }

    /**
     * Returns the expressions that must not be zero or negative: denominators, radicands and arguments of logarithms.
     */
    private static List<Expr> suspects(Expr e) {
        List<Expr> found = new ArrayList<>();
        switch (e) {
            case Power(Expr base, Num n)
            when n.value().signum() < 0 || !n.value().isInteger() -> found.add(base);
            case Apply log when log.function() == Elementary.LOG -> found.add(log.argument());
            case Expr other -> {}
        }
        e.children().forEach(child -> found.addAll(suspects(child)));
        return found;
    }

    /** Tries the smallest and the largest number of a parameter of several; a formula with two such parameters is not tried. */
    private static List<Double> signChanges(Expr e, Symbol t, TimeDomain domain) {
        Set<Expr.Parameter> several = e.severalParameters();
        return several.isEmpty()
                ? signChangesOfOne(e, t, domain)
                : several.size() > 1
                        ? List.of()
                        : ParameterPoints.of(several.iterator().next()).stream()
                                .flatMap(point -> signChangesOfOne(point.apply(e), t, domain).stream())
                                .toList();
    }

    private static List<Double> signChangesOfOne(Expr e, Symbol t, TimeDomain domain) {
        Evaluation f = Evaluation.of(e, t);
        List<Double> found = new ArrayList<>();
        double before = domain.from();
        for (int i = 1; i <= POINTS; i++) {
            double now = domain.from() + (domain.to() - domain.from()) * i / POINTS;
            if (f.at(before) * f.at(now) < 0) {
                found.add(new BrentSolver(ACCURACY, ACCURACY).solve(EVALUATIONS, f::at, before, now));
            } else if (f.at(now) == 0 && i < POINTS) {
                found.add(now);
            }
            before = now;
        }
        return found;
    }

    private static boolean ceases(Expr f, Symbol t, double at) {
        if (f.hasSeveral()) {
            Expr plain = f.expandCalls();
            return ParameterPoints.of(plain).stream().skip(1).anyMatch(point -> ceases(point.apply(plain), t, at));
        }
        double distance = BESIDE * Math.max(1, Math.abs(at));
        Evaluation value = Evaluation.of(f, t);
        return isLarge(value.at(at - distance)) || isLarge(value.at(at + distance));
    }

    private static boolean isLarge(double value) {
        return !(Math.abs(value) < LARGE);
    }
}
