package org.sdescript.process;

import java.util.stream.Collectors;

/** A derivation as LaTeX, with amsmath: a list of steps under a heading. */
final class ExplanationLatex {
    private ExplanationLatex() {}

    static String of(Explanation explanation) {
        return "\\subsection*{" + words(explanation.title()) + "}\n\\begin{enumerate}\n"
                + explanation.steps().stream().map(ExplanationLatex::step).collect(Collectors.joining())
                + "\\end{enumerate}";
    }

    private static String step(Explanation.Step step) {
        String source =
                step.source().map(from -> " (" + words(from.citation()) + ")").orElse("");
        return "\\item " + words(step.rule()) + source + "\n"
                + step.formulas().stream()
                        .map(formula -> "\\[ " + formula.latex() + " \\]\n")
                        .collect(Collectors.joining());
    }

    /** What TeX would take for its own signs in a sentence. */
    static String words(String sentence) {
        return sentence.replace("&", "\\&")
                .replace("%", "\\%")
                .replace("#", "\\#")
                .replace("_", "\\_")
                .replace("§", "\\S\\,")
                .replace("′", "$'$")
                .replace("²", "$^2$")
                .replace("Φ", "$\\Phi$")
                .replace("→", "$\\to$")
                .replace("∞", "$\\infty$");
    }
}
