package org.sdescript.runtime;

import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/** Checks labels. Labels are class indices: whole numbers, or the truth values of a mask. */
public final class LabelChecks {
    private static final double LARGEST = 0x1p53;

    private LabelChecks() {}

    /**
     * Throws if a label is not a whole number; cast to whole numbers, 0.9 and -0.7 would both be class 0.
     *
     * @param given numbers or tensors; a traced tensor has no values and passes
     */
    public static void require(Value given, String what, Tensors tensors, Span span) {
        switch (given) {
            case Value.Num(double number) -> require(number, ValueText.number(number), what, span);
            case Value.TensorValue(var tensor)
            when tensors.type(given) instanceof Type.TensorType(DType dtype, var shape) && dtype.isFloating() -> {
                for (double number : tensor.toDoubles()) {
                    require(number, TensorText.element(dtype, number), what, span);
                }
            }
            default -> {}
        }
    }

    private static void require(double number, String shown, String what, Span span) {
        if (number != Math.rint(number) || Math.abs(number) > LARGEST) {
            throw Diagnostic.error(
                            "E0519", span, what + " are whole numbers or truth values, but " + shown + " is among them")
                    .help("`round(y)` makes whole numbers, `y > 0` truth values")
                    .raise();
        }
    }
}
