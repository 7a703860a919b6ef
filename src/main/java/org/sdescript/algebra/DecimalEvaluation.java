package org.sdescript.algebra;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/**
 * The value of an expression to many decimal digits. Decides equality where algebra alone cannot, and is the reference
 * for rounding errors. Throws an {@link ArithmeticException} if there is no real value.
 */
public final class DecimalEvaluation {
    private final DecimalFunctions digits;
    private final Map<Symbol, BigDecimal> values;
    private final Map<Expr, BigDecimal> known = new HashMap<>();

    private DecimalEvaluation(int precision, Map<Symbol, BigDecimal> values) {
        this.digits = DecimalFunctions.of(precision);
        this.values = values;
    }

    /**
     * Evaluates the expression.
     *
     * @param precision the digits carried; cancellation loses some of them
     */
    public static BigDecimal of(Expr e, Map<Symbol, BigDecimal> values, int precision) {
        return new DecimalEvaluation(precision, values).of(e);
    }

    private BigDecimal of(Expr e) {
        BigDecimal value = known.get(e);
        if (value == null) {
            value = node(e);
            known.put(e, value);
        }
        return value;
    }

    private BigDecimal node(Expr e) {
        return switch (e) {
            case Num n -> digits.of(n.value());
            case Constant c -> digits.pi();
            case Parameter p -> new BigDecimal(p.value());
            case Symbol s -> Objects.requireNonNull(values.get(s), s.name());
            case Sum(List<Expr> terms) -> {
                BigDecimal total = BigDecimal.ZERO;
                for (Expr term : terms) {
                    total = total.add(of(term), digits.context());
                }
                yield total;
            }
            case Product(List<Expr> factors) -> {
                BigDecimal total = BigDecimal.ONE;
                for (Expr factor : factors) {
                    total = total.multiply(of(factor), digits.context());
                }
                yield total;
            }
            case Power(Expr base, Num n) -> digits.power(of(base), n.value());
            case Power(Expr base, Expr exponent) ->
                digits.exp(of(exponent).multiply(digits.log(of(base)), digits.context()));
            case Apply a ->
                application(a.function(), a.arguments().stream().map(this::of).toList());
            case Call c -> of(c.expanded());
            case Tabulated f -> new BigDecimal(f.values().at(of(f.argument()).doubleValue()));
            case Choice c ->
                c.condition().relation().holds(of(c.condition().of()).signum()) ? of(c.then()) : of(c.otherwise());
        };
    }

    private BigDecimal application(Elementary function, List<BigDecimal> arguments) {
        BigDecimal u = arguments.getFirst();
        return switch (function) {
            case EXP -> digits.exp(u);
            case LOG -> digits.log(u);
            case SIN -> digits.sin(u);
            case COS -> digits.cos(u);
            case TAN -> digits.sin(u).divide(digits.cos(u), digits.context());
            case SINH -> digits.sinh(u);
            case COSH -> digits.cosh(u);
            case TANH -> digits.sinh(u).divide(digits.cosh(u), digits.context());
            case ATAN -> digits.atan(u);
            case ERF -> digits.erf(u);
            case ABS -> u.abs();
            case SIGN -> BigDecimal.valueOf(u.signum());
            case MIN -> u.min(arguments.get(1));
            case MAX -> u.max(arguments.get(1));
            case EXPM1 -> digits.expm1(u);
            case LOG1P -> digits.log1p(u);
        };
    }
}
