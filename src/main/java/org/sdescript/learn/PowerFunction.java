package org.sdescript.learn;

import org.sdescript.backend.AverageDecay;

/**
 * The weight of an average over a training: proportional to t^γ, for the step t (Karras et al. 2024, eq. 3; the average
 * of EDM2). The width σ is the standard deviation of the weight, relative to the length of the training.
 *
 * @param gamma the exponent γ
 */
record PowerFunction(double gamma) {
    /** The width of γ = 0, which weighs all steps alike, is √(1/12) = 0.288…; wider averages weigh early steps more. */
    static final double WIDEST = 0.28;

    private static final int MOST_ITERATIONS = 100;

    /**
     * Solves γ³ + 7γ² + (16 − σ⁻²)γ + 12 − σ⁻² = 0 for its largest root (Karras et al. 2024, alg. 2). Newton's iteration
     * falls to the root from 1/σ, where the cubic is positive and convex.
     */
    static PowerFunction ofWidth(double sigma) {
        double inverse = 1 / (sigma * sigma);
        double g = 1 / sigma;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            double value = ((g + 7) * g + 16 - inverse) * g + 12 - inverse;
            double next = g - value / ((3 * g + 14) * g + 16 - inverse);
            if (next >= g) {
                break; // rounding decides from here on
            }
            g = next;
        }
        return new PowerFunction(g);
    }

    /** Returns the width σ = √((γ + 1)/((γ + 2)²(γ + 3))). */
    double width() {
        return Math.sqrt((gamma + 1) / ((gamma + 2) * (gamma + 2) * (gamma + 3)));
    }

    /** Returns the decay β = (1 − 1/t)^(γ + 1) of the average in step t (eq. 4); the first step forgets the start. */
    AverageDecay decay() {
        return step -> Math.pow(1 - 1.0 / step, gamma + 1);
    }

    /**
     * Returns the inner product of the weights of two averages, as functions of the step, each with the integral 1
     * (Karras et al. 2024, app. C).
     *
     * @param t the step up to which this average goes
     */
    double product(double t, PowerFunction other, double otherT) {
        double exponent = t < otherT ? other.gamma : -gamma;
        return (gamma + 1)
                * (other.gamma + 1)
                * Math.pow(t / otherT, exponent)
                / ((gamma + other.gamma + 1) * Math.max(t, otherT));
    }
}
