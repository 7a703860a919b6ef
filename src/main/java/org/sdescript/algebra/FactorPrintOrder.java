package org.sdescript.algebra;

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

/** The order in which factors are printed: numbers, symbols, functions, sums, states, scores. */
record FactorPrintOrder(List<Symbol> states) {
    int place(Expr factor) {
        return switch (factor) {
            case Num n -> 0;
            case Constant c -> 1;
            case Parameter p -> 2;
            case Symbol s ->
                s.name().startsWith("∇") ? 9 : states.contains(s) ? 8 : s.name().equals("t") ? 3 : 2;
            case Call c -> 4;
            case Tabulated f -> 4;
            case Power(Expr base, Expr exponent) when exponent.equals(Expr.HALF) -> Math.max(3, place(base));
            case Power(Expr base, Expr exponent) -> place(base);
            case Apply a -> 5;
            case Choice c -> 5;
            case Sum s -> 6;
            case Product p -> 7;
        };
    }
}
