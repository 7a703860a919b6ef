package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.TooLarge;
import org.sdescript.algebra.Undefined;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.process.Gaussian;
import org.sdescript.process.InitialLaw;
import org.sdescript.process.Moments;
import org.sdescript.process.Process;
import org.sdescript.process.SeveralNumbers;
import org.sdescript.runtime.DataMoments;
import org.sdescript.runtime.ValueText;

/**
 * The distance between the prior and the law at t_max: the sum over components of KL( N(Φμ + m, ΦS²Φᵀ + Σ) ‖ prior )
 * over the states. A lower bound of {@link PriorMismatch}, which uses the whole covariance.
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

    /**
     * Returns the gap; empty for a process without transition, without a data state, or with numbers of their own for
     * components or samples.
     */
    static Optional<PriorGap> of(Process process, DataMoments data) {
        if (SeveralNumbers.areIn(process)) {
            return Optional.empty();
        }
        try {
            List<Expr.Symbol> states = process.states();
            Map<Expr.Symbol, InitialLaw> starts = process.stated().starts();
            long free =
                    states.stream().filter(state -> !starts.containsKey(state)).count();
            if (free == 0) {
                return Optional.empty();
            }
            Moments law = process.transition().computed();
            double[][] map = PriorMismatch.atEnd(process, law.map());
            double[][] noise = PriorMismatch.atEnd(process, law.covariance());
            double[] offset = law.offset().stream()
                    .mapToDouble(e -> Evaluation.of(e, process.time()).at(process.tMax()))
                    .toArray();
            Gaussian prior = process.prior();
            int components = (int) (data.mean().length / free);
            double nats = 0;
            double largest = 0;
            for (int c = 0; c < components; c++) {
                IndependentNormal start = started(states, starts, data, c, components);
                double own = NormalDivergence.of(start.mapped(map, offset), start.spread(map, noise), prior);
                nats += own;
                largest = Math.max(largest, own);
            }
            return Double.isFinite(nats) ? Optional.of(new PriorGap(nats, largest)) : Optional.empty();
        } catch (SdeError | Undefined | TooLarge | MathIllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Returns the law that the states of one component start from: the data's moments, or the stated law. */
    private static IndependentNormal started(
            List<Expr.Symbol> states,
            Map<Expr.Symbol, InitialLaw> starts,
            DataMoments data,
            int component,
            int components) {
        double[] mean = new double[states.size()];
        double[] variance = new double[states.size()];
        int at = component;
        for (int i = 0; i < mean.length; i++) {
            InitialLaw stated = starts.get(states.get(i));
            mean[i] = stated == null ? data.mean()[at] : stated.mean();
            variance[i] = stated == null ? data.variance()[at] : stated.std() * stated.std();
            at += stated == null ? components : 0;
        }
        return new IndependentNormal(mean, variance);
    }

    /** The moments of independent states. */
    private record IndependentNormal(double[] mean, double[] variance) {
        /** Returns Φμ + m. */
        double[] mapped(double[][] map, double[] offset) {
            return IntStream.range(0, offset.length)
                    .mapToDouble(i -> offset[i]
                            + IntStream.range(0, mean.length)
                                    .mapToDouble(k -> map[i][k] * mean[k])
                                    .sum())
                    .toArray();
        }

        /** Returns Φ diag(s²) Φᵀ + Σ. */
        double[][] spread(double[][] map, double[][] noise) {
            double[][] spread = new double[noise.length][noise.length];
            for (int i = 0; i < spread.length; i++) {
                for (int j = 0; j < spread.length; j++) {
                    spread[i][j] = noise[i][j];
                    for (int k = 0; k < variance.length; k++) {
                        spread[i][j] += map[i][k] * variance[k] * map[j][k];
                    }
                }
            }
            return spread;
        }
    }

    boolean matters() {
        return largest > TOLERATED;
    }

    String words(Process process) {
        double shown = Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3g", nats));
        return "the prior of " + process.name()
                + " differs from the law of the data at t_max: KL(p(x, t_max) ‖ prior) is "
                + ValueText.number(shown)
                + " nats, computed from the data's means and variances, and the samples may be wrong by as much;"
                + " use a later t_max, or a `prior` with these moments (`mismatch(p, data)`"
                + " measures the difference)";
    }
}
