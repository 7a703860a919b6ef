package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Call;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Constant;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Parameter;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Expr.Tabulated;

/** Lowers the stable form of an expression to any {@link Arithmetic}; equal subexpressions are lowered once. */
public final class Lowering<T> {
    private static final int LARGEST_MULTIPLIED_POWER = 16;

    private final Arithmetic<T> to;
    private final Map<Expr, T> done = new HashMap<>();

    private Lowering(Arithmetic<T> to) {
        this.to = to;
    }

    public static <T> T of(Expr e, Arithmetic<T> to) {
        return ofStable(StableForm.of(e), to);
    }

    /** Lowers several expressions, which share their common subexpressions. */
    public static <T> List<T> of(List<Expr> expressions, Arithmetic<T> to) {
        Lowering<T> lowering = new Lowering<>(to);
        return expressions.stream().map(StableForm::of).map(lowering::lower).toList();
    }

    /** Lowers a form that is already stable. */
    public static <T> T ofStable(Expr e, Arithmetic<T> to) {
        return new Lowering<>(to).lower(e);
    }

    private T lower(Expr e) {
        T known = done.get(e);
        if (known == null) {
            known = e.isNumber() && to != DoubleArithmetic.ARITHMETIC
                    ? to.constant(ofStable(e, DoubleArithmetic.ARITHMETIC))
                    : node(e);
            done.put(e, known);
        }
        return known;
    }

    private T node(Expr e) {
        return switch (e) {
            case Num n -> to.constant(n.value().doubleValue());
            case Constant c -> to.constant(c.value());
            case Parameter p -> to.parameter(p);
            case Symbol s -> to.symbol(s);
            case Sum s -> sum(s.terms());
            case Product p -> product(p.factors());
            case Power(Expr base, Num n)
            when n.value().signum() < 0 ->
                to.divide(
                        to.constant(1), lower(new Power(base, Expr.of(n.value().negate()))));
            case Power(Expr base, Num n) -> power(lower(base), n.value());
            case Power(Expr base, Expr exponent) -> to.power(lower(base), lower(exponent));
            case Apply a ->
                to.apply(a.function(), a.arguments().stream().map(this::lower).toList());
            case Call c -> lower(StableForm.of(c));
            case Choice(Condition(var relation, Expr u), Expr then, Expr otherwise) ->
                to.choose(relation, lower(u), lower(then), lower(otherwise));
            case Tabulated f -> to.interpolate(f.values(), lower(f.argument()));
        };
    }

    private T power(T base, Rational exponent) {
        Rational half = exponent.minus(Rational.HALF);
        if (exponent.isInteger()) {
            return whole(base, exponent);
        }
        if (half.isZero()) {
            return to.sqrt(base);
        }
        return half.isInteger() && half.compareTo(Rational.of(LARGEST_MULTIPLIED_POWER)) <= 0
                ? to.multiply(whole(base, half), to.sqrt(base))
                : to.power(base, to.constant(exponent.doubleValue()));
    }

    private T whole(T base, Rational exponent) {
        if (exponent.isOne()) {
            return base;
        }
        if (exponent.compareTo(Rational.of(LARGEST_MULTIPLIED_POWER)) > 0) {
            return to.power(base, to.constant(exponent.doubleValue()));
        }
        int n = exponent.intValue();
        T half = whole(base, Rational.of(n / 2));
        T even = to.multiply(half, half);
        return n % 2 == 0 ? even : to.multiply(even, base);
    }

    /** Subtracts the negative terms from the positive ones, the lighter first. */
    private T sum(List<Expr> terms) {
        List<T> positive = new ArrayList<>();
        List<T> negative = new ArrayList<>();
        for (Expr term : terms) {
            boolean minus = isNegative(term);
            (minus ? negative : positive).add(lower(minus ? negated(term) : term));
        }
        TreeMap<Integer, T> added = byWeight(positive, to::add);
        TreeMap<Integer, T> subtracted = byWeight(negative, to::add);
        T total = null;
        boolean totalIsNegative = false;
        for (int weight : weights(added, subtracted)) {
            T plus = added.get(weight);
            T minus = subtracted.get(weight);
            T group = plus == null ? Objects.requireNonNull(minus) : minus == null ? plus : to.subtract(plus, minus);
            boolean groupIsNegative = plus == null;
            if (total == null) {
                total = group;
                totalIsNegative = groupIsNegative;
            } else if (totalIsNegative == groupIsNegative) {
                total = to.add(total, group);
            } else {
                total = totalIsNegative ? to.subtract(group, total) : to.subtract(total, group);
                totalIsNegative = false;
            }
        }
        T sum = Objects.requireNonNull(total);
        return totalIsNegative ? to.negate(sum) : sum;
    }

    private static boolean isNegative(Expr term) {
        return Term.of(term).coefficient().signum() < 0;
    }

    /** Returns the term without its minus sign, in its stable form. */
    private static Expr negated(Expr term) {
        Term split = Term.of(term);
        return new Term(split.coefficient().negate(), split.rest()).toExpr();
    }

    /** Divides the numerators by the denominators, the lighter first; a sign goes to the lightest. */
    private T product(List<Expr> factors) {
        List<T> above = new ArrayList<>();
        List<T> below = new ArrayList<>();
        boolean minus = false;
        for (Expr factor : factors) {
            if (factor instanceof Num n && n.value().abs().isOne()) {
                minus ^= n.value().signum() < 0;
            } else if (factor instanceof Power(Expr base, Num n) && n.value().signum() < 0) {
                below.add(lower(
                        n.value().equals(Rational.MINUS_ONE)
                                ? base
                                : new Power(base, Expr.of(n.value().negate()))));
            } else {
                above.add(lower(factor));
            }
        }
        if (above.isEmpty() && below.isEmpty()) {
            above.add(to.constant(1));
        }
        TreeMap<Integer, T> numerators = byWeight(above, to::multiply);
        TreeMap<Integer, T> denominators = byWeight(below, to::multiply);
        T total = null;
        T divisor = null;
        for (int weight : weights(numerators, denominators)) {
            T numerator = numerators.get(weight);
            T denominator = denominators.get(weight);
            if (total == null && numerator == null && numerators.higherKey(weight) != null) {
                T factor = Objects.requireNonNull(denominator);
                divisor = divisor == null ? factor : to.multiply(divisor, factor);
                continue;
            }
            total = fraction(total, numerator, denominator);
            if (divisor != null) {
                total = to.divide(total, minus ? to.negate(divisor) : divisor);
                divisor = null;
                minus = false;
            }
            if (minus) {
                total = to.negate(total);
                minus = false;
            }
        }
        return Objects.requireNonNull(total);
    }

    /** Returns total · numerator / denominator. Absent operands are null; at least one is present. */
    private T fraction(@Nullable T total, @Nullable T numerator, @Nullable T denominator) {
        T product = total == null || numerator == null
                ? (total == null ? numerator : total)
                : to.multiply(total, numerator);
        if (denominator == null) {
            return Objects.requireNonNull(product);
        }
        return to.divide(product == null ? to.constant(1) : product, denominator);
    }

    private TreeMap<Integer, T> byWeight(List<T> values, BinaryOperator<T> combine) {
        TreeMap<Integer, T> groups = new TreeMap<>();
        values.forEach(value -> groups.merge(to.weight(value), value, combine));
        return groups;
    }

    private TreeSet<Integer> weights(TreeMap<Integer, T> some, TreeMap<Integer, T> others) {
        TreeSet<Integer> weights = new TreeSet<>(some.keySet());
        weights.addAll(others.keySet());
        return weights;
    }
}
