package org.sdescript.display;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.algebra.Latex;
import org.sdescript.algebra.MathMl;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Formula;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.Explainable;
import org.sdescript.runtime.process.ExplanationValue;
import org.sdescript.runtime.process.NormalValue;

/** Formulas for notebooks as LaTeX, displayed between double dollar signs as MathJax reads them, and as MathML. */
final class FormulaView {
    private FormulaView() {}

    /** The LaTeX of a process, a law, a derivation or a formula; empty for any other value. */
    static Optional<String> latex(Value value) {
        return switch (value) {
            case ExplanationValue(Explanation explanation) -> Optional.of(steps(explanation));
            case Explainable derived -> Optional.of(displayed(derived.latex()));
            case NormalValue normal -> normal.prior().map(prior -> displayed(prior.latex()));
            case Value.FormulaValue formula -> Optional.of(displayed(Latex.of(formula.expression())));
            default -> Optional.empty();
        };
    }

    /** The same with MathML, for pages without MathJax. */
    static Optional<String> html(Value value) {
        return switch (value) {
            case ExplanationValue(Explanation explanation) -> Optional.of(explanation.html());
            case Explainable derived -> Optional.of(derived.mathml());
            case NormalValue normal -> normal.prior().map(prior -> MathMl.displayed(prior.latex()));
            case Value.FormulaValue formula -> Optional.of(MathMl.displayed(Latex.of(formula.expression())));
            default -> Optional.empty();
        };
    }

    private static String displayed(String latex) {
        return "$$" + latex + "$$";
    }

    /** The steps without LaTeX's lists and headings, which MathJax does not know. */
    private static String steps(Explanation explanation) {
        StringBuilder text = new StringBuilder(Explanation.words(explanation.title())).append(':');
        for (int i = 0; i < explanation.steps().size(); i++) {
            text.append("\n\n").append(step(i + 1, explanation.steps().get(i)));
        }
        return text.toString();
    }

    private static String step(int number, Explanation.Step step) {
        String source = step.source()
                .map(from -> " (" + Explanation.words(from.citation()) + ")")
                .orElse("");
        return number + ". " + Explanation.words(step.rule()) + source + formulas(step.formulas());
    }

    private static String formulas(List<Formula> formulas) {
        return switch (formulas.size()) {
            case 0 -> "";
            case 1 -> "\n" + displayed(formulas.getFirst().latex());
            default ->
                formulas.stream()
                        .map(Formula::latex)
                        .collect(Collectors.joining(" \\\\\n", "\n$$\\begin{gathered}\n", "\n\\end{gathered}$$"));
        };
    }
}
