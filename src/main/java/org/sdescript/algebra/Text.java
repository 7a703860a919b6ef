package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

/** An expression in Unicode, in the order a mathematician writes. */
public final class Text {
    /** The Unicode minus sign, U+2212. */
    public static final String MINUS = "−";

    private final List<Symbol> states;

    private Text(List<Symbol> states) {
        this.states = states;
    }

    public static String of(Expr e) {
        return of(e, List.of());
    }

    /** Returns the text. The states, such as x, are printed behind the functions of time that multiply them: β(t) x. */
    public static String of(Expr e, List<Symbol> states) {
        return new Text(states).text(e);
    }

    /** Returns the text of a condition: t > ½. */
    public static String of(Condition condition) {
        return new Text(List.of()).condition(condition);
    }

    /** Returns the text of a number by itself. */
    public static String of(double value) {
        return of(Expr.of(value));
    }

    private String text(Expr e) {
        return switch (e) {
            case Num n -> signed(n.value(), RationalText.plain(n.value().abs()));
            case Sum s -> sum(s);
            case Product p -> term(p);
            case Constant c -> "π";
            case Parameter p -> UnicodeNames.spelled(p.name());
            case Symbol s -> UnicodeNames.spelled(s.name());
            case Power p -> term(p);
            case Apply a -> magnitude(a);
            case Call c -> call(c);
            case Choice c -> choice(c);
            case Tabulated f -> tabulated(f);
        };
    }

    private String term(Expr e) {
        Expr written = WrittenSign.of(e);
        return signed(Term.of(written).coefficient(), magnitude(written));
    }

    private static String signed(Rational sign, String magnitude) {
        return (sign.signum() < 0 ? MINUS : "") + magnitude;
    }

    private String sum(Sum s) {
        Rational common = SumContent.common(s);
        if (!common.isOne()) {
            return RationalText.coefficient(common) + " (" + text(SumContent.scale(s, common.reciprocal())) + ")";
        }
        StringBuilder out = new StringBuilder();
        for (Expr term : new TermPrintOrder(states).sorted(s)) {
            boolean minus = Term.of(term).coefficient().signum() < 0;
            out.append(out.isEmpty() ? (minus ? MINUS : "") : (minus ? " " + MINUS + " " : " + "));
            out.append(magnitude(term));
        }
        return out.toString();
    }

    /** Returns a term without its sign. */
    private String magnitude(Expr e) {
        Term term = Term.of(e);
        Rational coefficient = term.coefficient().abs();
        if (term.rest().isOne()) {
            return RationalText.coefficient(coefficient);
        }
        Fraction fraction = Fraction.of(coefficient, term.rest());
        String above = factors(fraction.coefficient(), fraction.above());
        if (fraction.below().isEmpty()) {
            return above;
        }
        String below = factors(Rational.ONE, fraction.below());
        return above + "/" + (fraction.below().size() > 1 ? "(" + below + ")" : below);
    }

    private String factors(Rational coefficient, List<Expr> factors) {
        List<String> parts = new ArrayList<>();
        if (!coefficient.isOne() || factors.isEmpty()) {
            parts.add(factors.isEmpty() ? RationalText.plain(coefficient) : RationalText.coefficient(coefficient));
        }
        factors.stream()
                .sorted(Comparator.comparingInt(new FactorPrintOrder(states)::place))
                .map(this::factor)
                .forEach(parts::add);
        return String.join(" ", parts);
    }

    private String factor(Expr e) {
        return switch (e) {
            case Sum s -> "(" + sum(s) + ")";
            case Power p -> power(p);
            case Apply a -> application(a, "");
            case Product p -> "(" + text(p) + ")";
            case Num n -> text(n);
            case Constant c -> text(c);
            case Parameter p -> text(p);
            case Symbol s -> text(s);
            case Call c -> text(c);
            case Choice c -> text(c);
            case Tabulated f -> tabulated(f);
        };
    }

    private String power(Power p) {
        if (p.exponent().equals(Expr.HALF)) {
            boolean bare = p.base() instanceof Symbol
                    || p.base() instanceof Call
                    || p.base() instanceof Tabulated
                    || p.base() instanceof Constant
                    || p.base() instanceof Parameter
                    || p.base() instanceof Num n && n.value().signum() > 0 && !text(n).contains("/");
            return "√" + (bare ? text(p.base()) : "(" + text(p.base()) + ")");
        }
        String exponent = exponent(p.exponent());
        if (p.base() instanceof Apply a && isTrigonometric(a.function()) && !exponent.startsWith("^")) {
            return application(a, exponent);
        }
        boolean bare = p.base() instanceof Symbol
                || p.base() instanceof Constant
                || p.base() instanceof Parameter
                || p.base() instanceof Call c
                || p.base() instanceof Apply
                || p.base() instanceof Choice
                || p.base() instanceof Num n
                        && n.value().isInteger()
                        && n.value().signum() > 0;
        return (bare ? text(p.base()) : "(" + text(p.base()) + ")") + exponent;
    }

    private String exponent(Expr e) {
        String plain = text(e);
        String raised = UnicodeNames.raised(plain);
        return raised != null ? raised : "^(" + plain + ")";
    }

    private static boolean isTrigonometric(Elementary function) {
        return switch (function) {
            case SIN, COS, TAN, SINH, COSH, TANH -> true;
            case EXP, LOG, ATAN, ERF, ABS, SIGN, MIN, MAX, EXPM1, LOG1P -> false;
        };
    }

    private String application(Apply a, String raised) {
        if (a.function() == Elementary.ABS) {
            return "|" + text(a.argument()) + "|";
        }
        String numeric = a.function() == Elementary.EXP ? powerOfNumber(a.argument()) : null;
        return numeric != null ? numeric : a.function().spelling() + raised + "(" + list(a.arguments()) + ")";
    }

    /** exp(2 t log 5) → 5²ᵗ, or null. */
    private @Nullable String powerOfNumber(Expr exponent) {
        for (Expr factor : Term.factorsOf(exponent)) {
            if (factor instanceof Apply log && log.function() == Elementary.LOG && log.argument() instanceof Num n) {
                String base = n.value().isInteger() ? text(n) : "(" + text(n) + ")";
                return base + exponent(exponent.over(factor));
            }
        }
        return null;
    }

    private String call(Call c) {
        return UnicodeNames.differentiated(c.definition().name(), c.order()) + "(" + list(c.arguments()) + ")";
    }

    /** Returns a choice in the syntax of scripts: where(t > ½, a, b). */
    private String choice(Choice c) {
        return "where(" + condition(c.condition()) + ", " + text(c.then()) + ", " + text(c.otherwise()) + ")";
    }

    /**
     * Returns a condition with its positive terms on the left and its number on the right: {@code t > ½} for
     * {@code t − ½ > 0}, {@code t < ½} for {@code ½ − t > 0}.
     */
    private String condition(Condition condition) {
        ConditionText sides = ConditionText.of(condition);
        return text(sides.left()) + " " + sides.sign() + " " + text(sides.right());
    }

    private String tabulated(Tabulated f) {
        return UnicodeNames.differentiated(f.name(), f.order()) + "(" + text(f.argument()) + ")";
    }

    private String list(List<Expr> arguments) {
        return arguments.stream().map(this::text).collect(Collectors.joining(", "));
    }
}
