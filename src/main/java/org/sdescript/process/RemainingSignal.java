package org.sdescript.process;

import java.util.stream.IntStream;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;

/** States how much of the start remains at t_max relative to the noise: the prior neglects it. */
final class RemainingSignal {
    /**
     * The start is negligible up to a tenth of the noise: data with variance 1 then add 1 % to the variance of the
     * noise.
     */
    private static final double LITTLE = 0.1;

    private RemainingSignal() {}

    static String of(Process p) {
        Transition law = p.transition();
        if (law.shown().entries().anyMatch(Expr::hasSeveral)) {
            return "How much of `x(0)` is left at `t_max` differs between the components or samples, as the parameters do.";
        }
        double t = p.tMax();
        Moments moments = law.computed();
        return law.isScalar()
                ? scalar(
                        value(law, moments.map().at(0, 0), t),
                        Math.sqrt(value(law, moments.covariance().at(0, 0), t)))
                : system(largestShare(law, moments, t));
    }

    private static String scalar(double factor, double std) {
        if (std == 0) {
            return "There is no noise, so the standard deviation of `x(t_max)` is " + number(Math.abs(factor))
                    + " times that of the data.";
        }
        String left = ": its coefficient is " + number(factor) + ", and the noise has the standard deviation "
                + number(std) + ".";
        return factor == 0
                ? "At `t_max` nothing of `x(0)` is left."
                : Math.abs(factor) <= LITTLE * std
                        ? "At `t_max` little of `x(0)` is left" + left
                        : "At `t_max` much of `x(0)` is left" + left + differs();
    }

    private static String system(double share) {
        if (Double.isInfinite(share)) {
            return "At `t_max` a state has no noise and depends on the start alone." + differs();
        }
        String left = ": a start of size 1 moves the mean of each state by at most " + number(share)
                + " standard deviations of its noise.";
        return share <= LITTLE
                ? "At `t_max` little of the start is left" + left
                : "At `t_max` much of the start is left" + left + differs();
    }

    private static String differs() {
        return " The prior differs from the law of the data at `t_max`; mismatch(p, data) measures the difference.";
    }

    /** Returns the largest |Φᵢ|/√Σᵢᵢ over the rows of Φ. */
    private static double largestShare(Transition law, Moments moments, double t) {
        int n = law.states().size();
        return IntStream.range(0, n)
                .mapToDouble(i -> {
                    double squares = IntStream.range(0, n)
                            .mapToDouble(j -> Math.pow(value(law, moments.map().at(i, j), t), 2))
                            .sum();
                    return squares == 0
                            ? 0
                            : Math.sqrt(
                                    squares / value(law, moments.covariance().at(i, i), t));
                })
                .max()
                .orElseThrow();
    }

    private static double value(Transition law, Expr e, double t) {
        return Evaluation.of(e, law.time()).at(t);
    }

    private static String number(double value) {
        return Admissibility.rounded(value, 3);
    }
}
