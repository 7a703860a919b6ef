package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.FormulaLayout.Row;
import org.sdescript.algebra.FormulaLayout.Words;

/**
 * Words with formulas between dollar signs, as in LaTeX: {@code loss $L(\theta)$ in nats}. A dollar sign without a
 * partner, or behind a backslash, is itself.
 *
 * @param row words and formulas from left to right
 */
public record MixedText(Row row) {
    private static final char DOLLAR = '$';

    /** Reads the text; throws {@link UnknownLatex} for a formula that sde does not read. */
    public static MixedText of(String text) {
        List<FormulaLayout> parts = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int close = text.charAt(at) == DOLLAR ? dollar(text, at + 1) : -1;
            if (close > at + 1) {
                flush(words, parts);
                parts.addAll(LatexReader.read(text.substring(at + 1, close)).parts());
                at = close + 1;
            } else {
                at += text.startsWith("\\$", at) ? 1 : 0;
                words.append(text.charAt(at++));
            }
        }
        flush(words, parts);
        return new MixedText(new Row(parts));
    }

    /** Returns the place of the next dollar sign that is not behind a backslash, or -1. */
    private static int dollar(String text, int from) {
        int at = text.indexOf(DOLLAR, from);
        while (at > 0 && text.charAt(at - 1) == '\\') {
            at = text.indexOf(DOLLAR, at + 1);
        }
        return at;
    }

    private static void flush(StringBuilder words, List<FormulaLayout> parts) {
        if (!words.isEmpty()) {
            parts.add(new Words(words.toString()));
            words.setLength(0);
        }
    }

    /** Returns the text with formulas in Unicode: loss L(θ) in nats. */
    public String unicode() {
        return FormulaText.of(row);
    }
}
