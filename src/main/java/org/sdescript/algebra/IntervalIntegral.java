package org.sdescript.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sdescript.algebra.Expr.Symbol;

/**
 * ∫ f from a limit, as a formula that holds on a whole interval. An antiderivative by {@link Integral} has the right
 * slope but may jump, as atan(tan(t/2)) does at t = π. An antiderivative is accepted only if it agrees with quadrature
 * on each of some fifty parts of the interval, including short ones near its start.
 */
public final class IntervalIntegral {
    private static final int UNIFORM_PARTS = 32;
    private static final int GRADED_PARTS = 20;

    /** Parts before a pole at the end. Closer to the pole, rounding of the times makes the integrand inaccurate. */
    private static final int LAST_PARTS = 8;

    /** Relative to the integral of |f| over a part: well above the error of the quadrature, far below any jump. */
    private static final double TOLERANCE = 1e-9;

    /**
     * An integrand that grows by this factor in the last part has a pole at the end, where rounding may leave it
     * finite: tan(½ π t) at 1.
     */
    private static final double POLE = 1e6;

    private static final int DIGITS = 60;

    /** The range that represents all numbers; no part of it ends at a whole number. */
    private static final double WIDE_FROM = -9.71;

    private static final double LEAST = 1e-3;
    private static final double WIDE_TO = 10.27;

    /** Smallest jump of an antiderivative, relative to the integral of |f| over a part; well above rounding of both. */
    private static final double STEP = 1e-6;

    private static final double ROUNDING = 1e-12;
    private static final int HALVINGS = 30;

    /** Distances 10^−n from a limit at which a term is checked to vanish. */
    private static final int[] NEAR = {20, 40, 80};

    private final Expr integrand;
    private final Symbol by;
    private final double from;
    private final double to;

    private IntervalIntegral(Expr integrand, Symbol by, double from, double to) {
        this.integrand = integrand;
        this.by = by;
        this.from = from;
        this.to = to;
    }

    /**
     * Returns ∫ from a number to {@code by} for all values of {@code by} up to {@code to}; empty if no formula holds
     * throughout.
     */
    public static Optional<Expr> of(Expr integrand, Symbol by, Expr from, double to) {
        double start = Evaluation.of(from);
        IntervalIntegral interval = new IntervalIntegral(integrand.expandCalls(), by, start, to);
        return Integral.all(integrand, by, Assumptions.NONE)
                .flatMap(found -> interval.limit(found, from).map(lower -> Expansion.of(found.minus(lower))).stream())
                .filter(interval::holdsForAll)
                .findFirst();
    }

    /**
     * Returns an antiderivative without a jump for values of {@code by} up to 10 where the integrand is continuous; if
     * every antiderivative found jumps, the first of them with the position of its jump. Empty if none was found.
     */
    public static Optional<Found> everywhere(Expr integrand, Symbol by, Assumptions under) {
        boolean positive = under.range(by).isNonNegative();
        IntervalIntegral range =
                new IntervalIntegral(integrand.expandCalls(), by, positive ? LEAST : WIDE_FROM, WIDE_TO);
        List<Found> found = Integral.all(integrand, by, under)
                .map(each -> new Found(each, range.step(each)))
                .toList();
        return found.stream().filter(each -> each.step().isEmpty()).findFirst().or(() -> found.stream()
                .findFirst());
    }

    /** An antiderivative, and the position where it jumps though the integrand is continuous. */
    public record Found(Expr antiderivative, OptionalDouble step) {}

    /** Returns the position of a jump within the parts on which quadrature of the integrand succeeds. */
    private OptionalDouble step(Expr function) {
        Expr plain = function.expandCalls();
        Symbol[] symbols = symbols(plain);
        Evaluation slope = Evaluation.of(integrand, symbols);
        Evaluation value = Evaluation.of(plain, symbols);
        double[] point = new double[symbols.length];
        for (int i = 1; i < point.length; i++) {
            point[i] = other(i);
        }
        for (int i = 1; i <= UNIFORM_PARTS; i++) {
            double low = from + (to - from) * (i - 1) / UNIFORM_PARTS;
            double high = from + (to - from) * i / UNIFORM_PARTS;
            OptionalDouble measured = GaussLegendre.of(t -> at(slope, point, t), low, high);
            if (measured.isPresent()) {
                double quadrature = measured.getAsDouble();
                double size = GaussLegendre.size(t -> at(slope, point, t), low, high);
                double difference = at(value, point, high) - at(value, point, low);
                double rounding = ROUNDING * Math.abs(at(value, point, high));
                if (Math.abs(difference - quadrature) > STEP * size + rounding) {
                    return OptionalDouble.of(within(value, slope, point, low, high));
                }
            }
        }
        return OptionalDouble.empty();
    }

    /** Locates the jump by bisection, towards the half with the larger disagreement. */
    private double within(Evaluation value, Evaluation slope, double[] point, double low, double high) {
        double left = low;
        double right = high;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = left + (right - left) / 2;
            double first = at(value, point, middle) - at(value, point, left);
            double second = at(value, point, right) - at(value, point, middle);
            double rate = at(slope, point, middle) * (right - left) / 2;
            if (Math.abs(first - rate) > Math.abs(second - rate)) {
                right = middle;
            } else {
                left = middle;
            }
        }
        return right;
    }

    /**
     * Returns the value at the lower limit. Terms without a value there count as 0 if they vanish at the limit: t log t
     * → 0.
     */
    private Optional<Expr> limit(Expr found, Expr at) {
        try {
            return Optional.of(found.with(by, at));
        } catch (ArithmeticException undefined) {
            List<Expr> terms = new ArrayList<>();
            for (Expr term : Term.termsOf(Expansion.of(found.expandCalls()))) {
                try {
                    terms.add(term.with(by, at));
                } catch (ArithmeticException noValue) {
                    if (!vanishes(term)) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.of(Expr.sum(terms));
        }
    }

    private boolean vanishes(Expr term) {
        try {
            BigDecimal last = null;
            for (int power : NEAR) {
                BigDecimal at = new BigDecimal(from).add(BigDecimal.ONE.movePointLeft(power));
                BigDecimal value = DecimalEvaluation.of(term, values(term, at), DIGITS + power)
                        .abs();
                if (last != null && value.compareTo(last.movePointLeft(1)) > 0) {
                    return false;
                }
                last = value;
            }
            return true;
        } catch (ArithmeticException undefined) {
            return false;
        }
    }

    /** True if the function agrees with quadrature for each of several numbers that a parameter has. */
    private boolean holdsForAll(Expr function) {
        Expr plain = function.expandCalls();
        try {
            return ParameterPoints.of(integrand, plain).stream()
                    .allMatch(point ->
                            new IntervalIntegral(point.apply(integrand), by, from, to).holds(point.apply(plain)));
        } catch (ArithmeticException undefined) {
            return false;
        }
    }

    /**
     * True if the function agrees with quadrature on every part.
     *
     * @param function 0 at the lower end, where its formula may have no value
     */
    private boolean holds(Expr function) {
        Expr plain = function.expandCalls();
        Symbol[] symbols = symbols(plain);
        Evaluation slope = Evaluation.of(integrand, symbols);
        Evaluation value = Evaluation.of(plain, symbols);
        double[] point = new double[symbols.length];
        for (int i = 1; i < point.length; i++) {
            point[i] = other(i);
        }
        double before = at(slope, point, to - (to - from) / UNIFORM_PARTS);
        List<Double> edges = edges(Math.abs(at(slope, point, to)) < POLE * Math.max(1, Math.abs(before)));
        for (int i = 1; i < edges.size(); i++) {
            double low = edges.get(i - 1);
            double high = edges.get(i);
            double size = GaussLegendre.size(t -> at(slope, point, t), low, high);
            if (isBeyondDoubles(at(slope, point, low), at(slope, point, high))) {
                continue;
            }
            OptionalDouble measured = GaussLegendre.of(t -> at(slope, point, t), low, high);
            if (measured.isEmpty()) {
                measured = Quadrature.of(t -> at(slope, point, t), low, high);
            }
            if (measured.isEmpty()) {
                return false;
            }
            double quadrature = measured.getAsDouble();
            double difference = at(value, point, high) - (i == 1 ? 0 : at(value, point, low));
            boolean same = Math.abs(difference - quadrature) <= TOLERANCE * size
                    || Math.abs(precise(plain, low, high) - quadrature) <= TOLERANCE * size;
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Returns all symbols, {@code by} first. */
    private Symbol[] symbols(Expr plain) {
        List<Symbol> all = new ArrayList<>(List.of(by));
        plain.symbols().stream().filter(s -> !all.contains(s)).forEach(all::add);
        integrand.symbols().stream().filter(s -> !all.contains(s)).forEach(all::add);
        return all.toArray(Symbol[]::new);
    }

    /** Returns an arbitrary value for another symbol. */
    private static double other(int place) {
        return 0.7 + 0.1 * place;
    }

    private static double at(Evaluation f, double[] point, double t) {
        point[0] = t;
        return f.at(point);
    }

    private static boolean isBeyondDoubles(double low, double high) {
        return Double.isInfinite(low) && Double.isInfinite(high);
    }

    /**
     * Returns the ends of the parts: short parts at the start, then equal ones, then short ones before an end without a
     * value.
     */
    private List<Double> edges(boolean reachesEnd) {
        double width = (to - from) / UNIFORM_PARTS;
        List<Double> edges = new ArrayList<>(List.of(from));
        for (int k = GRADED_PARTS; k > 0; k--) {
            edges.add(from + Math.scalb(width, -k));
        }
        for (int i = 1; i < UNIFORM_PARTS; i++) {
            edges.add(from + i * width);
        }
        if (reachesEnd) {
            edges.add(to);
        } else {
            for (int k = 1; k <= LAST_PARTS; k++) {
                edges.add(to - Math.scalb(width, -k));
            }
        }
        return edges;
    }

    /** Returns the difference in many digits, since antiderivatives may be large where their difference is small. */
    private double precise(Expr plain, double low, double high) {
        try {
            return precise(plain, high)
                    .subtract(low == from ? BigDecimal.ZERO : precise(plain, low))
                    .doubleValue();
        } catch (ArithmeticException undefined) {
            return Double.NaN;
        }
    }

    private BigDecimal precise(Expr plain, double t) {
        return DecimalEvaluation.of(plain, values(plain, new BigDecimal(t)), DIGITS);
    }

    private Map<Symbol, BigDecimal> values(Expr plain, BigDecimal t) {
        Map<Symbol, BigDecimal> values = new HashMap<>();
        Symbol[] symbols = symbols(plain);
        for (int i = 0; i < symbols.length; i++) {
            values.put(symbols[i], i == 0 ? t : new BigDecimal(other(i)));
        }
        return values;
    }
}
