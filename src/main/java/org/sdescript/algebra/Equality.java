package org.sdescript.algebra;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.sdescript.algebra.Expr.Symbol;

/** Decides if two expressions are the same function where both are defined. */
public final class Equality {
    private static final int POINTS = 24;
    private static final int ENOUGH = 6;
    private static final int FEW_DIGITS = 40;
    private static final int MANY_DIGITS = 80;
    private static final double LARGEST = 4;

    /** The result of a comparison. */
    public enum Verdict {
        EQUAL,
        DIFFERENT,
        /**
         * Algebra proves nothing, and the expressions agree to {@value #FEW_DIGITS} digits at every tried point that
         * has values, or no such point has any.
         */
        UNDECIDED
    }

    private Equality() {}

    /**
     * Compares canonical forms, multiplied out over a common denominator. {@code true} is a proof; {@code false} proves
     * nothing.
     */
    public static boolean proved(Expr a, Expr b) {
        return proved(a, b, Assumptions.NONE);
    }

    public static boolean proved(Expr a, Expr b, Assumptions under) {
        if (a.equals(b)) {
            return true;
        }
        Expr difference = Refinement.of(a.expandCalls().minus(b.expandCalls()), under);
        try {
            return Expansion.of(difference).isZero()
                    || Quotient.vanishes(difference)
                    || !under.isEmpty()
                            && Quotient.vanishes(
                                    Refinement.of(Quotient.of(difference).toExpr(), under));
        } catch (ArithmeticException undefined) {
            return false;
        }
    }

    /** Returns EQUAL by proof, DIFFERENT if the values differ at one point beyond rounding, otherwise UNDECIDED. */
    public static Verdict decide(Expr a, Expr b, Assumptions under) {
        if (proved(a, b, under)) {
            return Verdict.EQUAL;
        }
        Random random = new Random(20_21);
        Spread spread = Spread.of(a, b, under);
        for (int i = 0; i < POINTS; i++) {
            if (differ(spread.a, spread.b, point(spread.a, spread.b, spread.under, random, i))) {
                return Verdict.DIFFERENT;
            }
        }
        return Verdict.UNDECIDED;
    }

    /**
     * Expressions in which parameters of several numbers are symbols with the parameters' ranges, so that each point
     * has other numbers: equality at one of them proves nothing for the others.
     */
    private record Spread(Expr a, Expr b, Assumptions under) {
        static Spread of(Expr a, Expr b, Assumptions under) {
            if (!a.hasSeveral() && !b.hasSeveral()) {
                return new Spread(a, b, under);
            }
            Expr left = a.expandCalls();
            Expr right = b.expandCalls();
            Assumptions all = under;
            for (Map.Entry<Expr.Parameter, Symbol> each :
                    ParameterPoints.symbols(left, right).entrySet()) {
                left = left.replace(each.getKey(), each.getValue());
                right = right.replace(each.getKey(), each.getValue());
                all = all.and(Assumptions.in(each.getValue(), each.getKey().range()));
            }
            return new Spread(left, right, all);
        }
    }

    private static Map<Symbol, BigDecimal> point(Expr a, Expr b, Assumptions under, Random random, int i) {
        Map<Symbol, BigDecimal> point = new HashMap<>();
        for (Symbol symbol : symbols(a, b)) {
            point.put(symbol, BigDecimal.valueOf(draw(under.range(symbol), random, i)));
        }
        return point;
    }

    /** Draws a coordinate. Every other point is small and positive, since roots and logarithms have values there. */
    private static double draw(Interval range, Random random, int i) {
        double share = (1 + random.nextInt(9998)) / 10_000.0;
        double low = range.lower().map(bound -> bound.at().doubleValue()).orElse(i % 2 == 0 ? 0 : -LARGEST);
        double high = range.upper().map(bound -> bound.at().doubleValue()).orElse(low + (i % 2 == 0 ? 2 : 2 * LARGEST));
        return Math.min(high, Math.max(low, low + share * (high - low)));
    }

    /** True if the difference persists when evaluated with twice the digits: such a difference is no rounding error. */
    private static boolean differ(Expr a, Expr b, Map<Symbol, BigDecimal> point) {
        Optional<BigDecimal> coarse = difference(a, b, point, FEW_DIGITS);
        if (coarse.isEmpty() || coarse.get().signum() == 0) {
            return false;
        }
        return difference(a, b, point, MANY_DIGITS)
                .filter(fine ->
                        fine.subtract(coarse.get()).abs().compareTo(fine.abs().movePointLeft(3)) < 0)
                .isPresent();
    }

    private static Optional<BigDecimal> difference(Expr a, Expr b, Map<Symbol, BigDecimal> point, int digits) {
        try {
            return Optional.of(DecimalEvaluation.of(a, point, digits).subtract(DecimalEvaluation.of(b, point, digits)));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    /**
     * True if equality is proved, or both agree to 1e-8 relative at random points of (0, 1.5) where both have a value.
     */
    public static boolean probably(Expr a, Expr b) {
        return proved(a, b) || atRandomPoints(Spread.of(a, b, Assumptions.NONE));
    }

    /** Like {@link #probably(Expr, Expr)}, at points where the assumptions hold. */
    public static boolean probably(Expr a, Expr b, Assumptions under) {
        return proved(a, b, under) || atRandomPoints(Spread.of(a, b, under));
    }

    private static boolean atRandomPoints(Spread spread) {
        Expr a = spread.a;
        Expr b = spread.b;
        Assumptions under = spread.under;
        Symbol[] symbols = symbols(a, b).toArray(Symbol[]::new);
        Evaluation left = Evaluation.of(a, symbols);
        Evaluation right = Evaluation.of(b, symbols);
        Random random = new Random(20_21);
        int compared = 0;
        for (int i = 0; i < POINTS; i++) {
            double[] point = new double[symbols.length];
            for (int k = 0; k < point.length; k++) {
                boolean free = under.range(symbols[k]).equals(Interval.REALS);
                point[k] = free ? random.nextDouble(0.05, 1.5) : draw(under.range(symbols[k]), random, i);
            }
            double x = left.at(point);
            double y = right.at(point);
            if (Double.isFinite(x) && Double.isFinite(y)) {
                compared++;
                if (Math.abs(x - y) > 1e-8 * Math.max(1e-3, Math.max(Math.abs(x), Math.abs(y)))) {
                    return false;
                }
            }
        }
        return compared >= ENOUGH;
    }

    private static Set<Symbol> symbols(Expr a, Expr b) {
        Set<Symbol> names = new LinkedHashSet<>(a.symbols());
        names.addAll(b.symbols());
        return names;
    }
}
