package org.sdescript.process;

import java.util.List;

/** Explains how the chain of a process follows from its transition. */
public final class ChainSteps {
    private ChainSteps() {}

    public static Explanation of(Process p, Chain chain) {
        return Explanation.of("The chain of " + p.name())
                .step(
                        p.transition().startsLate()
                                ? "The law from the start of the time domain."
                                : "The law from time `0`.",
                        FormSteps.law(p.transition()))
                .step(
                        "Taken twice, at the end and at the beginning of a step of length `h`, it gives the law of the step: its mean"
                                + " is multiplied by the quotient of the two coefficients, and its variance is what the first has"
                                + " beyond what is left of the second.",
                        Citation.LINEAR,
                        Formula.written(
                                "A = Φ(t)/Φ(t − h),  V = v(t) − A² v(t − h)",
                                "A = \\frac{\\Phi(t)}{\\Phi(t - h)}, \\quad V = v(t) - A^{2} v(t - h)"),
                        FormSteps.equation("A x + m", "A x + m", chain.mean().getFirst(), List.copyOf(chain.states())),
                        FormSteps.equation("√V", "\\sqrt{V}", chain.spread().getFirst(), List.of()))
                .step("The result, with t = i h.", Formula.of(chain::written));
    }
}
