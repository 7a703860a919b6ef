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
            return "There is no noise, so `x(t_max)` is " + number(factor)
                    + " times `x(0)` and has the width of the data alone.";
        }
        String left = ": " + number(Math.abs(factor)) + " of it, beside noise with the standard deviation "
                + number(std) + ".";
        return factor == 0
                ? "At the end of time nothing of `x(0)` is left."
                : Math.abs(factor) <= LITTLE * std
                        ? "At the end of time little of `x(0)` is left" + left
                        : "At the end of time much of `x(0)` is left" + left + differs();
    }

    private static String system(double share) {
        if (Double.isInfinite(share)) {
            return "At the end of time a state has no noise of its own, and all of its start is left." + differs();
        }
        String left = ": no state has more than " + number(share)
                + " standard deviations of its noise from a start of size 1.";
        return share <= LITTLE
                ? "At the end of time little of the start is left" + left
                : "At the end of time much of the start is left" + left + differs();
    }

    private static String differs() {
        return " The law of the data at that time is another one; mismatch(p, data) says by how much.";
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
