package org.sdescript.runtime.builtin;

import java.util.Optional;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.TooLarge;
import org.sdescript.algebra.Undefined;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.runtime.DataMoments;
import org.sdescript.runtime.Show;

/**
 * The distance between the prior of a single-state process and the law at t_max: the sum over components of KL( N(Φμ
 * + m, Φ²s² + v) ‖ prior ). A lower bound of {@link Mismatch}, which uses the whole covariance.
 *
 * @param nats the sum over all components
 * @param largest the largest term
 */
record PriorGap(double nats, double largest) {
    /**
     * In nats per component: the cost of a mean that is off by 4.5 % of the prior's standard deviation. The priors of
     * the standard processes stay below the bound for data of about unit size: VP by a factor of 10⁶, VE by a factor
     * of 10 for images in [0, 1].
     */
    private static final double TOLERATED = 1e-3;

    /** Returns the gap; empty for a system or a process without transition. */
    static Optional<PriorGap> of(Process process, DataMoments data) {
        try {
            if (process.states().size() > 1) {
                return Optional.empty();
            }
            Transition law = process.transition();
            Gaussian prior = process.prior();
            double map = atEnd(law.meanCoefficient(), process);
            double offset = atEnd(law.offset(), process);
            double noise = atEnd(law.variance(), process);
            double spread = prior.stdValue() * prior.stdValue();
            double nats = 0;
            double largest = 0;
            for (int i = 0; i < data.mean().length; i++) {
                double variance = map * map * data.variance()[i] + noise;
                double distance = map * data.mean()[i] + offset - prior.meanValue();
                double own = (variance / spread - 1 - Math.log(variance / spread) + distance * distance / spread) / 2;
                nats += own;
                largest = Math.max(largest, own);
            }
            return Double.isFinite(nats) ? Optional.of(new PriorGap(nats, largest)) : Optional.empty();
        } catch (SdeError | Undefined | TooLarge unknown) {
            return Optional.empty();
        }
    }

    private static double atEnd(Expr e, Process process) {
        return Evaluation.of(e, process.time()).at(process.tMax());
    }

    boolean matters() {
        return largest > TOLERATED;
    }

    String words(Process process) {
        double shown = Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3g", nats));
        return "the prior of " + process.name()
                + " is not where the process takes the data: KL(p(x, t_max) ‖ prior) is "
                + Show.number(shown)
                + " nats by the data's means and variances, and the samples may be off by as much; a later"
                + " t_max, or a `prior` of those moments, brings them together (`mismatch(p, data)` measures it)";
    }
}
