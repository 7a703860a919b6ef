package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Call;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Constant;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Parameter;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Expr.Tabulated;

/** An expression as LaTeX for math mode, with the macros of amsmath; terms and factors in the order of {@link Text}. */
public final class Latex {
    private final List<Symbol> states;

    private Latex(List<Symbol> states) {
        this.states = states;
    }

    public static String of(Expr e) {
        return of(e, List.of());
    }

    /** Returns the LaTeX text. The states, such as x, are printed behind the functions of time that multiply them. */
    public static String of(Expr e, List<Symbol> states) {
        return new Latex(states).latex(e);
    }

    private String latex(Expr e) {
        return switch (e) {
            case Num n -> (n.value().signum() < 0 ? "-" : "") + number(n.value().abs());
            case Constant c -> "\\pi";
            case Parameter p -> LatexNames.of(p.name());
            case Symbol s -> LatexNames.of(s.name());
            case Sum s -> sum(s);
            case Product p -> term(p);
            case Power p -> term(p);
            case Apply a -> application(a, "");
            case Call c -> call(c);
            case Tabulated f -> LatexNames.differentiated(f.name(), f.order()) + parenthesised(latex(f.argument()));
            case Choice c -> choice(c);
        };
    }

    private String term(Expr e) {
        Expr written = WrittenSign.of(e);
        return (Term.of(written).coefficient().signum() < 0 ? "-" : "") + magnitude(written);
    }

    private static String number(Rational q) {
        String plain = RationalText.plain(q);
        if (plain.contains("/")) {
            return fraction(q.numerator().toString(), q.denominator().toString());
        }
        int e = plain.indexOf('e');
        return e < 0
                ? plain.replace("…", "\\ldots")
                : plain.substring(0, e) + " \\cdot 10^{"
                        + plain.substring(e + 1).replace("−", "-").replace("…", "") + "}";
    }

    /** Returns a coefficient before other factors: simple fractions are printed as fractions, not decimals. */
    private static String coefficient(Rational q) {
        return RationalText.isVulgar(q)
                ? fraction(q.numerator().toString(), q.denominator().toString())
                : number(q);
    }

    private static String fraction(String above, String below) {
        return "\\frac{" + above + "}{" + below + "}";
    }

    private static String parenthesised(String inside) {
        return isTall(inside) ? "\\left(" + inside + "\\right)" : "(" + inside + ")";
    }

    /** True if parentheses around the text must grow. */
    private static boolean isTall(String inside) {
        return inside.contains("\\frac") || inside.contains("\\left") || inside.contains("\\begin");
    }

    private String sum(Sum s) {
        Rational common = SumContent.common(s);
        if (!common.isOne()) {
            return coefficient(common) + " " + parenthesised(latex(SumContent.scale(s, common.reciprocal())));
        }
        StringBuilder out = new StringBuilder();
        for (Expr term : new TermPrintOrder(states).sorted(s)) {
            boolean minus = Term.of(term).coefficient().signum() < 0;
            out.append(out.isEmpty() ? (minus ? "-" : "") : (minus ? " - " : " + "));
            out.append(magnitude(term));
        }
        return out.toString();
    }

    /** Returns a term without its sign. */
    private String magnitude(Expr e) {
        Term term = Term.of(e);
        Rational coefficient = term.coefficient().abs();
        if (term.rest().isOne()) {
            return coefficient(coefficient);
        }
        Fraction parts = Fraction.of(coefficient, term.rest());
        if (parts.below().isEmpty()) {
            return factors(parts.coefficient(), parts.above());
        }
        // the numbers of a vulgar fraction join the existing fraction bar
        Rational front = parts.coefficient();
        boolean joined = RationalText.isVulgar(front);
        Rational above = joined ? new Rational(front.numerator(), java.math.BigInteger.ONE) : front;
        Rational below = joined ? new Rational(front.denominator(), java.math.BigInteger.ONE) : Rational.ONE;
        return fraction(factors(above, parts.above()), factors(below, parts.below()));
    }

    private String factors(Rational coefficient, List<Expr> factors) {
        List<String> parts = new ArrayList<>();
        if (!coefficient.isOne() || factors.isEmpty()) {
            parts.add(coefficient(coefficient));
        }
        List<Expr> ordered = factors.stream()
                .sorted(Comparator.comparingInt(new FactorPrintOrder(states)::place))
                .toList();
        for (Expr factor : ordered) {
            boolean alone = ordered.size() == 1 && parts.isEmpty() && factor instanceof Sum;
            String text = alone ? latex(factor) : factor(factor);
            boolean digits = !parts.isEmpty() && Character.isDigit(text.charAt(0));
            parts.add(digits ? "\\cdot " + text : text);
        }
        return String.join(" ", parts);
    }

    private String factor(Expr e) {
        return e instanceof Sum || e instanceof Product
                ? parenthesised(latex(e))
                : e instanceof Power p ? power(p) : latex(e);
    }

    private String power(Power p) {
        if (p.exponent() instanceof Num(Rational n)
                && n.numerator().equals(java.math.BigInteger.ONE)
                && !n.isInteger()) {
            String degree = n.equals(Rational.HALF) ? "" : "[" + n.denominator() + "]";
            return "\\sqrt" + degree + "{" + latex(p.base()) + "}";
        }
        String exponent = "^{" + latex(p.exponent()) + "}";
        if (p.base() instanceof Apply a && isNamed(a.function())) {
            return application(a, exponent);
        }
        boolean bare = p.base() instanceof Symbol
                || p.base() instanceof Constant
                || p.base() instanceof Parameter
                || p.base() instanceof Num n
                        && n.value().isInteger()
                        && n.value().signum() > 0
                || p.base() instanceof Apply a && a.function() == Elementary.ABS;
        return (bare ? latex(p.base()) : parenthesised(latex(p.base()))) + exponent;
    }

    /** True for functions whose exponent is printed behind their names, as in sin². */
    private static boolean isNamed(Elementary function) {
        return switch (function) {
            case SIN, COS, TAN, SINH, COSH, TANH -> true;
            case EXP, LOG, ATAN, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P -> false;
        };
    }

    private String application(Apply a, String raised) {
        String inside = a.arguments().stream().map(this::latex).collect(Collectors.joining(", "));
        return switch (a.function()) {
            case EXP -> exponential(a.argument());
            case ABS -> "\\left|" + inside + "\\right|";
            case ERF, SIGN -> "\\operatorname{" + a.function().spelling() + "}" + parenthesised(inside);
            case ATAN -> "\\arctan" + parenthesised(inside);
            case EXPM1 -> "e^{" + inside + "} - 1";
            case LOG1P -> "\\log" + parenthesised("1 + " + inside);
            case LOG, SIN, COS, TAN, SINH, COSH, TANH, MIN, MAX ->
                "\\" + a.function().spelling() + raised + parenthesised(inside);
        };
    }

    /** Returns 5^{2t} for exp(2t log 5), e^{…} for an exponent on one line, exp(…) for an exponent with fractions. */
    private String exponential(Expr exponent) {
        for (Expr factor : Term.factorsOf(exponent)) {
            if (factor instanceof Apply log && log.function() == Elementary.LOG && log.argument() instanceof Num n) {
                String base = n.value().isInteger() ? latex(n) : parenthesised(latex(n));
                return base + "^{" + latex(exponent.over(factor)) + "}";
            }
        }
        String inside = latex(exponent);
        return isTall(inside) ? "\\exp" + parenthesised(inside) : "e^{" + inside + "}";
    }

    private String call(Call c) {
        String name = LatexNames.differentiated(c.definition().name(), c.order());
        return name + parenthesised(c.arguments().stream().map(this::latex).collect(Collectors.joining(", ")));
    }

    private String choice(Choice c) {
        ConditionText sides = ConditionText.of(c.condition());
        String sign = sides.sign().replace("≥", "\\ge").replace("≤", "\\le");
        return "\\begin{cases} " + latex(c.then()) + " & " + latex(sides.left()) + " " + sign + " "
                + latex(sides.right()) + " \\\\ " + latex(c.otherwise()) + " & \\text{otherwise} \\end{cases}";
    }
}
