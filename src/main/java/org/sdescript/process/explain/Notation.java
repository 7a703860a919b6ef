package org.sdescript.process.explain;

import java.util.List;
import java.util.regex.Pattern;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Latex;
import org.sdescript.algebra.LatexNames;
import org.sdescript.algebra.SumContent;
import org.sdescript.algebra.Term;
import org.sdescript.algebra.Text;
import org.sdescript.algebra.UnicodeNames;
import org.sdescript.algebra.WrittenSign;

/** The two notations of formulas: Unicode for the terminal, LaTeX for paper. */
public enum Notation {
    TEXT,
    LATEX;

    /** The alignment mark before a sign; {@code &} also separates the columns of a matrix and of cases. */
    private static final Pattern ALIGNED = Pattern.compile("&(=|\\\\sim)");

    private static final String BACKWARDS = "\u0304";

    public String of(Expr e) {
        return of(e, List.of());
    }

    /** Returns the expression; states are printed behind the functions of time that multiply them. */
    public String of(Expr e, List<Symbol> states) {
        return switch (this) {
            case TEXT -> Text.of(e, states);
            case LATEX -> Latex.of(e, states);
        };
    }

    public String name(String name) {
        return switch (this) {
            case TEXT -> UnicodeNames.spelled(name);
            case LATEX -> LatexNames.of(name);
        };
    }

    /** Returns the text of this notation. */
    public String choose(String text, String latex) {
        return this == TEXT ? text : latex;
    }

    /** Returns dx, or dw̄ where time runs backwards; the bar goes over the w, before any index. */
    public String differential(String name, boolean backwards) {
        String written = name(name);
        if (!backwards) {
            return "d" + written;
        }
        int letter =
                written.contains("_") && this == LATEX ? written.indexOf('_') : this == TEXT ? 1 : written.length();
        return choose(
                "d" + written.substring(0, letter) + BACKWARDS + written.substring(letter),
                "d\\bar{" + written.substring(0, letter) + "}" + written.substring(letter));
    }

    String bracketed(String inside) {
        return choose("[" + inside + "]", "\\left[" + inside + "\\right]");
    }

    public String parenthesised(String inside) {
        return choose("(" + inside + ")", "\\left(" + inside + "\\right)");
    }

    /** Returns {@code left = right}; {@link #display} aligns equations at the sign. */
    public String equation(String left, String right) {
        return relation(left, "=", right);
    }

    public String relation(String left, String sign, String right) {
        return left + choose(" " + sign + " ", " &" + sign + " ") + right;
    }

    /** Returns equations one below the other. */
    public String display(List<String> equations) {
        return switch (this) {
            case TEXT -> String.join("\n", equations);
            case LATEX ->
                equations.size() == 1
                        ? ALIGNED.matcher(equations.getFirst()).replaceFirst("$1")
                        : "\\begin{aligned} " + String.join(" \\\\ ", equations) + " \\end{aligned}";
        };
    }

    /** Appends a term to a sum: omits zero terms and the coefficient 1, and puts the sign between the terms. */
    public void append(StringBuilder out, Expr coefficient, String factor, List<Symbol> states) {
        if (coefficient.isZero()) {
            return;
        }
        boolean sum = SumContent.isWrittenAsSum(coefficient);
        boolean minus = !(coefficient instanceof Expr.Sum)
                && Term.of(WrittenSign.of(coefficient)).coefficient().signum() < 0;
        String sign = choose(Text.MINUS, "-");
        out.append(out.isEmpty() ? (minus ? sign : "") : (minus ? " " + sign + " " : " + "));
        Expr size = minus ? coefficient.negate() : coefficient;
        if (!size.isOne() || factor.isEmpty()) {
            String text = of(size, states);
            out.append(!sum || factor.isEmpty() ? text : bracketed(text)).append(factor.isEmpty() ? "" : space());
        }
        out.append(factor);
    }

    private String space() {
        return choose(" ", "\\, ");
    }

    /** Returns ∫₀ᵗ u ds, with a variable of integration in place of time. */
    public String integral(Expr integrand, Symbol time, Expr from) {
        Symbol s = Expr.symbol(time.name().equals("s") ? "r" : "s");
        Expr inside = integrand.with(time, s);
        String text = of(inside);
        String body = inside instanceof Expr.Sum ? parenthesised(text) : text;
        String to = name(time.name());
        String limits = from.isZero() && to.equals("t") ? "₀ᵗ" : "[" + of(from) + ", " + to + "]";
        return choose("∫" + limits + " ", "\\int_{" + of(from) + "}^{" + to + "} ") + body + space() + "d" + s.name();
    }

    /** Indents lines that belong to the line above. */
    public List<String> indented(List<String> lines) {
        return lines.stream().map(line -> choose("  ", "") + line).toList();
    }
}
