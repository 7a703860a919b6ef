package org.sdescript.process;

import java.util.List;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;

/** Explains in steps how {@link ChangeOfVariables} derives a process. */
public final class ChangeOfVariablesSteps {
    private ChangeOfVariablesSteps() {}

    public static Explanation rescaled(Process p, Expr scale) {
        return scaled(p, scale, FormSteps.given(p, Explanation.of("The process " + p.name() + ", rescaled")));
    }

    public static Explanation unscaled(Process p) {
        Explanation start = FormSteps.given(p, Explanation.of("The process " + p.name() + ", unscaled"))
                .step(
                        "Its transition tells by which coefficient `x(0)` is multiplied; the scale is one over that.",
                        FormSteps.law(p.transition()));
        return scaled(p, ChangeOfVariables.unscaling(p), start);
    }

    private static Explanation scaled(Process p, Expr scale, Explanation start) {
        Symbol t = p.time();
        Process result = ChangeOfVariables.rescaled(p, scale);
        return start.step(
                        p.states().size() == 1
                                ? "The state is multiplied by a function of time: `y = s x`."
                                : "The states are multiplied by one function of time: `y = s x`.",
                        ofTime("s", "s", t, scale),
                        ofTime("ṡ", "\\dot{s}", t, Simplification.of(Derivative.of(scale.expandCalls(), t))))
                .step(
                        "Itô's formula. The product is linear in the state, so of its second derivatives nothing comes in, and"
                                + " the product rule is that of ordinary calculus.",
                        Citation.CHANGE,
                        Formula.written("dy = ṡ x dt + s dx", "dy = \\dot{s} x\\, dt + s\\, dx"),
                        Formula.written(
                                "dy = [(ṡ/s) y + s f(y/s, t)] dt + s G(y/s, t) dw",
                                "dy = \\left[\\frac{\\dot{s}}{s} y + s f\\left(\\frac{y}{s}, t\\right)\\right] dt + s G\\left(\\frac{y}{s}, t\\right) dw"))
                .step(
                        "The new drift and diffusion; `y` goes under the name of the state that it replaces.",
                        FormSteps.equation("ṡ/s", "\\frac{\\dot{s}}{s}", ChangeOfVariables.growth(scale, t), List.of()),
                        FormSteps.drift(result),
                        FormSteps.diffusion(result))
                .and(law(result))
                .step("The result.", ReversalSteps.equations(result));
    }

    public static Explanation retimed(Process p, Expr clock) {
        Symbol t = p.time();
        Process result = ChangeOfVariables.retimed(p, clock);
        return FormSteps.given(p, Explanation.of("The process " + p.name() + ", retimed"))
                .step(
                        "At a time `t` of the new clock it is where it was at the time `τ`, and `τ` has to run through the times of the"
                                + " process.",
                        ofTime("τ", "\\tau", t, clock),
                        ofTime("τ̇", "\\dot{\\tau}", t, ChangeOfVariables.pace(clock, t)),
                        interval(result))
                .step(
                        "In a step `dt` of the new clock `τ̇ dt` of the old time passes, so the drift is multiplied by `τ̇`. The variance of"
                                + " the noise grows with the time that passes, so the noise is multiplied by the root of `τ̇`.",
                        Citation.CLOCK,
                        Formula.written(
                                "dx = f(x, τ) τ̇ dt + G(x, τ) √τ̇ dw",
                                "dx = f(x, \\tau) \\dot{\\tau}\\, dt + G(x, \\tau) \\sqrt{\\dot{\\tau}}\\, dw"))
                .and(law(result))
                .step("The result.", ReversalSteps.equations(result));
    }

    private static Formula interval(Process p) {
        String time = p.time().name();
        return Formula.of(n -> n.name(time)
                + n.choose(" ∈ [", " \\in [")
                + n.of(Expr.of(p.tMin())) + ", " + n.of(Expr.of(p.tMax())) + "]");
    }

    private static Explanation law(Process result) {
        Explanation nothing = Explanation.of("");
        return result.stated()
                .transition()
                .map(stated -> nothing.step(
                        "The transition that was stated with the process changes along.", FormSteps.law(stated)))
                .orElse(nothing);
    }

    private static Formula ofTime(String text, String latex, Symbol time, Expr value) {
        return Formula.lines(
                n -> List.of(n.equation(n.choose(text, latex) + "(" + n.name(time.name()) + ")", n.of(value))));
    }
}
