package org.sdescript.process.explain;

import java.util.List;
import java.util.stream.Collectors;

/** A derivation as LaTeX, with amsmath: a list of steps under a heading. */
final class ExplanationLatex {
    private ExplanationLatex() {}

    static String of(Explanation explanation) {
        return "\\subsection*{" + StepText.latex(explanation.title()) + "}\n\\begin{enumerate}\n"
                + explanation.steps().stream().map(ExplanationLatex::step).collect(Collectors.joining())
                + "\\end{enumerate}";
    }

    private static String step(Explanation.Step step) {
        String source = step.source()
                .map(from -> " (" + StepText.latex(from.citation()) + ")")
                .orElse("");
        return "\\item " + StepText.latex(step.rule()) + source + "\n" + displayed(step.formulas());
    }

    private static String displayed(List<Formula> formulas) {
        return switch (formulas.size()) {
            case 0 -> "";
            case 1 -> "\\[ " + formulas.getFirst().latex() + " \\]\n";
            default ->
                formulas.stream()
                        .map(Formula::latex)
                        .collect(Collectors.joining(" \\\\\n", "\\begin{gather*}\n", "\n\\end{gather*}\n"));
        };
    }
}
