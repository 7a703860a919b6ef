package org.sdescript.algebra;

import java.util.Optional;

/**
 * The closed form most likely written for a double: a small fraction of π or the root of a small whole number, since no
 * short decimal is close to these.
 */
final class NearestClosedForm {
    private static final int LARGEST_DENOMINATOR = 16;
    private static final double LARGEST_NUMERATOR = 64;
    private static final int LARGEST_RADICAND = 1000;

    private NearestClosedForm() {}

    static Optional<Expr> of(double value) {
        return value == Math.rint(value) || !Double.isFinite(value)
                ? Optional.empty()
                : fractionOfPi(value).or(() -> root(value));
    }

    private static Optional<Expr> fractionOfPi(double value) {
        for (int q = 1; q <= LARGEST_DENOMINATOR; q++) {
            double p = Math.rint(value / Math.PI * q);
            boolean same = p * Math.PI / q == value || Math.PI / q * p == value || p / q * Math.PI == value;
            if (p != 0 && Math.abs(p) <= LARGEST_NUMERATOR && same) {
                return Optional.of(Expr.PI.times(Expr.ratio((long) p, q)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Expr> root(double value) {
        long radicand = Math.round(value * value);
        if (radicand < 2 || radicand > LARGEST_RADICAND || Math.abs(value) != Math.sqrt(radicand)) {
            return Optional.empty();
        }
        Expr root = Expr.sqrt(Expr.of(radicand));
        return Optional.of(value > 0 ? root : root.negate());
    }
}
