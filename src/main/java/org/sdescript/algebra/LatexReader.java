package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.sdescript.algebra.FormulaLayout.Style;
import org.sdescript.algebra.FormulaLayout.Table;
import org.sdescript.algebra.FormulaLayout.Words;

/**
 * Reads LaTeX of math mode: what {@link Latex} and the derivations write, and the same macros in a script's labels.
 * Anything else is an {@link UnknownLatex}, so that a new macro of ours is noticed by the tests instead of a browser.
 */
final class LatexReader {
    private static final String ROW_END = "\\\\";
    private static final Row NOTHING = new Row(List.of());

    private static final Map<String, String> ACCENTS = Map.of(
            "dot",
            "˙",
            "ddot",
            "¨",
            "bar",
            "¯",
            "overline",
            "¯",
            "hat",
            "^",
            "widehat",
            "^",
            "tilde",
            "˜",
            "widetilde",
            "˜");

    private static final Map<String, Style> STYLES = Map.of(
            "mathit", Style.ITALIC,
            "mathrm", Style.UPRIGHT,
            "mathbf", Style.BOLD,
            "boldsymbol", Style.BOLD,
            "mathbb", Style.DOUBLE_STRUCK,
            "mathsf", Style.SANS_SERIF,
            "mathcal", Style.CALLIGRAPHIC);

    private static final Map<String, Table.Kind> TABLES = Map.of(
            "aligned", Table.Kind.ALIGNED,
            "pmatrix", Table.Kind.MATRIX,
            "cases", Table.Kind.CASES);

    private final String latex;
    private int at;

    private LatexReader(String latex) {
        this.latex = latex;
    }

    static Row read(String latex) {
        LatexReader reader = new LatexReader(latex);
        Row whole = reader.rowUntil("");
        if (reader.at < latex.length()) {
            throw reader.unknown(latex.substring(reader.at));
        }
        return whole;
    }

    /** Reads until one of the ends, which remains unread; an empty end is the end of the text. */
    private Row rowUntil(String... ends) {
        List<FormulaLayout> parts = new ArrayList<>();
        for (skipBlanks(); !isAtEnd(ends); skipBlanks()) {
            if (at == latex.length()) {
                throw UnknownLatex.end(latex);
            }
            parts.add(scripted(atom()));
        }
        return new Row(parts);
    }

    private boolean isAtEnd(String... ends) {
        for (String end : ends) {
            if (end.isEmpty() ? at == latex.length() : latex.startsWith(end, at)) {
                return true;
            }
        }
        return false;
    }

    private void skipBlanks() {
        while (at < latex.length() && Character.isWhitespace(latex.charAt(at))) {
            at++;
        }
    }

    private FormulaLayout atom() {
        char c = latex.charAt(at);
        if (c == '\\') {
            return macro(macroName());
        }
        if (c == '{') {
            return group();
        }
        if (Character.isDigit(c)) {
            int from = at;
            while (at < latex.length() && (Character.isDigit(latex.charAt(at)) || isPoint())) {
                at++;
            }
            return new Digits(latex.substring(from, at));
        }
        if ("&^_}#$%~".indexOf(c) >= 0) {
            throw unknown(String.valueOf(c));
        }
        int letter = latex.codePointAt(at);
        at += Character.charCount(letter);
        String text = Character.toString(letter);
        return Character.isLetter(letter) ? new Name(text, Style.ITALIC) : new Sign(c == '-' ? Text.MINUS : text);
    }

    private boolean isPoint() {
        return latex.charAt(at) == '.' && at + 1 < latex.length() && Character.isDigit(latex.charAt(at + 1));
    }

    /** Reads exponents, subscripts and primes behind a base. */
    private FormulaLayout scripted(FormulaLayout base) {
        Row below = NOTHING;
        Row above = NOTHING;
        for (skipBlanks(); isAtEnd("^", "_", "'"); skipBlanks()) {
            char mark = latex.charAt(at++);
            if (mark == '_' ? below != NOTHING : above != NOTHING) {
                throw unknown("a second " + mark);
            }
            if (mark == '_') {
                below = argument();
            } else {
                above = mark == '^' ? argument() : new Row(List.of(new Sign("′")));
            }
        }
        return below == NOTHING && above == NOTHING ? base : new Scripts(base, below, above);
    }

    private FormulaLayout macro(String name) {
        if (STYLES.containsKey(name)) {
            return styled(letters(), STYLES.get(name));
        }
        if (ACCENTS.containsKey(name)) {
            return new Accent(argument(), ACCENTS.get(name));
        }
        return switch (name) {
            case "frac", "dfrac", "tfrac" -> new Ratio(argument(), argument(), name.equals("tfrac"));
            case "sqrt" -> root();
            case "operatorname" -> new FunctionName(letters());
            case "text", "textrm", "mbox" -> new Words(letters());
            case "left" -> fence();
            case "begin" -> table();
            default -> LatexSigns.of(name).orElseThrow(() -> unknown("\\" + name));
        };
    }

    /** Returns a name in a style; a macro in it, {@code \mathbf{\theta}}, stands for its letter. */
    private FormulaLayout styled(String letters, Style style) {
        if (!letters.startsWith("\\")) {
            return new Name(letters, style);
        }
        String macro = letters.substring(1).strip();
        return LatexSigns.of(macro).orElseThrow(() -> unknown(letters)) instanceof Name(String letter, Style plain)
                ? new Name(letter, style)
                : LatexSigns.of(macro).orElseThrow();
    }

    /** Reads the name of a macro: letters, or one other character. */
    private String macroName() {
        int from = ++at;
        while (at < latex.length() && isLatin(latex.charAt(at))) {
            at++;
        }
        if (at == from && at < latex.length()) {
            at++;
        }
        return latex.substring(from, at);
    }

    private static boolean isLatin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Reads a group, or the one atom that stands for it. */
    private Row argument() {
        skipBlanks();
        if (at == latex.length()) {
            throw UnknownLatex.end(latex);
        }
        return latex.charAt(at) == '{' ? group() : new Row(List.of(atom()));
    }

    private Row group() {
        at++;
        Row inside = rowUntil("}");
        at++;
        return inside;
    }

    /** Reads the plain text of a group, or one letter. */
    private String letters() {
        skipBlanks();
        int from = at;
        if (at == latex.length()) {
            throw UnknownLatex.end(latex);
        }
        if (isAtEnd("\\")) {
            return "\\" + macroName();
        }
        if (!isAtEnd("{")) {
            at++;
            return latex.substring(from, at);
        }
        int end = latex.indexOf('}', from);
        if (end < 0) {
            throw unknown(latex.substring(from));
        }
        at = end + 1;
        return latex.substring(from + 1, end).replace("\\_", "_");
    }

    private Root root() {
        Row degree = NOTHING;
        skipBlanks();
        if (isAtEnd("[")) {
            at++;
            degree = rowUntil("]");
            at++;
        }
        return new Root(argument(), degree);
    }

    private Fence fence() {
        String open = bracket();
        Row inside = rowUntil("\\right");
        at += "\\right".length();
        return new Fence(open, inside, bracket());
    }

    private String bracket() {
        skipBlanks();
        if (at == latex.length()) {
            throw UnknownLatex.end(latex);
        }
        if (latex.charAt(at) != '\\') {
            return String.valueOf(latex.charAt(at++));
        }
        String name = macroName();
        return LatexSigns.of(name).orElseThrow(() -> unknown("\\" + name)) instanceof Sign(String sign) ? sign : name;
    }

    private Table table() {
        String name = letters();
        Table.Kind kind = TABLES.get(name);
        if (kind == null) {
            throw unknown("\\begin{" + name + "}");
        }
        String end = "\\end{" + name + "}";
        List<List<Row>> rows = new ArrayList<>();
        do {
            List<Row> cells = new ArrayList<>();
            do {
                cells.add(rowUntil("&", ROW_END, end));
            } while (takes("&"));
            rows.add(cells);
        } while (takes(ROW_END));
        takes(end);
        return new Table(kind, rows);
    }

    /** Skips the text if it comes next. */
    private boolean takes(String text) {
        boolean next = latex.startsWith(text, at);
        at += next ? text.length() : 0;
        return next;
    }

    private UnknownLatex unknown(String what) {
        return UnknownLatex.part(what, latex);
    }
}
