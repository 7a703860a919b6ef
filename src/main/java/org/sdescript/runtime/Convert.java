package org.sdescript.runtime;

import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Reads a value as what a place needs, or says what it is instead. */
public final class Convert {
    private Convert() {}

    public static double number(Value value, String what, Span span) {
        return switch (value) {
            case Value.Num(double number) -> number;
            case Value.FormulaValue formula
            when Formulas.constant(formula).isPresent() ->
                Formulas.constant(formula).getAsDouble();
            case Value.TensorValue(var tensor) when tensor.shape().elements() == 1 -> tensor.item();
            default -> throw mismatch(value, what, "a number", span);
        };
    }

    public static int integer(Value value, String what, Span span) {
        double number = number(value, what, span);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw Diagnostic.error("E0420", span, what + " must be a whole number, but is " + Show.number(number))
                    .raise();
        }
        return (int) number;
    }

    public static String text(Value value, String what, Span span) {
        return switch (value) {
            case Value.Text(String text) -> text;
            default -> throw mismatch(value, what, "a string", span);
        };
    }

    public static boolean truth(Value value, Span span) {
        return switch (value) {
            case Value.Bool(boolean truth) -> truth;
            case Value.TensorValue(var tensor)
            when tensor.shape().elements() == 1 && tensor.dtype() == DType.BOOL -> tensor.item() != 0;
            case Value.TracedValue traced
            when !traced.node().isNumber() ->
                throw Diagnostic.error("E0450", span, "a kernel cannot branch on the values of a tensor")
                        .label("known only when the kernel runs")
                        .help("choose element by element with `where(mask, a, b)`")
                        .raise();
            default -> throw mismatch(value, "a condition", "true or false", span);
        };
    }

    public static Callable callable(Value value, String what, Span span) {
        if (value instanceof Callable callable) {
            return callable;
        }
        throw mismatch(value, what, "a function", span);
    }

    public static List<Value> list(Value value, String what, Span span) {
        return switch (value) {
            case Value.ListValue(var elements) -> elements;
            default -> throw mismatch(value, what, "a list", span);
        };
    }

    /** A shape from a list of whole numbers, or from one whole number. */
    public static Shape shape(Value value, String what, Span span) {
        List<Value> sizes = value instanceof Value.ListValue(var elements) ? elements : List.of(value);
        return new Shape(sizes.stream().map(size -> size(size, what, span)).toList());
    }

    private static long size(Value value, String what, Span span) {
        int size = integer(value, "a size in " + what, span);
        if (size < 0) {
            throw Diagnostic.error("E0421", span, "a size in " + what + " is " + size + ", but sizes are not negative")
                    .raise();
        }
        return size;
    }

    public static SdeError mismatch(Value value, String what, String wanted, Span span) {
        return Diagnostic.error("E0401", span, what + " must be " + wanted + ", but is " + value.kind())
                .raise();
    }
}
