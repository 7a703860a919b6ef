package org.sdescript.algebra;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** An interval of the real line; an absent bound is infinite, an open bound is excluded. */
public record Interval(Optional<Bound> lower, Optional<Bound> upper) {

    /** One end of an interval. */
    public record Bound(Rational at, boolean open) {
        /** Replaces a bound that has grown too long to compute with by a wider one with a short fraction. */
        private Bound shortened(boolean up) {
            return at.numerator().bitLength() + at.denominator().bitLength() < LONGEST
                    ? this
                    : new Bound(near(at.doubleValue(), up), true);
        }
    }

    private static final int LONGEST = 256;
    private static final int ULPS = 4;
    private static final double LARGEST = 1e300;

    public static final Interval REALS = new Interval(Optional.empty(), Optional.empty());
    public static final Interval POSITIVE = new Interval(open(Rational.ZERO), Optional.empty());
    public static final Interval NON_NEGATIVE = new Interval(closed(Rational.ZERO), Optional.empty());

    public static Interval point(Rational value) {
        return new Interval(closed(value), closed(value));
    }

    /** Returns the closed interval [from, to]. */
    public static Interval of(Rational from, Rational to) {
        return new Interval(closed(from), closed(to));
    }

    static Optional<Bound> open(Rational at) {
        return Optional.of(new Bound(at, true));
    }

    static Optional<Bound> closed(Rational at) {
        return Optional.of(new Bound(at, false));
    }

    /** Returns a rational that is certainly not below the value if {@code up}, otherwise certainly not above it. */
    static Rational near(double value, boolean up) {
        double moved = value;
        for (int i = 0; i < ULPS; i++) {
            moved = up ? Math.nextUp(moved) : Math.nextDown(moved);
        }
        return Rational.of(new BigDecimal(moved));
    }

    public boolean isPositive() {
        return lower.filter(b -> b.at().signum() > 0 || b.at().isZero() && b.open())
                .isPresent();
    }

    public boolean isNonNegative() {
        return lower.filter(b -> b.at().signum() >= 0).isPresent();
    }

    public boolean isNonZero() {
        return isPositive() || negate().isPositive();
    }

    boolean isPoint() {
        return lower.isPresent() && lower.equals(upper);
    }

    Interval negate() {
        return new Interval(
                upper.map(b -> new Bound(b.at().negate(), b.open())),
                lower.map(b -> new Bound(b.at().negate(), b.open())));
    }

    Interval plus(Interval other) {
        return new Interval(sum(lower, other.lower, false), sum(upper, other.upper, true));
    }

    private static Optional<Bound> sum(Optional<Bound> a, Optional<Bound> b, boolean up) {
        return a.flatMap(x -> b.map(y -> new Bound(x.at().plus(y.at()), x.open() || y.open()).shortened(up)));
    }

    Interval times(Interval other) {
        if (isPoint() && lower.get().at().isZero()
                || other.isPoint() && other.lower.get().at().isZero()) {
            return point(Rational.ZERO);
        }
        if (negate().isNonNegative()) {
            return negate().times(other).negate();
        }
        if (other.negate().isNonNegative()) {
            return times(other.negate()).negate();
        }
        if (isNonNegative() && other.isNonNegative()) {
            return new Interval(product(lower, other.lower, false), product(upper, other.upper, true));
        }
        return isNonNegative() ? stretched(this, other) : other.isNonNegative() ? stretched(other, this) : mixed(other);
    }

    /** Multiplies a nonnegative interval by an interval that contains zero inside. */
    private static Interval stretched(Interval nonNegative, Interval both) {
        return new Interval(
                product(both.lower.map(b -> new Bound(b.at().negate(), b.open())), nonNegative.upper, true)
                        .map(b -> new Bound(b.at().negate(), b.open())),
                product(both.upper, nonNegative.upper, true));
    }

    private Interval mixed(Interval other) {
        if (lower.isEmpty() || upper.isEmpty() || other.lower.isEmpty() || other.upper.isEmpty()) {
            return REALS;
        }
        Rational size = magnitude().times(other.magnitude());
        return of(size.negate(), size);
    }

    private Rational magnitude() {
        return max(lower.orElseThrow().at().abs(), upper.orElseThrow().at().abs());
    }

    private static Rational max(Rational a, Rational b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Multiplies two nonnegative bounds; a closed zero stays closed, whatever the other bound is. */
    private static Optional<Bound> product(Optional<Bound> a, Optional<Bound> b, boolean up) {
        return a.flatMap(x -> b.map(y -> {
            boolean reached = x.at().isZero() && !x.open() || y.at().isZero() && !y.open();
            return new Bound(x.at().times(y.at()), !reached && (x.open() || y.open())).shortened(up);
        }));
    }

    /** Returns the interval of 1/u; unbounded if zero lies inside. */
    Interval reciprocal() {
        if (negate().isPositive()) {
            return negate().reciprocal().negate();
        }
        if (!isPositive()) {
            return isNonNegative() ? POSITIVE : REALS;
        }
        Optional<Bound> low = upper.isEmpty() ? open(Rational.ZERO) : inverse(upper);
        return new Interval(low, lower.orElseThrow().at().isZero() ? Optional.empty() : inverse(lower));
    }

    private static Optional<Bound> inverse(Optional<Bound> bound) {
        return bound.map(b -> new Bound(b.at().reciprocal(), b.open()));
    }

    Interval power(int n) {
        if (n < 0) {
            return power(-n).reciprocal();
        }
        if (n % 2 == 0 && !isNonNegative() && !negate().isNonNegative()) {
            Optional<Bound> top =
                    lower.isPresent() && upper.isPresent() ? closed(magnitude().pow(n)) : Optional.empty();
            return new Interval(closed(Rational.ZERO), top);
        }
        Interval positive = isNonNegative() ? this : negate();
        if (!positive.isNonNegative()) {
            return odd(n);
        }
        Interval raised = new Interval(raise(positive.lower, n, false), raise(positive.upper, n, true));
        return isNonNegative() || n % 2 == 0 ? raised : raised.negate();
    }

    private Interval odd(int n) {
        return new Interval(raise(lower, n, false), raise(upper, n, true));
    }

    private static Optional<Bound> raise(Optional<Bound> bound, int n, boolean up) {
        return bound.map(b -> new Bound(b.at().pow(n), b.open()).shortened(up));
    }

    /** Returns the image under a rising function, computed in double and widened. */
    Interval rising(DoubleUnaryOperator f) {
        return new Interval(image(lower, f, false), image(upper, f, true));
    }

    private static Optional<Bound> image(Optional<Bound> bound, DoubleUnaryOperator f, boolean up) {
        return bound.flatMap(b -> {
            double value = f.applyAsDouble(b.at().doubleValue());
            // near the limits of the double range nothing is certain
            boolean usable = Math.abs(value) < LARGEST;
            return usable ? Optional.of(new Bound(near(value, up), b.open())) : Optional.empty();
        });
    }

    /** Returns the intersection. */
    Interval meet(Interval other) {
        return new Interval(tighter(lower, other.lower, 1), tighter(upper, other.upper, -1));
    }

    private static Optional<Bound> tighter(Optional<Bound> a, Optional<Bound> b, int sign) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        int order = sign * Integer.signum(a.get().at().compareTo(b.get().at()));
        return order > 0 || order == 0 && a.get().open() ? a : b;
    }

    /** Returns the smallest interval that contains both. */
    Interval hull(Interval other) {
        return new Interval(wider(lower, other.lower, 1), wider(upper, other.upper, -1));
    }

    private static Optional<Bound> wider(Optional<Bound> a, Optional<Bound> b, int sign) {
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        int order = sign * Integer.signum(a.get().at().compareTo(b.get().at()));
        return order < 0 || order == 0 && !a.get().open() ? a : b;
    }
}
