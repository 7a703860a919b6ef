package org.sdescript.process;

import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;

/** Explains in steps how {@link Transitions} derives the law of x(t) given x(0), and the prior. */
public final class TransitionSteps {
    private static final String CHECK = "Check: these functions satisfy their differential equations.";

    private TransitionSteps() {}

    public static Explanation of(Process p) {
        Process forward = p.reversed() ? Reversal.reverse(p) : p;
        Explanation title = Explanation.of("The transition of " + p.name());
        Optional<Transition> stated = forward.stated().transition();
        if (stated.isPresent()) {
            return title.step("The transition is stated with the process.", FormSteps.law(stated.get()))
                    .and(startOf(stated.get(), p.time()));
        }
        Transitions.Found found = forward.found().required();
        Explanation start = FormSteps.given(forward, title);
        return found.transition().isScalar() ? scalar(found, start) : SystemSteps.of(found, start);
    }

    /** Explains the prior of a process. */
    public static Explanation prior(Process p) {
        Explanation title = Explanation.of("The prior of " + p.name());
        Gaussian law = p.prior();
        Formula result = Formula.of(n -> LawText.of(law, n));
        if (p.stated().prior().isPresent()) {
            return title.step("Sampling starts from the prior that is stated with the process.", result);
        }
        return title.step("The transition.", FormSteps.law(p.transition()))
                .step(
                        RemainingSignal.of(p) + " Sampling starts from the transition at `t_max` for `x(0) = 0`.",
                        Citation.PRIOR,
                        result);
    }

    /** Explains a stated variance that is not 0 at the start; no steps otherwise. */
    static Explanation startOf(Transition stated, Symbol t) {
        Explanation nothing = Explanation.of("");
        try {
            Expr atStart = stated.shown().covariance().at(0, 0).expandCalls().with(t, Expr.ZERO);
            return atStart.isZero()
                    ? nothing
                    : nothing.step(
                            "At time `0` the stated variance is not zero, so the state contains noise at time `0` already. The"
                                    + " stated variance is used; the variance that follows from the equation alone would start from zero.",
                            FormSteps.equation("v(0)", "v(0)", atStart, List.of()));
        } catch (ArithmeticException undefined) {
            return nothing;
        }
    }

    private static Explanation scalar(Transitions.Found found, Explanation start) {
        AffineSystem system = found.system();
        Expr c = system.constant().getFirst();
        Explanation read = start.step(
                "The drift `a x + c` is affine in the state and the noise does not depend on the state, so the"
                        + " transition is normal, with the mean `Φ x(0) + m` and the variance `v`.",
                Citation.LINEAR,
                FormSteps.equation("a", "a", system.slope().at(0, 0), List.of()),
                FormSteps.equation("c", "c", c, List.of()),
                FormSteps.equation("G²", "G^{2}", system.rate().at(0, 0), List.of()));
        return found.integrals()
                .map(integrals -> closed(system, integrals, read))
                .orElseGet(() -> numeric(found.transition(), system, read));
    }

    private static Explanation closed(AffineSystem system, Transitions.Integrals found, Explanation read) {
        Transition result = found.transition();
        Explanation mean = growth(system, found.growth(), result, read);
        Explanation offset = system.constant().getFirst().isZero()
                ? mean.step("The drift has no constant term, so `m = 0`.")
                : mean.step(
                        "The offset of the mean solves `m′ = a m + c` with the initial value `0`. Variation of constants"
                                + " gives the integral.",
                        Citation.LINEAR,
                        Formula.written("m = Φ ∫ c/Φ dt", "m = \\Phi \\int \\frac{c}{\\Phi}\\, dt"),
                        integral(system, result, Transitions.offsetIntegrand(system, map(result)), found.shift()),
                        ofTime("m", result, result.shown().offset().getFirst()));
        Explanation from = beginning(result, offset);
        Explanation variance = system.rate().at(0, 0).isZero()
                ? from.step("There is no noise: `v = 0`.")
                : from.step(
                        "The variance solves `v′ = 2 a v + G²` with the initial value `0`. Variation of constants gives the"
                                + " integral.",
                        Citation.LINEAR,
                        Formula.written("v = Φ² ∫ G²/Φ² dt", "v = \\Phi^{2} \\int \\frac{G^{2}}{\\Phi^{2}}\\, dt"),
                        integral(system, result, Transitions.varianceIntegrand(system, map(result)), found.spread()),
                        ofTime("v", result, result.shown().covariance().at(0, 0)));
        return variance.step(CHECK).step("The result.", FormSteps.law(result));
    }

    private static Explanation growth(AffineSystem system, Expr growth, Transition result, Explanation read) {
        if (growth.isZero()) {
            return read.step("The drift does not depend on the state, so `Φ = 1`.");
        }
        return read.step(
                "The coefficient of the mean solves `Φ′ = a Φ` with the initial value `1`.",
                Citation.LINEAR,
                Formula.written("Φ = exp ∫ a dt", "\\Phi = \\exp \\int a\\, dt"),
                integral(system, result, system.slope().at(0, 0), growth),
                ofTime("Φ", result, map(result)));
    }

    private static Explanation beginning(Transition result, Explanation so) {
        return result.startsLate()
                ? so.step(
                        "No finite value was found of the integrals from time `0`, so the integrals begin at the start of"
                                + " the time domain.",
                        FormSteps.equation("t₀", "t_{0}", result.start(), List.of()))
                : so;
    }

    private static Explanation numeric(Transition result, AffineSystem system, Explanation read) {
        Explanation mean = Transitions.growth(system, result.start(), result.domain())
                .filter(found -> !(map(result) instanceof Expr.Tabulated))
                .map(found -> growth(system, found, result, read))
                .orElse(read);
        return numbers(result, mean, "No closed form was found of one of the integrals of the mean and the variance.");
    }

    static Explanation numbers(Transition result, Explanation so, String reason) {
        return so.step(
                        reason
                                + " The moments without a closed form are integrated numerically from their differential equations.",
                        Citation.LINEAR,
                        Formula.written(
                                "Φ′ = A Φ,  m′ = A m + c,  Σ′ = A Σ + Σ Aᵀ + G Gᵀ",
                                "\\Phi' = A \\Phi, \\quad m' = A m + c, \\quad \\Sigma' = A \\Sigma + \\Sigma A^{\\mathsf T} + G G^{\\mathsf T}"))
                .step("The result.", FormSteps.law(result));
    }

    private static Formula integral(AffineSystem system, Transition result, Expr integrand, Expr value) {
        Expr simple = Simplification.of(value);
        return Formula.lines(
                n -> List.of(n.equation(n.integral(integrand, system.time(), result.start()), n.of(simple))));
    }

    /** Returns the displayed Φ. */
    private static Expr map(Transition result) {
        return result.shown().map().at(0, 0);
    }

    private static Formula ofTime(String name, Transition result, Expr value) {
        return Formula.lines(n ->
                List.of(n.equation(n.name(name) + "(" + n.name(result.time().name()) + ")", n.of(value))));
    }
}
