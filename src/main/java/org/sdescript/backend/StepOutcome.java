package org.sdescript.backend;

/**
 * The numbers of one training step.
 *
 * @param loss the loss before the step; nan if the loss or its gradient is not finite
 * @param gradientNorm the norm of the gradient of all parameters, before clipping
 */
public record StepOutcome(double loss, double gradientNorm) {
    static final StepOutcome NOT_FINITE = new StepOutcome(Double.NaN, Double.NaN);

    public boolean isFinite() {
        return Double.isFinite(loss);
    }
}
