package org.sdescript.torchscript;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.UnaryOperation;

/** The elementwise functions in TorchScript, one line each. */
final class ElementwiseText {
    /** For larger x, e^−x is below rounding of x even in double; at PyTorch's default, 20, it is not. */
    private static final String SOFTPLUS_THRESHOLD = "50";

    private ElementwiseText() {}

    static String of(UnaryOperation function, String x, DType dtype) {
        return switch (function) {
            case NEGATE -> call("neg", x);
            case RECIPROCAL -> call("reciprocal", x);
            case SQUARE -> call("square", x);
            case SQRT -> call("sqrt", x);
            case EXP -> call("exp", x);
            case EXPM1 -> call("expm1", x);
            case LOG -> call("log", x);
            case LOG1P -> call("log1p", x);
            case ABS -> call("abs", x);
            case SIGN -> call("sign", x);
            case FLOOR -> dtype.isFloating() ? call("floor", x) : x;
            case CEIL -> dtype.isFloating() ? call("ceil", x) : x;
            case ROUND -> dtype.isFloating() ? call("round", x) : x;
            case SIN -> call("sin", x);
            case COS -> call("cos", x);
            case TAN -> call("tan", x);
            case SINH -> call("sinh", x);
            case COSH -> call("cosh", x);
            case TANH -> call("tanh", x);
            case ATAN -> call("atan", x);
            case ERF -> call("erf", x);
            case SIGMOID -> call("sigmoid", x);
            case SILU -> call("silu", x);
            case RELU -> call("relu", x);
            case GELU -> call("gelu", x);
            case ELU -> call("elu", x);
            case SOFTPLUS -> call("softplus", x, "1", SOFTPLUS_THRESHOLD);
            case NOT -> call("logical_not", x);
        };
    }

    static String of(BinaryOperation function, String x, String y) {
        return switch (function) {
            case ADD -> call("add", x, y);
            case SUBTRACT -> call("sub", x, y);
            case MULTIPLY -> call("mul", x, y);
            case DIVIDE -> call("div", x, y);
            case MODULO -> call("remainder", x, y);
            case POWER -> call("pow", x, y);
            case MINIMUM -> call("minimum", x, y);
            case MAXIMUM -> call("maximum", x, y);
            case EQUAL -> call("eq", x, y);
            case NOT_EQUAL -> call("ne", x, y);
            case LESS -> call("lt", x, y);
            case LESS_EQUAL -> call("le", x, y);
            case GREATER -> call("gt", x, y);
            case GREATER_EQUAL -> call("ge", x, y);
            case AND -> call("logical_and", x, y);
            case OR -> call("logical_or", x, y);
        };
    }

    /** Returns the call with a number on the right, or null if there is no such function. */
    static @Nullable String withNumber(BinaryOperation function, String x, String number) {
        return switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
                of(function, x, number);
            case MODULO -> of(function, x, number);
            case MINIMUM -> call("clamp_max", x, number);
            case MAXIMUM -> call("clamp_min", x, number);
            case AND, OR -> null;
        };
    }

    /** Returns the call with a number on the left, or null if there is no such function. */
    static @Nullable String withNumberFirst(BinaryOperation function, String number, String y) {
        return switch (function) {
            case ADD, MULTIPLY, MINIMUM, MAXIMUM, EQUAL, NOT_EQUAL -> withNumber(function, y, number);
            case SUBTRACT -> call("rsub", y, number);
            case POWER -> of(function, number, y);
            case LESS -> of(BinaryOperation.GREATER, y, number);
            case LESS_EQUAL -> of(BinaryOperation.GREATER_EQUAL, y, number);
            case GREATER -> of(BinaryOperation.LESS, y, number);
            case GREATER_EQUAL -> of(BinaryOperation.LESS_EQUAL, y, number);
            case DIVIDE, MODULO, AND, OR -> null;
        };
    }

    /** Returns the in-place call, which overwrites its first argument. */
    static String overwriting(String call) {
        return call.replaceFirst("\\(", "_(");
    }

    static String call(String function, List<String> arguments) {
        return call(function, arguments.toArray(String[]::new));
    }

    static String call(String function, String... arguments) {
        return "torch." + function + "(" + String.join(", ", arguments) + ")";
    }
}
