package org.sdescript.process;

import java.util.List;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;

/** Explains how the chain of a process follows from its transition. */
public final class ChainSteps {
    private ChainSteps() {}

    public static Explanation of(Process p, Chain chain) {
        return Explanation.of("The chain of " + p.name())
                .step(
                        p.transition().startsLate()
                                ? "The transition from the start of the time domain."
                                : "The transition from time `0`.",
                        FormSteps.law(p.transition()))
                .step(
                        "The transition gives the law of a step of length `h`. `A` is the quotient of the mean coefficients"
                                + " at the end and at the start of the step; the variance `V` is the variance at the end minus `A²`"
                                + " times the variance at the start.",
                        Citation.LINEAR,
                        Formula.written(
                                "A = Φ(t)/Φ(t − h),  V = v(t) − A² v(t − h)",
                                "A = \\frac{\\Phi(t)}{\\Phi(t - h)}, \\quad V = v(t) - A^{2} v(t - h)"),
                        FormSteps.equation("A x + m", "A x + m", chain.mean().getFirst(), List.copyOf(chain.states())),
                        FormSteps.equation("√V", "\\sqrt{V}", chain.spread().getFirst(), List.of()))
                .step("The result, with `t = i h`.", Formula.of(chain::written));
    }
}
