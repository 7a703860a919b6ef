package org.sdescript.process;

import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.algebra.Expr;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;
import org.sdescript.process.explain.Notation;

/** Explains in steps how {@link Reversal} derives a process. */
public final class ReversalSteps {
    private ReversalSteps() {}

    public static Explanation reverse(Process p) {
        Explanation start = noise(p, "The reverse of " + p.name());
        Formula theorem = p.reversed()
                ? Formula.written(
                        "dx = [f̄ + ∇·(G Gᵀ) + G Gᵀ ∇ log p] dt + G dw",
                        "dx = \\left[\\bar{f} + \\nabla \\cdot (G G^{\\mathsf T}) + G G^{\\mathsf T} \\nabla \\log p\\right] dt + G\\, dw")
                : Formula.written(
                        "dx = [f − ∇·(G Gᵀ) − G Gᵀ ∇ log p] dt + G dw̄",
                        "dx = \\left[f - \\nabla \\cdot (G G^{\\mathsf T}) - G G^{\\mathsf T} \\nabla \\log p\\right] dt + G\\, d\\bar{w}");
        String rule = p.reversed()
                ? "Anderson's theorem for a process that runs backwards in time: the equation below runs forwards and"
                        + " has the same marginal densities. The terms that are added to the drift have the opposite sign."
                : "Anderson's theorem: the equation below, run backwards in time from the density of the process at"
                        + " `t_max`, has the same marginal densities as the process.";
        return start.step(rule, Citation.ANDERSON, theorem).step("The result.", equations(Reversal.reverse(p)));
    }

    public static Explanation flow(Process p) {
        if (p.hasVelocity()) {
            return PathSteps.flow(p);
        }
        return flowTheorem(p, noise(p, "The probability flow of " + p.name()))
                .step(
                        "The result: an ordinary differential equation, which can be solved in either direction of time.",
                        equations(Reversal.flow(p)));
    }

    /** Explains the family with the noise λG. */
    public static Explanation reverse(Process p, Expr lambda) {
        if (lambda.isZero()) {
            return flow(p);
        }
        Formula family = p.reversed()
                ? Formula.written(
                        "dx = [f̄ + ½ (1 + λ²) (∇·(G Gᵀ) + G Gᵀ ∇ log p)] dt + λ G dw",
                        "dx = \\left[\\bar{f} + \\tfrac{1}{2} (1 + \\lambda^{2}) \\left(\\nabla \\cdot (G G^{\\mathsf T}) + G G^{\\mathsf T} \\nabla \\log p\\right)\\right] dt + \\lambda G\\, dw")
                : Formula.written(
                        "dx = [f − ½ (1 + λ²) (∇·(G Gᵀ) + G Gᵀ ∇ log p)] dt + λ G dw̄",
                        "dx = \\left[f - \\tfrac{1}{2} (1 + \\lambda^{2}) \\left(\\nabla \\cdot (G G^{\\mathsf T}) + G G^{\\mathsf T} \\nabla \\log p\\right)\\right] dt + \\lambda G\\, d\\bar{w}");
        return flowTheorem(p, noise(p, "The reverse of " + p.name() + " with the noise λG"))
                .step(
                        "Langevin dynamics of any strength leave a density unchanged, so the flow, run "
                                + (p.reversed() ? "forwards" : "backwards")
                                + " with Langevin dynamics added, keeps its marginal densities. The strength is `λ`: `1` gives"
                                + " Anderson's theorem, `0` the flow.",
                        Citation.FAMILY,
                        family,
                        Formula.lines(n -> List.of(n.equation(n.name("lambda"), n.of(lambda)))))
                .step("The result.", equations(Reversal.reverse(p, lambda)));
    }

    /**
     * Derives the flow. In a reversed process noise spreads the density as time decreases: its terms have the opposite
     * sign.
     */
    static Explanation flowTheorem(Process p, Explanation start) {
        String sign = p.reversed() ? "−" : "+";
        String taken = p.reversed() ? "+" : "−";
        String drift = p.reversed() ? "f̄" : "f";
        String latexSign = p.reversed() ? "-" : "+";
        String latexTaken = p.reversed() ? "+" : "-";
        String latexDrift = p.reversed() ? "\\bar{f}" : "f";
        return start.step(
                        p.reversed()
                                ? "The density of the process obeys the Fokker-Planck equation. Time runs backwards, so the noise"
                                        + " spreads the density as `t` decreases, and the term of the noise has the opposite sign."
                                : "The density of the process obeys the Fokker-Planck equation.",
                        Citation.FOKKER_PLANCK,
                        Formula.written(
                                "∂p/∂t = −∇·(" + drift + " p) " + sign + " ½ ∇·(∇·(G Gᵀ p))",
                                "\\frac{\\partial p}{\\partial t} = -\\nabla \\cdot (" + latexDrift + " p) " + latexSign
                                        + " \\frac{1}{2} \\nabla \\cdot \\left(\\nabla \\cdot (G G^{\\mathsf T} p)\\right)"))
                .step(
                        "By the product rule, and because the gradient of `p` is `p` times the gradient of `log p`:",
                        Formula.written(
                                "∇·(G Gᵀ p) = p (∇·(G Gᵀ) + G Gᵀ ∇ log p)",
                                "\\nabla \\cdot (G G^{\\mathsf T} p) = p \\left(\\nabla \\cdot (G G^{\\mathsf T}) + G G^{\\mathsf T} \\nabla \\log p\\right)"))
                .step(
                        "The Fokker-Planck equation is therefore a continuity equation: points that move with the velocity"
                                + " in square brackets have the same densities.",
                        Citation.CONTINUITY,
                        Formula.written(
                                "∂p/∂t = −∇·([" + drift + " " + taken + " ½ ∇·(G Gᵀ) " + taken + " ½ G Gᵀ ∇ log p] p)",
                                "\\frac{\\partial p}{\\partial t} = -\\nabla \\cdot \\left(\\left[" + latexDrift + " "
                                        + latexTaken
                                        + " \\tfrac{1}{2} \\nabla \\cdot (G G^{\\mathsf T}) " + latexTaken
                                        + " \\tfrac{1}{2} G G^{\\mathsf T} \\nabla \\log p\\right] p\\right)"));
    }

    /** Adds the process, G Gᵀ and its divergence. */
    static Explanation noise(Process p, String title) {
        Matrix rate = new Matrix(p.covarianceRate());
        List<Expr> divergence = p.divergenceOfCovarianceRate();
        return FormSteps.given(p, Explanation.of(title))
                .step(
                        "The covariance that the noise adds per unit of time.",
                        named("G Gᵀ", "G G^{\\mathsf T}", rate, p))
                .step(
                        divergenceOf(p, rate, divergence),
                        named(
                                "∇·(G Gᵀ)",
                                "\\nabla \\cdot (G G^{\\mathsf T})",
                                Matrix.of(divergence.size(), 1, (i, j) -> divergence.get(i)),
                                p));
    }

    private static String divergenceOf(Process p, Matrix rate, List<Expr> divergence) {
        boolean free = rate.all(e -> p.states().stream().allMatch(e::isFreeOf));
        if (free) {
            return "The divergence of this covariance is zero, because the noise does not depend on the state.";
        }
        if (!rate.all(e -> Affinity.isSmooth(e, p.states()))) {
            return "The divergence of this covariance, away from the states where the noise has a jump or a kink. The"
                    + " steps below hold away from a jump; at a jump the derivative that the theorem needs does not"
                    + " exist.";
        }
        return divergence.stream().allMatch(Expr::isZero)
                ? "The divergence of this covariance is zero: the noise depends on the state, but the derivatives"
                        + " along the states that it drives add up to zero."
                : "The divergence of this covariance is not zero, because the noise depends on the state.";
    }

    private static Formula named(String text, String latex, Matrix value, Process p) {
        return Formula.lines(n -> value.height() == 1
                ? List.of(n.equation(n.choose(text, latex), n.of(value.at(0, 0), p.states())))
                : MatrixEntries.ofStates(value, p.states()).written(text, latex, n));
    }

    static Formula equations(Process p) {
        return Formula.of(n -> Equations.of(p, n));
    }

    /** Returns one equation per state. */
    static Formula perState(Process p, String text, String latex, List<Expr> values) {
        return Formula.lines(n -> IntStream.range(0, values.size())
                .mapToObj(i -> n.equation(n.choose(text, latex) + index(p, i, n), n.of(values.get(i), p.states())))
                .toList());
    }

    private static String index(Process p, int i, Notation n) {
        return p.states().size() == 1
                ? ""
                : MatrixEntries.index(List.of(p.states().get(i).name()), n);
    }
}
