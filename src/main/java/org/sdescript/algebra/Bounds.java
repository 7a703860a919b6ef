package org.sdescript.algebra;

import java.util.List;
import java.util.Optional;
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

/**
 * The interval of an expression's values, given the intervals of its symbols. Interval arithmetic: exact for rational
 * operations, widened outwards where a function is computed in double. The interval always contains the values but need
 * not be tight.
 */
final class Bounds {
    private static final Interval UNIT = Interval.of(Rational.MINUS_ONE, Rational.ONE);
    private static final Interval PI =
            new Interval(Interval.open(Interval.near(Math.PI, false)), Interval.open(Interval.near(Math.PI, true)));
    private static final double LARGEST_EXPONENT = 700;

    private final Assumptions under;

    private Bounds(Assumptions under) {
        this.under = under;
    }

    static Interval of(Expr e, Assumptions under) {
        return new Bounds(under).of(e);
    }

    private Interval of(Expr e) {
        return switch (e) {
            case Num n -> Interval.point(n.value());
            case Constant c -> PI;
            case Parameter p -> p.range();
            case Symbol s -> under.range(s);
            case Sum(List<Expr> terms) ->
                terms.stream().map(this::of).reduce(Interval::plus).orElseThrow();
            case Product(List<Expr> factors) ->
                factors.stream().map(this::of).reduce(Interval::times).orElseThrow();
            case Power(Expr base, Num n)
            when n.value().isSmallInteger() -> of(base).power(n.value().intValue());
            case Power(Expr base, Num n) -> fractional(of(base), n.value());
            case Power(Expr base, Expr exponent) -> Interval.REALS;
            case Apply a -> ofApplication(a);
            case Call c -> of(c.expanded());
            case Tabulated f -> Interval.REALS;
            case Choice c -> of(c.then()).hull(of(c.otherwise()));
        };
    }

    /** Returns the interval of u^r for a fraction r; u^r is defined for u ≥ 0 only. */
    private static Interval fractional(Interval base, Rational r) {
        Interval defined = base.meet(Interval.NON_NEGATIVE);
        double exponent = r.abs().doubleValue();
        Interval raised = defined.rising(u -> Math.pow(u, exponent))
                .meet(defined.isPositive() ? Interval.POSITIVE : Interval.NON_NEGATIVE);
        return r.signum() > 0 ? raised : raised.reciprocal();
    }

    private Interval ofApplication(Apply a) {
        Interval u = of(a.argument());
        return switch (a.function()) {
            case EXP -> exponential(u);
            case LOG -> logarithm(u);
            case SIN -> cosine(turned(a.argument(), Rational.MINUS_ONE));
            case COS -> cosine(turned(a.argument(), Rational.ZERO));
            case SINH -> odd(u, Math::sinh);
            case COSH -> new Interval(Interval.closed(Rational.ONE), Optional.empty());
            case TANH -> odd(u, Math::tanh).meet(UNIT);
            case ATAN -> odd(u, Math::atan);
            case ERF -> odd(u, Elementary.ERF::at).meet(UNIT);
            case EXPM1 -> odd(u, Math::expm1);
            case LOG1P -> odd(u.meet(new Interval(Interval.open(Rational.MINUS_ONE), Optional.empty())), Math::log1p);
            case ABS ->
                u.isNonNegative()
                        ? u
                        : u.negate().isNonNegative()
                                ? u.negate()
                                : u.hull(u.negate()).meet(Interval.NON_NEGATIVE);
            case SIGN ->
                u.isPositive()
                        ? Interval.point(Rational.ONE)
                        : u.isNonNegative() ? Interval.of(Rational.ZERO, Rational.ONE) : UNIT;
            case MAX -> atLeast(u, of(a.arguments().get(1)));
            case MIN -> atLeast(u.negate(), of(a.arguments().get(1)).negate()).negate();
            case TAN -> Interval.REALS;
        };
    }

    private static Interval atLeast(Interval u, Interval v) {
        return new Interval(u.meet(v).lower(), u.hull(v).upper());
    }

    private static Interval exponential(Interval u) {
        Interval low =
                u.upper().filter(b -> b.at().doubleValue() > LARGEST_EXPONENT).isPresent()
                        ? new Interval(u.lower(), Optional.empty())
                        : u;
        Interval safe = low.lower()
                        .filter(b -> Math.abs(b.at().doubleValue()) > LARGEST_EXPONENT)
                        .isPresent()
                ? new Interval(Optional.empty(), low.upper())
                : low;
        Interval raised = safe.rising(Math::exp).meet(Interval.POSITIVE);
        return u.isNonNegative()
                ? raised.meet(new Interval(Interval.closed(Rational.ONE), Optional.empty()))
                : u.negate().isNonNegative()
                        ? raised.meet(new Interval(Optional.empty(), Interval.closed(Rational.ONE)))
                        : raised;
    }

    private static Interval logarithm(Interval u) {
        if (!u.isPositive() || u.lower().orElseThrow().at().isZero()) {
            Optional<Interval.Bound> top = u.upper().filter(b -> b.at().signum() > 0);
            return new Interval(Optional.empty(), top.flatMap(b -> new Interval(Optional.empty(), top)
                    .rising(Math::log)
                    .upper()));
        }
        return u.rising(Math::log);
    }

    /** Returns the interval of a rising odd function, whose sign is certain where the sign of the argument is. */
    private static Interval odd(Interval u, java.util.function.DoubleUnaryOperator f) {
        Interval plain = finite(u).rising(f);
        return u.isPositive()
                ? plain.meet(Interval.POSITIVE)
                : u.isNonNegative()
                        ? plain.meet(Interval.NON_NEGATIVE)
                        : u.negate().isPositive()
                                ? plain.meet(Interval.POSITIVE.negate())
                                : u.negate().isNonNegative() ? plain.meet(Interval.NON_NEGATIVE.negate()) : plain;
    }

    private static Interval finite(Interval u) {
        return new Interval(
                u.lower().filter(b -> Math.abs(b.at().doubleValue()) < LARGEST_EXPONENT),
                u.upper().filter(b -> Math.abs(b.at().doubleValue()) < LARGEST_EXPONENT));
    }

    /** Returns the angle in quarter turns plus {@code by}; exact for a multiple of π. */
    private Interval turned(Expr angle, Rational by) {
        Expr parts = Expansion.of(angle.over(Expr.PI).times(Expr.of(2)));
        return of(parts).plus(Interval.point(by));
    }

    /** Returns cos of an interval of quarter turns: −1 at 2 modulo 4, 1 at 0, monotonic between. */
    private static Interval cosine(Interval quarters) {
        if (quarters.lower().isEmpty() || quarters.upper().isEmpty()) {
            return UNIT;
        }
        Interval.Bound from = quarters.lower().get();
        Interval.Bound to = quarters.upper().get();
        Interval ends = cosine(from).hull(cosine(to));
        Optional<Interval.Bound> low = reaches(from.at(), to.at(), 2) ? UNIT.lower() : ends.lower();
        Optional<Interval.Bound> high = reaches(from.at(), to.at(), 0) ? UNIT.upper() : ends.upper();
        return new Interval(low, high).meet(UNIT);
    }

    private static boolean reaches(Rational from, Rational to, int phase) {
        Rational turns = to.minus(Rational.of(phase)).over(Rational.of(4));
        Rational last = new Rational(turns.floor(), java.math.BigInteger.ONE)
                .times(Rational.of(4))
                .plus(Rational.of(phase));
        return last.compareTo(from) >= 0;
    }

    private static Interval cosine(Interval.Bound quarters) {
        Rational q = quarters.at();
        if (q.isSmallInteger()) {
            Rational value = Rational.of(new int[] {1, 0, -1, 0}[Math.floorMod(q.intValue(), 4)]);
            Optional<Interval.Bound> end = Optional.of(new Interval.Bound(value, quarters.open()));
            return new Interval(end, end);
        }
        double value = Math.cos(q.doubleValue() * (Math.PI / 2));
        double slack = 1e-15 * (1 + Math.abs(q.doubleValue()));
        return new Interval(
                Interval.closed(Interval.near(value - slack, false)),
                Interval.closed(Interval.near(value + slack, true)));
    }
}
