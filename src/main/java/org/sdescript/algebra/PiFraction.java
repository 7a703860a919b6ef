package org.sdescript.algebra;

import java.util.Optional;

/** π/2 and its like, recognised in the doubles that scripts compute for them: no other number of their size has those digits. */
final class PiFraction {
    private static final int LARGEST_DENOMINATOR = 16;
    private static final double LARGEST_NUMERATOR = 64;

    private PiFraction() {}

    static Optional<Expr> of(double value) {
        if (value == Math.rint(value) || !Double.isFinite(value)) {
            return Optional.empty();
        }
        for (int q = 1; q <= LARGEST_DENOMINATOR; q++) {
            double p = Math.rint(value / Math.PI * q);
            boolean same = p * Math.PI / q == value || Math.PI / q * p == value || p / q * Math.PI == value;
            if (p != 0 && Math.abs(p) <= LARGEST_NUMERATOR && same) {
                return Optional.of(Expr.PI.times(Expr.ratio((long) p, q)));
            }
        }
        return Optional.empty();
    }
}
