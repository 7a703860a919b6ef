package org.sdescript.backend;

import java.util.List;

/**
 * Settings of the optimiser: Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019).
 *
 * @param clip largest global norm of the gradient, infinite for no clipping
 * @param averages the running averages of the parameters; empty for none
 */
public record OptimizerSettings(
        double beta1, double beta2, double epsilon, double weightDecay, double clip, List<AverageDecay> averages) {
    public static final OptimizerSettings ADAM =
            new OptimizerSettings(0.9, 0.999, 1e-8, 0, Double.POSITIVE_INFINITY, List.of());

    public OptimizerSettings {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("decay rates must be in [0, 1)");
        }
        if (!(epsilon > 0 && weightDecay >= 0 && clip > 0)) {
            throw new IllegalArgumentException("epsilon and clip must be positive, weight decay not negative");
        }
        averages = List.copyOf(averages);
    }

    public OptimizerSettings clip(double norm) {
        return new OptimizerSettings(beta1, beta2, epsilon, weightDecay, norm, averages);
    }

    public OptimizerSettings averages(AverageDecay... decays) {
        return new OptimizerSettings(beta1, beta2, epsilon, weightDecay, clip, List.of(decays));
    }

    /** Returns the decay of each average in a step, counted from 1. */
    double[] decays(long step) {
        return averages.stream().mapToDouble(decay -> decay.at(step)).toArray();
    }
}
