package org.sdescript.process.explain;

import java.util.stream.Collectors;
import org.sdescript.algebra.MathMl;

/** A derivation as HTML with MathML: a list of steps under a heading. */
final class ExplanationHtml {
    private ExplanationHtml() {}

    static String of(Explanation explanation) {
        return "<section class=\"derivation\">\n<h3>" + MathMl.escaped(explanation.title()) + "</h3>\n<ol>\n"
                + explanation.steps().stream().map(ExplanationHtml::step).collect(Collectors.joining())
                + "</ol>\n</section>";
    }

    private static String step(Explanation.Step step) {
        String source = step.source()
                .map(from -> " <cite>" + MathMl.escaped(from.citation()) + "</cite>")
                .orElse("");
        String formulas =
                step.formulas().stream().map(formula -> formula.mathml() + "\n").collect(Collectors.joining());
        return "<li>\n<p>" + step.html() + source + "</p>\n" + formulas + "</li>\n";
    }
}
