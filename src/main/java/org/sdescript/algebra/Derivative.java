package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
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

/** The derivative by one symbol. For |u|, sign(u), min, max and choices the derivative holds away from the kink. */
public final class Derivative {
    private Derivative() {}

    public static Expr of(Expr e, Symbol by) {
        if (e.isFreeOf(by)) {
            return Expr.ZERO;
        }
        return switch (e) {
            case Num n -> Expr.ZERO;
            case Constant c -> Expr.ZERO;
            case Parameter p -> Expr.ZERO;
            case Symbol s -> Expr.ONE;
            case Sum(List<Expr> terms) ->
                Expr.sum(terms.stream().map(term -> of(term, by)).toList());
            case Product(List<Expr> factors) -> ofProduct(factors, by);
            case Power(Expr base, Expr exponent) -> ofPower(base, exponent, by);
            case Apply a -> ofApplication(a, by);
            case Call c -> ofCall(c, by);
            case Choice(Condition condition, Expr then, Expr otherwise) ->
                Expr.choice(condition, of(then, by), of(otherwise, by));
            case Tabulated(String name, int order, Interpolant values, Expr argument) ->
                new Tabulated(name, order + 1, values.derivative(), argument).times(of(argument, by));
        };
    }

    private static Expr ofProduct(List<Expr> factors, Symbol by) {
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            List<Expr> derived = new ArrayList<>(factors);
            derived.set(i, of(factors.get(i), by));
            terms.add(Expr.product(derived));
        }
        return Expr.sum(terms);
    }

    private static Expr ofPower(Expr base, Expr exponent, Symbol by) {
        if (exponent.isFreeOf(by)) {
            return Expr.product(exponent, Expr.power(base, exponent.minus(Expr.ONE)), of(base, by));
        }
        Expr logarithmic = exponent.times(Expr.log(base));
        return Expr.power(base, exponent).times(of(logarithmic, by));
    }

    private static Expr ofApplication(Apply a, Symbol by) {
        Expr u = a.argument();
        return switch (a.function()) {
            case MIN -> ofExtremum(a, -1, by);
            case MAX -> ofExtremum(a, 1, by);
            case EXP, LOG, SIN, COS, TAN, SINH, COSH, TANH, ATAN, ERF, ABS, SIGN, EXPM1, LOG1P ->
                outer(a.function(), u).times(of(u, by));
        };
    }

    private static Expr outer(Elementary function, Expr u) {
        return switch (function) {
            case EXP, EXPM1 -> Expr.exp(u);
            case LOG -> u.pow(-1);
            case LOG1P -> u.plus(Expr.ONE).pow(-1);
            case SIN -> Expr.cos(u);
            case COS -> Expr.sin(u).negate();
            case TAN -> Expr.cos(u).pow(-2);
            case SINH -> Expr.apply(Elementary.COSH, u);
            case COSH -> Expr.apply(Elementary.SINH, u);
            case TANH -> Expr.ONE.minus(Expr.apply(Elementary.TANH, u).pow(2));
            case ATAN -> u.pow(2).plus(Expr.ONE).pow(-1);
            case ERF ->
                Expr.product(
                        Expr.of(2),
                        Expr.power(Expr.PI, Expr.ratio(-1, 2)),
                        Expr.exp(u.pow(2).negate()));
            case ABS -> Expr.apply(Elementary.SIGN, u);
            case SIGN -> Expr.ZERO;
            case MIN, MAX -> throw new IllegalArgumentException("two arguments");
        };
    }

    /** Differentiates max(u, v) = ½(u + v + |u − v|), or min with the other sign. */
    private static Expr ofExtremum(Apply a, int sign, Symbol by) {
        Expr u = a.arguments().get(0);
        Expr v = a.arguments().get(1);
        Expr difference = u.minus(v);
        Expr kink = Expr.apply(Elementary.SIGN, difference).times(of(difference, by));
        return Expr.HALF.times(of(u, by).plus(of(v, by)).plus(kink.times(Expr.of(sign))));
    }

    private static Expr ofCall(Call c, Symbol by) {
        boolean plain = c.arguments().size() == 1
                && c.definition().body().symbols().stream()
                        .allMatch(c.definition().variables()::contains);
        if (!plain) {
            return of(c.expanded(), by);
        }
        Call derived = new Call(c.definition(), c.arguments(), c.order() + 1);
        boolean constant = c.definition().isConstant(c.order() + 1);
        return constant ? Expr.ZERO : derived.times(of(c.arguments().getFirst(), by));
    }
}
