package org.sdescript.runtime.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Value;

/** {@code round(x)} and {@code round(x, digits)}. */
final class Rounding {
    private Rounding() {}

    static Value rounded(Call call) {
        int digits = call.integer("digits");
        if (digits == 0) {
            return ElementwiseFunctions.apply(call, UnaryOperation.ROUND);
        }
        return switch (call.value("x")) {
            case Value.Num(double x) -> Value.number(toDigits(x, digits));
            case Value.FormulaValue formula ->
                Formulas.constant(formula).isPresent()
                        ? Value.number(toDigits(Formulas.constant(formula).getAsDouble(), digits))
                        : ElementwiseFunctions.apply(call, UnaryOperation.ROUND);
            default -> scaled(call, digits);
        };
    }

    /** Rounds the exact value of the double; its product with a power of ten may round to another number. */
    private static double toDigits(double x, int digits) {
        return Double.isFinite(x)
                ? new BigDecimal(x).setScale(digits, RoundingMode.HALF_EVEN).doubleValue()
                : x;
    }

    private static Value scaled(Call call, int digits) {
        // powers of ten from 1 to 10^22 are exact doubles, those below 1 never are
        BinaryOperation up = digits > 0 ? BinaryOperation.MULTIPLY : BinaryOperation.DIVIDE;
        BinaryOperation down = digits > 0 ? BinaryOperation.DIVIDE : BinaryOperation.MULTIPLY;
        Value unit = Value.number(Math.pow(10, Math.abs(digits)));
        Value enlarged = call.tensors().binary(up, call.tensor("x"), unit, call.span());
        Value whole = call.tensors().unary(UnaryOperation.ROUND, enlarged, call.span());
        return call.tensors().binary(down, whole, unit, call.span());
    }
}
