package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.sdescript.algebra.Condition;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;

/**
 * A seeded random function of time, as a formula and, independently, as a hand-written Java function.
 *
 * @param kinks the times of its jumps and kinks
 */
record Coefficient(Expr formula, DoubleUnaryOperator number, List<Double> kinks) {
    static final Symbol T = Expr.symbol("t");

    /** Returns a function that is never zero or infinite for t in [0, 2], of moderate size. */
    static Coefficient of(Random random, int depth) {
        if (depth > 0) {
            Coefficient a = of(random, depth - 1);
            Coefficient b = of(random, depth - 1);
            switch (random.nextInt(6)) {
                case 0:
                    return both(
                            a,
                            b,
                            a.formula.plus(b.formula),
                            t -> a.number.applyAsDouble(t) + b.number.applyAsDouble(t));
                case 1:
                    return both(
                            a,
                            b,
                            a.formula.times(b.formula),
                            t -> a.number.applyAsDouble(t) * b.number.applyAsDouble(t));
                case 2:
                    double edge = decimal(random, 0.1, 0.9);
                    return both(
                                    a,
                                    b,
                                    Expr.choice(Condition.greater(Expr.of(edge), T), a.formula, b.formula),
                                    t -> t < edge ? a.number.applyAsDouble(t) : b.number.applyAsDouble(t))
                            .bentAt(edge);
                default:
                    return a;
            }
        }
        return simple(random, random.nextInt(28));
    }

    /** Returns one of the few kinds whose integrals mostly have a closed form. */
    static Coefficient plain(Random random) {
        int[] kinds = {0, 1, 2, 3, 4, 5, 6, 12, 24, 26, 27};
        return simple(random, kinds[random.nextInt(kinds.length)]);
    }

    private static Coefficient both(Coefficient a, Coefficient b, Expr formula, DoubleUnaryOperator number) {
        List<Double> kinks = new ArrayList<>(a.kinks);
        kinks.addAll(b.kinks);
        return new Coefficient(formula, number, kinks);
    }

    private Coefficient bentAt(double kink) {
        List<Double> all = new ArrayList<>(kinks);
        all.add(kink);
        return new Coefficient(formula, number, all);
    }

    private static double decimal(Random random, double low, double high) {
        return Math.round(100 * (low + (high - low) * random.nextDouble())) / 100.0;
    }

    private static Coefficient smooth(Expr formula, DoubleUnaryOperator number) {
        return new Coefficient(formula, number, List.of());
    }

    private static Coefficient simple(Random random, int kind) {
        double a = decimal(random, 0.1, 3);
        double b = decimal(random, 0.1, 2);
        double k = decimal(random, 0.5, 6);
        double c = decimal(random, 0.1, 0.9);
        Expr ea = Expr.of(a);
        Expr eb = Expr.of(b);
        Expr ek = Expr.of(k);
        Expr kt = ek.times(T);
        Expr line = T.minus(Expr.of(c));
        return switch (kind) {
            case 0 -> smooth(ea, t -> a);
            case 1 -> smooth(ea.plus(eb.times(T)), t -> a + b * t);
            case 2 -> smooth(T.pow(2), t -> t * t);
            case 3 -> smooth(ea.plus(eb.times(T.pow(3))), t -> a + b * t * t * t);
            case 4 -> smooth(Expr.exp(kt.negate()), t -> Math.exp(-k * t));
            case 5 -> smooth(Expr.exp(eb.times(T)), t -> Math.exp(b * t));
            case 6 -> {
                double near = 1 + Math.pow(10, -random.nextInt(6, 14));
                yield smooth(Expr.exp(Expr.of(near).times(T).negate()), t -> Math.exp(-near * t));
            }
            case 7 -> smooth(Expr.of(1.5).plus(Expr.sin(kt)), t -> 1.5 + Math.sin(k * t));
            case 8 -> smooth(Expr.ONE.over(Expr.of(2).plus(Expr.cos(kt))), t -> 1 / (2 + Math.cos(k * t)));
            case 9 ->
                smooth(
                        Expr.ONE.over(Expr.of(3).plus(Expr.sin(kt).times(Expr.of(2)))),
                        t -> 1 / (3 + 2 * Math.sin(k * t)));
            case 10 ->
                smooth(
                        Expr.of(2).plus(Expr.sin(kt)).over(Expr.of(2).plus(Expr.cos(kt))),
                        t -> (2 + Math.sin(k * t)) / (2 + Math.cos(k * t)));
            case 11 -> smooth(Expr.sqrt(T.plus(eb)), t -> Math.sqrt(t + b));
            case 12 -> smooth(Expr.power(T, Expr.ratio(3, 2)), t -> t * Math.sqrt(t));
            case 13 -> smooth(Expr.sqrt(T), Math::sqrt);
            case 14 ->
                smooth(Expr.apply(Elementary.ABS, line).plus(Expr.of(0.1)), t -> Math.abs(t - c) + 0.1)
                        .bentAt(c);
            case 15 ->
                smooth(Expr.apply(Elementary.MAX, T, Expr.of(c)), t -> Math.max(t, c))
                        .bentAt(c);
            case 16 ->
                smooth(Expr.apply(Elementary.MIN, T, Expr.of(c)), t -> Math.min(t, c))
                        .bentAt(c);
            case 17 ->
                smooth(
                        Expr.ONE.plus(Expr.apply(Elementary.TANH, ek.times(line))),
                        t -> 2 / (1 + Math.exp(-2 * k * (t - c))));
            case 18 -> smooth(Expr.log(Expr.ONE.plus(kt)), t -> Math.log1p(k * t));
            case 19 -> smooth(Expr.log(Expr.ONE.plus(Expr.exp(kt))), t -> Math.log1p(Math.exp(k * t)));
            case 20 ->
                smooth(
                        Expr.ONE.over(Expr.ONE.plus(Expr.exp(ek.times(line).negate()))),
                        t -> 1 / (1 + Math.exp(-k * (t - c))));
            case 21 -> smooth(Expr.ONE.over(Expr.ONE.plus(T).plus(T.pow(2))), t -> 1 / (1 + t + t * t));
            case 22 -> smooth(T.plus(Expr.ONE).over(Expr.ONE.plus(T).plus(T.pow(2))), t -> (1 + t) / (1 + t + t * t));
            case 23 -> smooth(Expr.apply(Elementary.ATAN, kt), t -> Math.atan(k * t));
            case 24 -> smooth(Expr.ONE.over(T.plus(eb)), t -> 1 / (t + b));
            case 25 -> smooth(Expr.of(0.001), t -> 0.001);
            case 26 -> smooth(Expr.of(0.05).plus(Expr.of(1e-4).times(T)), t -> 0.05 + 1e-4 * t);
            default -> smooth(Expr.apply(Elementary.COSH, line), t -> Math.cosh(t - c));
        };
    }
}
