package org.sdescript.algebra;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.algebra.FormulaLayout.Accent;
import org.sdescript.algebra.FormulaLayout.Digits;
import org.sdescript.algebra.FormulaLayout.Fence;
import org.sdescript.algebra.FormulaLayout.FunctionName;
import org.sdescript.algebra.FormulaLayout.Name;
import org.sdescript.algebra.FormulaLayout.Ratio;
import org.sdescript.algebra.FormulaLayout.Root;
import org.sdescript.algebra.FormulaLayout.Row;
import org.sdescript.algebra.FormulaLayout.Scripts;
import org.sdescript.algebra.FormulaLayout.Sign;
import org.sdescript.algebra.FormulaLayout.Space;
import org.sdescript.algebra.FormulaLayout.Style;
import org.sdescript.algebra.FormulaLayout.Table;
import org.sdescript.algebra.FormulaLayout.Words;

/** A formula as a line of Unicode, spelled as {@link Text} spells expressions: ∇ₓ log pₜ. */
public final class FormulaText {
    private static final Map<String, String> DOUBLE_STRUCK = Map.of(
            "C",
            "ℂ",
            "E",
            "\ud835\udd3c",
            "N",
            "ℕ",
            "P",
            "ℙ",
            "Q",
            "ℚ",
            "R",
            "ℝ",
            "V",
            "\ud835\udd4d",
            "Z",
            "ℤ",
            "1",
            "\ud835\udfd9");

    private static final Map<String, String> CALLIGRAPHIC = Map.of(
            "N",
            "\ud835\udca9",
            "L",
            "ℒ",
            "H",
            "ℋ",
            "F",
            "ℱ",
            "E",
            "ℰ",
            "B",
            "ℬ",
            "D",
            "\ud835\udc9f",
            "U",
            "\ud835\udcb0");

    private static final Map<String, String> COMBINING =
            Map.of("˙", "\u0307", "¨", "\u0308", "¯", "\u0304", "^", "\u0302", "˜", "\u0303");

    private FormulaText() {}

    /** Returns the formula on one line; a matrix becomes [a, b; c, d]. */
    public static String of(FormulaLayout layout) {
        return switch (layout) {
            case Row(List<FormulaLayout> parts) -> row(parts);
            case Name(String letters, Style style) -> letters(letters, style);
            case Digits(String digits) -> digits;
            case Sign(String sign) -> sign;
            case FunctionName(String name) -> name;
            case Words(String text) -> text;
            case Space space -> space.width().startsWith("-") ? "" : " ";
            case Ratio(FormulaLayout above, FormulaLayout below, boolean small) ->
                grouped(above) + "/" + grouped(below);
            case Root(FormulaLayout inside, Row degree) ->
                (FormulaSpacing.isNothing(degree) ? "√" : raised(of(degree)) + "√") + grouped(inside);
            case Scripts scripts -> scripts(scripts);
            case Accent(FormulaLayout inside, String mark) -> of(inside) + combining(mark);
            case Fence(String open, Row inside, String close) -> open + of(inside) + close;
            case Table(Table.Kind kind, List<List<Row>> rows) ->
                rows.stream()
                        .map(row -> row.stream().map(FormulaText::of).collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; ", "[", "]"));
        };
    }

    /** Returns the mark that combines with the letter before it. */
    public static String combining(String mark) {
        return COMBINING.getOrDefault(mark, mark);
    }

    /** Returns letters in a style that Unicode has, else the plain letters. */
    public static String letters(String letters, Style style) {
        return switch (style) {
            case DOUBLE_STRUCK -> doubleStruck(letters);
            case CALLIGRAPHIC -> calligraphic(letters);
            case ITALIC, UPRIGHT, BOLD, SANS_SERIF -> letters;
        };
    }

    static String doubleStruck(String letters) {
        return DOUBLE_STRUCK.getOrDefault(letters, letters);
    }

    static String calligraphic(String letters) {
        return CALLIGRAPHIC.getOrDefault(letters, letters);
    }

    private static String row(List<FormulaLayout> parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(FormulaSpacing.before(parts, i) > 0 ? " " : "").append(of(parts.get(i)));
        }
        return text.toString();
    }

    /** Returns a part in brackets, unless it is a single letter or number. */
    private static String grouped(FormulaLayout part) {
        String text = of(part);
        boolean single =
                text.codePointCount(0, text.length()) == 1 || text.chars().allMatch(Character::isLetterOrDigit);
        return single ? text : "(" + text + ")";
    }

    private static String scripts(Scripts scripts) {
        String below = of(scripts.below());
        String above = of(scripts.above());
        return of(scripts.base())
                + (below.isEmpty() ? "" : isWord(scripts.below()) ? "_" + below : UnicodeNames.lowered(below))
                + (above.isEmpty() ? "" : raised(above));
    }

    /** True for an index that is a word, σ_min, which {@link UnicodeNames} keeps on the line. */
    private static boolean isWord(Row index) {
        return index.parts().size() == 1
                && index.parts().getFirst() instanceof Name(String letters, Style style)
                && style == Style.UPRIGHT
                && letters.length() > 1;
    }

    private static String raised(String text) {
        if (text.chars().allMatch(letter -> letter == '′')) {
            return text;
        }
        String raised = UnicodeNames.raised(text);
        return raised != null ? raised : "^" + (text.length() == 1 ? text : "(" + text + ")");
    }
}
