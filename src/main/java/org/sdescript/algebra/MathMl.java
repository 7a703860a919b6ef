package org.sdescript.algebra;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
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
import org.sdescript.algebra.FormulaLayout.Table;
import org.sdescript.algebra.FormulaLayout.Words;

/**
 * Formulas as MathML Core (W3C), which browsers draw without script or fonts of ours. The source is the LaTeX of the
 * formula, so that both have the same terms in the same order, also in theorems that are written by hand.
 */
public final class MathMl {
    private static final String NAMESPACE = "http://www.w3.org/1998/Math/MathML";

    /** Joins a function and its argument; invisible. */
    private static final String APPLICATION = "<mo>\u2061</mo>";

    private static final Set<String> RELATIONS = Set.of("=", "∼");

    private MathMl() {}

    /** Returns a displayed formula. */
    public static String of(Expr e) {
        return displayed(Latex.of(e));
    }

    /** Returns LaTeX of {@link Latex} or of a derivation as a formula on lines of its own. */
    public static String displayed(String latex) {
        return math(latex, "block");
    }

    /** Returns LaTeX of {@link Latex} or of a derivation as a formula within a line of text. */
    public static String inline(String latex) {
        return math(latex, "inline");
    }

    /** Returns text with the characters escaped that XML and HTML reserve. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String math(String latex, String display) {
        return "<math xmlns=\"" + NAMESPACE + "\" display=\"" + display + "\">"
                + parts(LatexReader.read(latex).parts()) + "</math>";
    }

    private static String parts(List<FormulaLayout> parts) {
        StringBuilder out = new StringBuilder();
        FormulaLayout before = new Sign("(");
        for (int i = 0; i < parts.size(); i++) {
            FormulaLayout part = parts.get(i);
            if (FormulaSpacing.isFunction(part)) {
                boolean joined = i > 0 && FormulaSpacing.isValue(before) && !(parts.get(i - 1) instanceof Space);
                out.append(joined ? element(LatexSigns.THIN) : "").append(element(part));
                out.append(i + 1 < parts.size() ? application(parts.get(i + 1)) : "");
            } else {
                out.append(part instanceof Sign(String sign) ? sign(sign, before, i == 0) : element(part));
            }
            before = part instanceof Space ? before : part;
        }
        return out.toString();
    }

    /** Returns a sign in its form: a plus or minus may be that of a number, a relation may begin a cell of a table. */
    private static String sign(String sign, FormulaLayout before, boolean first) {
        if ((sign.equals("+") || sign.equals(Text.MINUS)) && !FormulaSpacing.isValue(before)) {
            return "<mo form=\"prefix\">" + sign + "</mo>";
        }
        return first && RELATIONS.contains(sign) ? "<mo form=\"infix\">" + sign + "</mo>" : sign(sign);
    }

    private static String application(FormulaLayout argument) {
        return APPLICATION + (FormulaSpacing.isBracketed(argument) ? "" : element(LatexSigns.THIN));
    }

    private static String element(FormulaLayout layout) {
        return switch (layout) {
            case Row row -> row(row);
            case Name name -> name(name);
            case Digits number -> "<mn>" + number.digits() + "</mn>";
            case Sign sign -> sign(sign.sign());
            case FunctionName function -> "<mi>" + escaped(function.name()) + "</mi>";
            case Words words -> "<mtext>" + escaped(words.text()).replace(' ', '\u00a0') + "</mtext>";
            case Space space -> "<mspace width=\"" + space.width() + "\"></mspace>";
            case Ratio ratio -> ratio(ratio);
            case Root root ->
                root.degree().parts().isEmpty()
                        ? "<msqrt>" + element(root.inside()) + "</msqrt>"
                        : "<mroot>" + element(root.inside()) + element(root.degree()) + "</mroot>";
            case Scripts scripts -> scripts(scripts);
            case Accent accent ->
                "<mover accent=\"true\">" + element(accent.inside()) + "<mo stretchy=\"false\">" + accent.mark()
                        + "</mo></mover>";
            case Fence fence ->
                "<mrow>" + bracket(fence.open(), "prefix")
                        + parts(fence.inside().parts()) + bracket(fence.close(), "postfix") + "</mrow>";
            case Table table -> table(table);
        };
    }

    /** Returns one element: the part of a row with one part, otherwise an mrow. */
    private static String row(Row row) {
        return row.parts().size() == 1 && !(row.parts().getFirst() instanceof Sign)
                ? element(row.parts().getFirst())
                : "<mrow>" + parts(row.parts()) + "</mrow>";
    }

    private static String name(Name name) {
        String letters = escaped(name.letters());
        boolean single = name.letters().codePointCount(0, name.letters().length()) == 1;
        return switch (name.style()) {
            case ITALIC -> single ? "<mi>" + letters + "</mi>" : "<mi style=\"font-style:italic\">" + letters + "</mi>";
            case UPRIGHT -> (single ? "<mi mathvariant=\"normal\">" : "<mi>") + letters + "</mi>";
            case BOLD -> "<mi mathvariant=\"normal\" style=\"font-weight:bold\">" + letters + "</mi>";
            case DOUBLE_STRUCK -> "<mi mathvariant=\"normal\">" + FormulaText.doubleStruck(name.letters()) + "</mi>";
            case SANS_SERIF -> "<mi mathvariant=\"normal\" style=\"font-family:sans-serif\">" + letters + "</mi>";
            case CALLIGRAPHIC -> "<mi>" + FormulaText.calligraphic(name.letters()) + "</mi>";
        };
    }

    private static String sign(String sign) {
        return switch (sign) {
            case "∇" -> "<mi mathvariant=\"normal\">∇</mi>";
            case "∞", "∂" -> "<mi mathvariant=\"normal\">" + sign + "</mi>";
            case "(", ")", "[", "]", "{", "}", "|", "∣" -> "<mo stretchy=\"false\">" + sign + "</mo>";
            default -> "<mo>" + escaped(sign) + "</mo>";
        };
    }

    private static String bracket(String bracket, String form) {
        return "<mo form=\"" + form + "\">" + escaped(bracket) + "</mo>";
    }

    private static String ratio(Ratio ratio) {
        String fraction = "<mfrac>" + element(ratio.above()) + element(ratio.below()) + "</mfrac>";
        return ratio.small() ? "<mstyle displaystyle=\"false\">" + fraction + "</mstyle>" : fraction;
    }

    /** Limits stand below sums and the word lim, and beside an integral. */
    private static String scripts(Scripts scripts) {
        boolean under = scripts.base() instanceof Sign(String sign) && sign.equals("∑")
                || scripts.base() instanceof FunctionName(String name) && name.equals("lim");
        String base = element(scripts.base());
        String below = element(scripts.below());
        String above = element(scripts.above());
        if (scripts.above().parts().isEmpty()) {
            return wrapped(under ? "munder" : "msub", base + below);
        }
        return scripts.below().parts().isEmpty()
                ? wrapped(under ? "mover" : "msup", base + above)
                : wrapped(under ? "munderover" : "msubsup", base + below + above);
    }

    private static String wrapped(String tag, String inside) {
        return "<" + tag + ">" + inside + "</" + tag + ">";
    }

    private static String table(Table table) {
        return switch (table.kind()) {
            case ALIGNED -> "<mtable displaystyle=\"true\">" + rows(table, MathMl::aligned) + "</mtable>";
            case MATRIX ->
                "<mrow>" + bracket("(", "prefix") + "<mtable>" + rows(table, column -> "") + "</mtable>"
                        + bracket(")", "postfix") + "</mrow>";
            case CASES ->
                "<mrow>" + bracket("{", "prefix") + "<mtable>"
                        + rows(table, column -> "text-align:left;text-align:-webkit-left") + "</mtable></mrow>";
        };
    }

    /**
     * Left sides end, and right sides begin, at the sign. Chromium aligns the content of a cell only by its own keywords;
     * other browsers ignore these.
     */
    private static String aligned(int column) {
        return column % 2 == 0
                ? "text-align:right;text-align:-webkit-right;padding-right:0"
                : "text-align:left;text-align:-webkit-left;padding-left:0";
    }

    private static String rows(Table table, IntFunction<String> style) {
        return table.rows().stream()
                .map(row -> "<mtr>" + cells(row, style) + "</mtr>")
                .collect(Collectors.joining());
    }

    private static String cells(List<Row> row, IntFunction<String> style) {
        StringBuilder out = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String css = style.apply(column);
            out.append(css.isEmpty() ? "<mtd>" : "<mtd style=\"" + css + "\">")
                    .append(parts(row.get(column).parts()))
                    .append("</mtd>");
        }
        return out.toString();
    }
}
