package org.sdescript.process;

import org.sdescript.algebra.Expr;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;
import org.sdescript.process.explain.Notation;

/** Explains in steps what follows from a path between two laws, and the SDEs of any strength with given marginals. */
public final class PathSteps {
    private PathSteps() {}

    /** Explains a path: its velocity, its score, and the SDEs that have its marginals. */
    static Explanation of(Process p) {
        return family(velocity(p, Explanation.of("The path " + p.name())));
    }

    /** Explains the flow of a path. */
    static Explanation flow(Process p) {
        return velocity(p, Explanation.of("The flow of the path " + p.name()))
                .step(
                        "The result: an ordinary differential equation, which can be solved in either direction of time.",
                        result(Reversal.flow(p)));
    }

    /** Explains the SDE with the noise √(2ε) and the marginals of a process, forwards or backwards in time. */
    public static Explanation ofStrength(Process p, Expr epsilon, boolean backwards) {
        Process derived = Reversal.ofStrength(p, epsilon, backwards);
        String title = (backwards ? "The reverse of " : "The forward SDE of ") + p.name() + " with the noise √(2ε)";
        Explanation start = p.hasVelocity()
                ? velocity(p, Explanation.of(title))
                : ReversalSteps.flowTheorem(p, ReversalSteps.noise(p, title))
                        .step("The flow, whose velocity is `b`.", ReversalSteps.equations(Reversal.flow(p)));
        return family(start)
                .step(
                        "The strength of the noise.",
                        Formula.lines(n -> java.util.List.of(n.equation(n.name("epsilon"), n.of(epsilon)))))
                .step("The result.", result(derived));
    }

    private static Explanation velocity(Process p, Explanation title) {
        StochasticInterpolant path = p.stated().path().orElseThrow();
        String x = Notation.TEXT.name(path.state().name());
        Explanation start = title.step(
                        "The path: `" + x + "(0)` and `" + x
                                + "(1)` are samples of the two laws, coupled in any way; the noise"
                                + " is standard normal and independent of both.",
                        Citation.INTERPOLANT,
                        Formula.of(path::written))
                .step(
                        "Points that move with the mean velocity of the paths through them have the densities of the path:"
                                + " they obey the continuity equation.",
                        Citation.INTERPOLANT,
                        Formula.of(path::writtenVelocity),
                        Formula.written(
                                "∂p/∂t = −∇·(b p)", "\\frac{\\partial p}{\\partial t} = -\\nabla \\cdot (b\\, p)"));
        return path.hasNoise()
                ? start.step(
                        "The density is that of a sum with the independent normal noise `γ noise`, so its score is the mean of"
                                + " the noise, divided by `−γ`. The part of the noise in `b` is `−γ γ̇` times the score, which is"
                                + " finite at the ends.",
                        Citation.INTERPOLANT,
                        Formula.written(
                                "∇ log p = −E[noise | x]/γ",
                                "\\nabla \\log p = -\\frac{\\mathbb{E}[z \\mid x]}{\\gamma}"),
                        FormSteps.equation("γ", "\\gamma", path.gamma(), p.states()),
                        FormSteps.equation("γ γ̇", "\\gamma \\dot{\\gamma}", path.noiseWork(), p.states()))
                : start.step("The path has no noise of its own, so no expectation of it is the score.");
    }

    private static Explanation family(Explanation start) {
        return start.step(
                "By `∇·(∇p) = ∇·(p ∇ log p)`, the continuity equation is also a Fokker-Planck equation, for each strength"
                        + " `ε(t) ≥ 0`: Langevin dynamics of any strength leave the densities unchanged. The first equation runs"
                        + " forwards, the second backwards in time.",
                Citation.FAMILY,
                Formula.written(
                        "∂p/∂t = −∇·([b + ε ∇ log p] p) + ε ∇·∇p",
                        "\\frac{\\partial p}{\\partial t} = -\\nabla \\cdot \\left(\\left[b + \\epsilon \\nabla \\log p\\right] p\\right) + \\epsilon\\, \\nabla \\cdot \\nabla p"),
                Formula.written(
                        "dx = [b + ε ∇ log p] dt + √(2 ε) dw",
                        "dx = \\left[b + \\epsilon \\nabla \\log p\\right] dt + \\sqrt{2 \\epsilon}\\, dw"),
                Formula.written(
                        "dx = [b − ε ∇ log p] dt + √(2 ε) dw̄",
                        "dx = \\left[b - \\epsilon \\nabla \\log p\\right] dt + \\sqrt{2 \\epsilon}\\, d\\bar{w}"));
    }

    private static Formula result(Process derived) {
        return Formula.of(derived::equations);
    }
}
