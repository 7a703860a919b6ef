package org.sdescript.algebra;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/** Integrals of smooth functions by Gauss's rule; an interval is halved until both halves add up to the whole. */
public final class GaussLegendre {
    private static final int POINTS = 15;
    private static final int DEEPEST = 8;

    /**
     * Far above the rounding errors of a sum, and of times close to a pole. Once two rules agree to this tolerance, the
     * error left is much smaller.
     */
    private static final double TOLERANCE = 1e-11;

    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(POINTS);

    private final DoubleUnaryOperator f;

    private GaussLegendre(DoubleUnaryOperator f) {
        this.f = f;
    }

    /**
     * Returns the integral; empty where halving does not converge: at a kink, a singular end, or a point without a
     * value.
     */
    public static OptionalDouble of(DoubleUnaryOperator f, double from, double to) {
        GaussLegendre rule = new GaussLegendre(f);
        double[] whole = rule.once(from, to);
        double value = rule.refined(from, to, whole, whole[1], 0);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Returns a rough integral of |f|, the scale for differences of integrals. */
    static double size(DoubleUnaryOperator f, double from, double to) {
        return new GaussLegendre(f).once(from, to)[1];
    }

    /**
     * Integrates recursively.
     *
     * @param scale the integral of |f| over the whole
     */
    private double refined(double from, double to, double[] whole, double scale, int depth) {
        double middle = from + (to - from) / 2;
        double[] left = once(from, middle);
        double[] right = once(middle, to);
        double sum = left[0] + right[0];
        if (Math.abs(sum - whole[0]) <= TOLERANCE * Math.max(scale, left[1] + right[1])) {
            return sum;
        }
        if (depth >= DEEPEST || Double.isNaN(sum)) {
            return Double.NaN;
        }
        return refined(from, middle, left, scale, depth + 1) + refined(middle, to, right, scale, depth + 1);
    }

    /** Returns ∫ f and roughly ∫ |f|. */
    private double[] once(double from, double to) {
        double centre = from + (to - from) / 2;
        double half = (to - from) / 2;
        double total = 0;
        double size = 0;
        for (int i = 0; i < POINTS; i++) {
            double term = RULE.getWeight(i) * f.applyAsDouble(centre + half * RULE.getPoint(i));
            total += term;
            size += Math.abs(term);
        }
        return new double[] {total * half, size * half};
    }
}
