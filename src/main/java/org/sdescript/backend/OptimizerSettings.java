package org.sdescript.backend;

/**
 * Settings of the optimiser: Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019).
 *
 * @param clip largest global norm of the gradient, infinite for no clipping
 * @param emaDecay weight of the past in the average of the parameters, 0 for no average
 */
public record OptimizerSettings(
        double beta1, double beta2, double epsilon, double weightDecay, double clip, double emaDecay) {
    public static final OptimizerSettings ADAM =
            new OptimizerSettings(0.9, 0.999, 1e-8, 0, Double.POSITIVE_INFINITY, 0);

    public OptimizerSettings {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && emaDecay >= 0 && emaDecay < 1)) {
            throw new IllegalArgumentException("decay rates must be in [0, 1)");
        }
        if (!(epsilon > 0 && weightDecay >= 0 && clip > 0)) {
            throw new IllegalArgumentException("epsilon and clip must be positive, weight decay not negative");
        }
    }

    public OptimizerSettings clip(double norm) {
        return new OptimizerSettings(beta1, beta2, epsilon, weightDecay, norm, emaDecay);
    }

    public OptimizerSettings emaDecay(double decay) {
        return new OptimizerSettings(beta1, beta2, epsilon, weightDecay, clip, decay);
    }
}
