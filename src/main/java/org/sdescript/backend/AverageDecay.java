package org.sdescript.backend;

/** The weight of the past in an average of the parameters, as a function of the step. */
@FunctionalInterface
public interface AverageDecay {

    /**
     * Returns d in average ← d average + (1 − d) parameters.
     *
     * @param step the number of the step, counted from 1
     */
    double at(long step);

    /** A constant decay. Young averages decay faster, as in the code of Song et al. 2021 (models/ema.py). */
    static AverageDecay constant(double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("a decay is in [0, 1)");
        }
        return step -> Math.min(decay, (1.0 + step) / (10.0 + step));
    }
}
