package org.sdescript.runtime;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Converts a value to the type that a place needs; throws an error with the value's kind otherwise. */
public final class Coercion {
    private static final double LARGEST_SEED = 0x1p53;
    private static final String CONDITION = "a condition";

    static final String NOTHING_RETURNED =
            "a function whose body has no `return` gives none: end the body with `return x + 1`";

    private static final int LONGEST_MASK = 40;

    private Coercion() {}

    public static double number(Value value, String what, @Nullable Span span) {
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
        if (number != Math.rint(number)) {
            throw Diagnostic.error("E0420", span, what + " must be a whole number, but is " + ValueText.number(number))
                    .help("`floor(…)` or `round(…)` makes one")
                    .raise();
        }
        if (Math.abs(number) > Integer.MAX_VALUE) {
            throw Diagnostic.error(
                            "E0434", span, what + " is " + ValueText.number(number) + ", which is too large to count")
                    .help("counts go up to " + Integer.MAX_VALUE)
                    .raise();
        }
        return (int) number;
    }

    /** Returns a seed: any whole number that a double represents exactly. */
    public static long seed(Value value, String what, Span span) {
        double number = number(value, what, span);
        if (number != Math.rint(number) || Math.abs(number) > LARGEST_SEED) {
            throw Diagnostic.error("E0420", span, what + " must be a whole number, but is " + ValueText.number(number))
                    .help("any whole number up to 2^53 is a seed")
                    .raise();
        }
        return (long) number;
    }

    public static String text(Value value, String what, Span span) {
        return switch (value) {
            case Value.Text(String text) -> text;
            default -> throw mismatch(value, what, "a string", span);
        };
    }

    /** Returns the error for a condition that depends on tensor values: a kernel is traced once for all values. */
    static Diagnostic unknownInKernel(Span condition) {
        return Diagnostic.error("E0450", condition, "a kernel cannot branch on the values of a tensor")
                .label("known only when the kernel runs");
    }

    private static String mask(Span condition) {
        String text = condition.text();
        return text.length() <= LONGEST_MASK && !text.contains("\n") ? text : "mask";
    }

    public static boolean isTrue(Value value, Span span) {
        return isTrue(value, CONDITION, span);
    }

    public static boolean isTrue(Value value, String what, Span span) {
        return switch (value) {
            case Value.Bool(boolean bool) -> bool;
            case Value.TensorValue(var tensor)
            when tensor.shape().elements() == 1 && tensor.dtype() == DType.BOOL -> tensor.item() != 0;
            case Value.TracedValue traced
            when !traced.node().isNumber() ->
                throw unknownInKernel(span)
                        .help("choose element by element: `where(" + mask(span)
                                + ", a, b)` is a where the mask is true, b elsewhere")
                        .raise();
            case ConditionValue open ->
                throw Diagnostic.error("E0637", span, "`" + open.show() + "` is open while its symbols have no values")
                        .help("choose with `where(…, a, b)` or `if … then a else b`, which become part of the formula")
                        .raise();
            default ->
                throw mismatch(value, what, what.equals(CONDITION) ? "true or false" : "`true` or `false`", span);
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

    /** Returns a shape from a list of whole numbers, or from one whole number. */
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

    public static SdeError mismatch(Value value, String what, String wanted, @Nullable Span span) {
        Diagnostic error = Diagnostic.error("E0401", span, what + " must be " + wanted + ", but is " + value.words());
        return remedy(value, wanted).map(error::help).orElse(error).raise();
    }

    /** Suggests a conversion to the wanted type, for frequent pairs of types. */
    private static Optional<String> remedy(Value value, String wanted) {
        if (value == Value.None.NONE) {
            return Optional.of(NOTHING_RETURNED);
        }
        return Optional.ofNullable(
                switch (wanted) {
                    case "a number" ->
                        switch (value) {
                            case Value.TensorValue tensor ->
                                "take one element, as in `x[0]`, or make one number of all: `mean(x)`";
                            case Value.TracedValue(var node)
                            when node.isNumber() ->
                                "t and dt differ from call to call; in a kernel, sizes and positions must follow"
                                        + " from parameters and shapes";
                            case Value.TracedValue traced ->
                                "elements are known only when the kernel runs: in a kernel, loops and sizes must"
                                        + " follow from parameters and shapes; `where(mask, a, b)` chooses element by"
                                        + " element";
                            case Value.Text text -> "`number(s)` reads a number from a string";
                            case Callable function ->
                                "call it: `" + function.signature().name() + "(…)`";
                            default -> null;
                        };
                    case "true or false" ->
                        switch (value) {
                            case Value.TensorLike tensor ->
                                "`any(mask)` is true if any element is true; `where(mask, a, b)` chooses for"
                                        + " each element";
                            default -> "compare it: `x != 0`, `x != none`, `len(x) > 0`";
                        };
                    case "a tensor or a number" ->
                        value instanceof Value.ListValue ? "`tensor([…])` makes a tensor of lists of numbers" : null;
                    case "a function" -> "give a function by its name, or a lambda such as `x -> x^2`";
                    case "a string" -> "strings stand in quotation marks: \"…\"";
                    case "a list" -> "lists stand in brackets: `[1, 2]`";
                    case "a process" -> "processes are made by calling an `sde`: `VP()`";
                    default -> null;
                });
    }
}
