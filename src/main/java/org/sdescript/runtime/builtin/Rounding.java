package org.sdescript.runtime.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Formulas;
import org.sdescript.runtime.Value;

/** {@code round(x)} and {@code round(x, digits)}. */
final class Rounding {
    /** The limit of ±digits: beyond it a double has no digits to round, or rounds to 0. */
    private static final int MOST_DIGITS = 300;

    private Rounding() {}

    static Builtin round() {
        return Builtin.named("round", "x")
                .optional("digits", Value.number(0))
                .wants("digits", ParameterType.number(NumberRange.WHOLE))
                .doc("The nearest whole number; with `digits`, the nearest number with that many digits after the"
                        + " point. Halves round to the even neighbour. Negative digits round to tens, hundreds….")
                .example("print(round(2.5), round(pi, 2))  # 2 3.14")
                .is(Rounding::rounded);
    }

    private static Value rounded(Call call) {
        int digits = call.integer("digits");
        if (Math.abs(digits) > MOST_DIGITS) {
            throw call.error("E0421", "`digits` of round is " + digits + ", but must be within ±" + MOST_DIGITS);
        }
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
