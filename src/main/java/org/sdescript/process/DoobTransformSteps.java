package org.sdescript.process;

import java.util.List;
import org.sdescript.algebra.Expr;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;

/** Explains in steps how {@link DoobTransform} conditions a process on its end. */
public final class DoobTransformSteps {
    private DoobTransformSteps() {}

    public static Explanation of(SystemDoobTransform its) {
        Process p = its.p();
        return FormSteps.given(p, Explanation.of("The process " + p.name() + ", conditioned on its end"))
                .step("The transition.", FormSteps.law(p.transition()))
                .step(
                        "Doob's h-transform: the paths of the process that end at a point are those of a process whose drift"
                                + " has a further term. The density of the conditioned states `y = P x(T)` given the present state is"
                                + " `h`. The noise remains the same.",
                        Citation.DOOB,
                        Formula.written(
                                "dx = [f + G Gᵀ ∇ log h] dt + G dw",
                                "dx = \\left[f + G G^{\\mathsf T} \\nabla \\log h\\right] dt + G\\, dw"))
                .step(
                        "The density `h` is normal, with the mean `P (S x + m(T) − S m)` and the covariance `V = P (Σ(T) − S Σ Sᵀ) Pᵀ`,"
                                + " where `S = Φ(T) Φ(t)⁻¹`.",
                        Citation.LINEAR,
                        Formula.written(
                                "∇ log h = Sᵀ Pᵀ V⁻¹ (y − P (S x + m(T) − S m))",
                                "\\nabla \\log h = S^{\\mathsf T} P^{\\mathsf T} V^{-1} \\left(y - P (S x + m(T) - S m)\\right)"))
                .step("The law of the states given both ends is normal too.", FormSteps.law(its.law()))
                .step("The result.", ReversalSteps.equations(its.process()));
    }

    public static Explanation of(DoobTransform its) {
        Process p = its.p();
        Process result = its.process();
        return FormSteps.given(p, Explanation.of("The process " + p.name() + ", conditioned on its end"))
                .step("The transition.", FormSteps.law(p.transition()))
                .step(
                        "Given the state `x` at time `t`, the state at the end `T` is normal with the mean `S x + o` and the"
                                + " variance `V`, where `S = Φ(T)/Φ(t)`, `o = m(T) − S m(t)` and `V = v(T) − S² v(t)`.",
                        Citation.LINEAR,
                        FormSteps.equation("T", "T", Expr.of(its.at()), List.of()),
                        FormSteps.equation("S", "S", its.map(), List.of()),
                        FormSteps.equation("o", "o", its.offset(), List.of()),
                        FormSteps.equation("V", "V", its.variance(), List.of()))
                .step(
                        "Doob's h-transform: the paths of the process that end at one point are those of a process whose"
                                + " drift has a further term. The density of the end given the present state is `h`. The noise"
                                + " remains the same.",
                        Citation.DOOB,
                        Formula.written(
                                "dx = [f + G² ∂ log h/∂x] dt + G dw",
                                "dx = \\left[f + G^{2} \\frac{\\partial \\log h}{\\partial x}\\right] dt + G\\, dw"))
                .step(
                        "The density `h` is normal, so the derivative of its logarithm is `S` times the distance that is missing"
                                + " at the end, divided by `V`.",
                        FormSteps.equation(
                                "∂ log h/∂x", "\\frac{\\partial \\log h}{\\partial x}", its.pull(), p.states()))
                .step(
                        "The law of `x(t)` given both ends is the product of the transition and of `h`, normalised. It is normal:"
                                + " its mean is `Φ V/v(T) x(0) + (V m + S v (x(T) − o))/v(T)`, its variance is `v V/v(T)`.",
                        FormSteps.law(its.law()))
                .step("The result.", ReversalSteps.equations(result));
    }
}
