package org.sdescript.process.explain;

import java.util.stream.Collectors;

/** A derivation as text for the terminal. */
final class ExplanationText {
    private static final int WIDTH = 96;
    private static final String INDENT = "   ";

    private ExplanationText() {}

    static String of(Explanation explanation) {
        StringBuilder out = new StringBuilder(explanation.title());
        for (int i = 0; i < explanation.steps().size(); i++) {
            out.append('\n').append(step(i + 1, explanation.steps().get(i)));
        }
        return out.toString();
    }

    private static String step(int number, Explanation.Step step) {
        String source = step.source().map(from -> " [" + from.citation() + "]").orElse("");
        String formulas = step.formulas().stream()
                .flatMap(formula -> formula.text().lines())
                .map(line -> "\n" + INDENT + INDENT + line)
                .collect(Collectors.joining());
        return wrapped(number + ". ", step.sentence() + source) + formulas;
    }

    private static String wrapped(String lead, String words) {
        StringBuilder out = new StringBuilder(lead);
        int column = lead.length();
        boolean first = true;
        for (String word : words.split(" ")) {
            if (column + 1 + word.length() > WIDTH) {
                out.append('\n').append(INDENT);
                column = INDENT.length();
                first = true;
            }
            out.append(first ? "" : " ").append(word);
            column += word.length() + (first ? 0 : 1);
            first = false;
        }
        return out.toString();
    }
}
