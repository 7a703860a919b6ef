package org.sdescript.algebra;

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

/** The certain sign of an expression wherever it is defined. {@code false} means "not proved". */
public final class Sign {
    private final Assumptions assumptions;

    private Sign(Assumptions assumptions) {
        this.assumptions = assumptions;
    }

    public static boolean isPositive(Expr e, Assumptions assumptions) {
        return new Sign(assumptions).positive(e)
                || bounded(assumptions) && Bounds.of(e, assumptions).isPositive();
    }

    public static boolean isNonNegative(Expr e, Assumptions assumptions) {
        return new Sign(assumptions).nonNegative(e)
                || bounded(assumptions) && Bounds.of(e, assumptions).isNonNegative();
    }

    public static boolean isNonZero(Expr e, Assumptions assumptions) {
        return isPositive(e, assumptions)
                || isPositive(e.negate(), assumptions)
                || Term.factorsOf(e).stream().allMatch(factor -> new Sign(assumptions).nonZero(factor));
    }

    /** True if ranges are assumed; only then are bounds sharper than signs. */
    private static boolean bounded(Assumptions assumptions) {
        return !assumptions.ranges().isEmpty();
    }

    private boolean nonZero(Expr factor) {
        return switch (factor) {
            case Symbol s ->
                assumptions.nonZero().contains(s) || assumptions.range(s).isNonZero();
            case Power(Expr base, Num n) -> nonZero(base);
            case Num n -> n.value().signum() != 0;
            case Expr other -> positive(other) || negative(other);
        };
    }

    public static boolean isNonNegative(Expr e) {
        return isNonNegative(e, Assumptions.NONE);
    }

    private boolean positive(Expr e) {
        return switch (e) {
            case Num n -> n.value().signum() > 0;
            case Constant c -> true;
            case Parameter p -> p.low() > 0;
            case Symbol s -> assumptions.range(s).isPositive();
            case Sum s ->
                s.terms().stream().allMatch(this::nonNegative)
                                && s.terms().stream().anyMatch(this::positive)
                        || complementOfExponential(s, true);
            case Product p -> evenlyNegative(p) && p.factors().stream().allMatch(f -> positive(f) || negative(f));
            case Power(Expr base, Num n) when n.value().isEven() -> nonZero(base);
            case Power(Expr base, Expr exponent) -> positive(base);
            case Apply a ->
                switch (a.function()) {
                    case EXP, COSH -> true;
                    case SINH, TANH, ATAN, ERF, EXPM1, LOG1P -> positive(a.argument());
                    case MAX -> a.arguments().stream().anyMatch(this::positive);
                    case MIN -> a.arguments().stream().allMatch(this::positive);
                    case ABS -> nonZero(a.argument());
                    case LOG, SIN, COS, TAN, SIGN -> false;
                };
            case Call c -> false;
            case Choice c -> positive(c.then()) && positive(c.otherwise());
            case Tabulated f -> false;
        };
    }

    private boolean nonNegative(Expr e) {
        if (positive(e)) {
            return true;
        }
        return switch (e) {
            case Num n -> n.value().signum() >= 0;
            case Constant c -> true;
            case Parameter p -> p.low() >= 0;
            case Symbol s -> assumptions.range(s).isNonNegative();
            case Sum s -> s.terms().stream().allMatch(this::nonNegative) || complementOfExponential(s, false);
            case Product p -> evenlyNegative(p) && p.factors().stream().allMatch(f -> nonNegative(f) || negative(f));
            // a fractional power is defined for base ≥ 0 only
            case Power(Expr base, Num n) -> n.value().isEven() || !n.value().isInteger() || nonNegative(base);
            case Power(Expr base, Expr exponent) -> nonNegative(base);
            case Apply a ->
                switch (a.function()) {
                    case ABS -> true;
                    case EXP, COSH -> true;
                    case SINH, TANH, ATAN, ERF, EXPM1, LOG1P, SIGN -> nonNegative(a.argument());
                    case MAX -> a.arguments().stream().anyMatch(this::nonNegative);
                    case MIN -> a.arguments().stream().allMatch(this::nonNegative);
                    case LOG, SIN, COS, TAN -> false;
                };
            case Call c -> false;
            case Choice c -> nonNegative(c.then()) && nonNegative(c.otherwise());
            case Tabulated f -> false;
        };
    }

    /**
     * True for a negative number or sum. Other factors have no sign of their own: functions give theirs to the
     * coefficient.
     */
    private boolean negative(Expr e) {
        return e instanceof Num n && n.value().signum() < 0
                || e instanceof Parameter p && p.high() < 0
                || e instanceof Sum s && positive(SumContent.scale(s, Rational.MINUS_ONE));
    }

    private boolean evenlyNegative(Product p) {
        return p.factors().stream().filter(this::negative).count() % 2 == 0;
    }

    /** True if c − c exp(u) is positive or nonnegative: for c > 0 its sign is the sign of −u. */
    private boolean complementOfExponential(Sum s, boolean strictly) {
        Term first = Term.of(s.terms().get(0));
        Term second = Term.of(s.terms().get(1));
        if (s.terms().size() != 2
                || !first.rest().isOne()
                || !(second.rest() instanceof Apply(Elementary f, var arguments))
                || f != Elementary.EXP
                || !first.coefficient().equals(second.coefficient().negate())) {
            return false;
        }
        Expr u = arguments.getFirst();
        Expr falling = first.coefficient().signum() > 0 ? u.negate() : u;
        return strictly ? positive(falling) : nonNegative(falling);
    }
}
