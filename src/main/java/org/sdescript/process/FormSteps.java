package org.sdescript.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.algebra.Definition;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.explain.Citation;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;

/** Explains how a process follows from its stated form: Itô's, Stratonovich's, a transition or a chain. */
public final class FormSteps {
    private FormSteps() {}

    public static Explanation of(Process p) {
        Process.Stated stated = p.stated();
        if (p.isPath()) {
            return PathSteps.of(p);
        }
        Explanation title = Explanation.of("The process " + p.name());
        if (stated.transition().isPresent()) {
            return ofTransition(p, stated.transition().get(), title);
        }
        if (stated.chain().isPresent()) {
            return ofChain(p, stated.chain().get(), title);
        }
        return stated.stratonovich().map(form -> ofStratonovich(p, form, title)).orElseGet(() -> ofIto(p, title));
    }

    /** Adds the process and the definitions of its named functions, the first step of every derivation. */
    static Explanation given(Process p, Explanation title) {
        List<Formula> formulas = new ArrayList<>();
        formulas.add(ReversalSteps.equations(p));
        definitions(p).forEach(each -> formulas.add(definition(each)));
        Explanation given = title.step(
                p.reversed() ? "The process, which runs backwards in time." : "The process.",
                formulas.toArray(Formula[]::new));
        return p.basis().isPresent()
                ? given.step(
                        "The matrices are symmetric and commute, so there is an orthonormal basis in which all of them are"
                                + " diagonal. In this basis each component moves by itself, the noise has the same law, and a matrix"
                                + " stands for its eigenvalue. A function of matrices below has the same basis and the function of"
                                + " the eigenvalues; at an eigenvalue 0 it is the limit.")
                : given;
    }

    /** Explains the transition of a process whose matrices have no common basis, in the elapsed time τ. */
    public static Explanation ofNumericLaw(Process p, Expr elapsed) {
        return given(p, Explanation.of("The transition of " + p.name()))
                .step(
                        "The drift is linear in the state and the noise does not depend on the state, so the transition is"
                                + " normal, with the mean `Φ x(0) + m` and the covariance `Σ`. All coefficients change by one"
                                + " schedule, so they are constant in the elapsed time `τ`.",
                        Citation.LINEAR,
                        equation("τ", "\\tau", elapsed, List.of()))
                .step(
                        "The matrices have no common orthonormal basis, so the moments are computed in numbers. The series of"
                                + " the exponential gives them for a short `τ`, and doubling for longer ones; tables of"
                                + " Chebyshev polynomials give them at all `τ`.",
                        Citation.LINEAR,
                        Formula.written(
                                "Φ′ = F Φ,  m′ = F m + c,  Σ′ = F Σ + Σ Fᵀ + G Gᵀ",
                                "\\Phi' = F \\Phi, \\quad m' = F m + c, \\quad \\Sigma' = F \\Sigma + \\Sigma F^{\\mathsf T} + G G^{\\mathsf T}"));
    }

    private static Explanation ofIto(Process p, Explanation title) {
        return given(p, title)
                .step("The drift and the diffusion.", drift(p), diffusion(p))
                .step(law(p));
    }

    private static String law(Process p) {
        return switch (AffineSystem.of(p)) {
            case Derived.Known<AffineSystem> known ->
                "The drift is affine in the state and the noise does not depend on the state, so the process has a"
                        + " transition, which is normal.";
            case Derived.Absent<AffineSystem>(Diagnostic reason) -> {
                String why =
                        reason.notes().isEmpty() ? "" : ": " + reason.notes().getFirst();
                yield reason.message().replaceFirst("^the ", "The ") + why + ".";
            }
        };
    }

    private static Explanation ofStratonovich(Process p, Stratonovich form, Explanation title) {
        return title.step("The process.", Formula.of(n -> Equations.of(form, n)))
                .step(
                        "The noise after `∘`, with the coefficients `S`, is integrated in the sense of Stratonovich. The"
                                + " Itô equation of the same paths has a further term in its drift, the correction below, where `G`"
                                + " holds the coefficients of all noises.",
                        Citation.STRATONOVICH,
                        Formula.written(
                                "½ Σⱼₖ Gⱼₖ ∂Sᵢₖ/∂xⱼ",
                                "\\frac{1}{2} \\sum_{j,k} G_{jk} \\frac{\\partial S_{ik}}{\\partial x_{j}}"),
                        ReversalSteps.perState(p, "correction", "\\mathit{correction}", form.correction()))
                .step("The result: the Itô equation.", ReversalSteps.equations(p));
    }

    private static Explanation ofTransition(Process p, Transition stated, Explanation title) {
        Symbol t = p.time();
        Expr slope = Derivative.of(p.drift().getFirst(), p.states().getFirst());
        List<Formula> formulas = new ArrayList<>();
        formulas.add(Formula.written("a = Φ̇/Φ", "a = \\frac{\\dot{\\Phi}}{\\Phi}"));
        formulas.add(equation("a", "a", slope, p.states()));
        if (!stated.offset().isZero()) {
            formulas.add(Formula.written("c = ṁ − a m", "c = \\dot{m} - a m"));
            formulas.add(equation("c", "c", p.drift().getFirst().with(p.states().getFirst(), Expr.ZERO), p.states()));
        }
        formulas.add(Formula.written("G² = v̇ − 2 a v", "G^{2} = \\dot{v} - 2 a v"));
        formulas.add(equation("G²", "G^{2}", p.covarianceRate().getFirst().getFirst(), p.states()));
        return title.step("The process is stated by its transition.", law(stated))
                .step(
                        (stated.offset().isZero()
                                        ? "The equation with this transition has the linear drift `a x`"
                                        : "The equation with this transition has the affine drift `a x + c`")
                                + ", which gives the mean, and the noise `G`, which gives the variance.",
                        Citation.STATED,
                        formulas.toArray(Formula[]::new))
                .and(TransitionSteps.startOf(stated, t))
                .step("The result.", ReversalSteps.equations(p));
    }

    private static Explanation ofChain(Process p, Chain chain, Explanation title) {
        List<Formula> written = new ArrayList<>();
        written.add(Formula.of(chain::written));
        definitions(p).forEach(each -> written.add(definition(each)));
        return title.step("The process is stated as a chain of steps.", written.toArray(Formula[]::new))
                .step(
                        "The drift is the limit, for `h → 0`, of the mean increment of a step of length `h`, divided by"
                                + " `h`.",
                        Citation.CHAIN,
                        limits(p, i -> chain.mean().get(i).minus(p.states().get(i)), i -> p.drift()
                                .get(i)))
                .step(
                        "The square of the diffusion is the limit of the variance of a step, divided by `h`.",
                        Citation.CHAIN,
                        limits(p, i -> chain.spread().get(i).pow(2), i -> p.covarianceRate()
                                .get(i)
                                .get(i)))
                .step("The result.", ReversalSteps.equations(p));
    }

    /** Writes, for each state, the limit of a quantity of a step divided by the step's length. */
    private static Formula limits(Process p, IntFunction<Expr> ofStep, IntFunction<Expr> limit) {
        return Formula.lines(n -> IntStream.range(0, p.states().size())
                .mapToObj(i -> {
                    String inside = n.of(ofStep.apply(i), p.states());
                    return n.equation(
                            n.choose(
                                    "lim [" + inside + "]/h",
                                    "\\lim_{h \\to 0} \\frac{1}{h} \\left[" + inside + "\\right]"),
                            n.of(limit.apply(i), p.states()));
                })
                .toList());
    }

    static Formula drift(Process p) {
        return ReversalSteps.perState(p, "f", "f", p.drift());
    }

    static Formula diffusion(Process p) {
        return p.noises().isEmpty()
                ? Formula.written("G = 0", "G = 0")
                : p.states().size() == 1 && p.noises().size() == 1
                        ? equation("G", "G", p.diffusion().getFirst().getFirst(), p.states())
                        : Formula.lines(n -> MatrixEntries.ofColumns(new Matrix(p.diffusion()), p.states())
                                .written("G", "G", n));
    }

    static Formula law(Transition transition) {
        return Formula.of(n -> LawText.of(transition, n));
    }

    static Formula equation(String text, String latex, Expr right, List<Symbol> states) {
        return Formula.lines(n -> List.of(n.equation(n.choose(text, latex), n.of(right, states))));
    }

    private static Formula definition(Definition f) {
        Expr left = f.at(f.variables().toArray(Expr[]::new));
        return Formula.lines(n -> List.of(n.equation(n.of(left), n.of(f.body()))));
    }

    /** Returns the named functions of a process, each once, including those used in their definitions. */
    private static List<Definition> definitions(Process p) {
        Map<String, Definition> found = new LinkedHashMap<>();
        Stream.concat(p.drift().stream(), p.diffusion().stream().flatMap(List::stream))
                .forEach(e -> collect(e, found));
        return List.copyOf(found.values());
    }

    private static void collect(Expr e, Map<String, Definition> found) {
        if (e instanceof Expr.Call call && found.putIfAbsent(call.definition().name(), call.definition()) == null) {
            collect(call.definition().body(), found);
        }
        e.children().forEach(child -> collect(child, found));
    }
}
