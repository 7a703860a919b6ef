package org.sdescript.onnx;

import java.util.List;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.UnaryOperation;

/**
 * Elementwise functions as ONNX operators. Functions that ONNX lacks, and those that ONNX Runtime lacks in double
 * precision, are composed of others without losing digits, except atan and erf: in double precision these two are
 * computed in single precision.
 */
final class OnnxElementwise {
    private final OnnxNodes nodes;

    OnnxElementwise(OnnxNodes nodes) {
        this.nodes = nodes;
    }

    /** Returns the function of a value of this dtype. */
    String of(UnaryOperation function, String x, DType dtype) {
        boolean single = dtype == DType.FLOAT32;
        return switch (function) {
            case NEGATE -> call("Neg", x);
            case RECIPROCAL -> call("Reciprocal", x);
            case SQUARE -> call("Mul", x, x);
            case SQRT -> call("Sqrt", x);
            case EXP -> call("Exp", x);
            case EXPM1 -> expm1(x, dtype);
            case LOG -> call("Log", x);
            case LOG1P -> log1p(x, dtype);
            case ABS -> call("Abs", x);
            case SIGN -> call("Sign", x);
            case FLOOR -> dtype.isFloating() ? call("Floor", x) : x;
            case CEIL -> dtype.isFloating() ? call("Ceil", x) : x;
            case ROUND -> dtype.isFloating() ? call("Round", x) : x;
            case SIN -> call("Sin", x);
            case COS -> cos(x, dtype);
            case TAN -> single ? call("Tan", x) : call("Div", call("Sin", x), cos(x, dtype));
            case SINH -> single ? call("Sinh", x) : call("Mul", call("Tanh", x), cosh(x, dtype));
            case COSH -> single ? call("Cosh", x) : cosh(x, dtype);
            case TANH -> call("Tanh", x);
            case ATAN -> inSingle("Atan", x, dtype);
            case ERF -> inSingle("Erf", x, dtype);
            case SIGMOID -> call("Sigmoid", x);
            case SILU -> single ? call("Mul", x, call("Sigmoid", x)) : silu(x, dtype);
            case RELU -> dtype.isFloating() ? call("Relu", x) : call("Max", x, number(0, dtype));
            case GELU -> gelu(x, dtype);
            case ELU -> single ? call("Elu", x) : call("Where", isPositive(x, dtype), x, expm1(x, dtype));
            case SOFTPLUS -> single ? call("Softplus", x) : softplus(x, dtype);
            case NOT -> call("Not", x);
        };
    }

    /** Returns the function of two values of this dtype. */
    String of(BinaryOperation function, String x, String y, DType dtype) {
        return switch (function) {
            case ADD -> call("Add", x, y);
            case SUBTRACT -> call("Sub", x, y);
            case MULTIPLY -> call("Mul", x, y);
            case DIVIDE -> call("Div", x, y);
            case MODULO -> modulo(x, y, dtype);
            case POWER -> call("Pow", x, y);
            case MINIMUM -> call("Min", x, y);
            case MAXIMUM -> call("Max", x, y);
            case EQUAL -> call("Equal", x, y);
            case NOT_EQUAL -> call("Not", call("Equal", x, y));
            case LESS -> call("Less", x, y);
            case LESS_EQUAL -> call("LessOrEqual", x, y);
            case GREATER -> call("Greater", x, y);
            case GREATER_EQUAL -> call("GreaterOrEqual", x, y);
            case AND -> call("And", x, y);
            case OR -> call("Or", x, y);
        };
    }

    String call(String operator, String... inputs) {
        return nodes.add(operator, List.of(inputs));
    }

    private String number(double value, DType dtype) {
        return nodes.constants().scalar(dtype, value);
    }

    private String isPositive(String x, DType dtype) {
        return call("Greater", x, number(0, dtype));
    }

    private String inSingle(String operator, String x, DType dtype) {
        return dtype == DType.FLOAT32
                ? call(operator, x)
                : nodes.cast(call(operator, nodes.cast(x, DType.FLOAT32)), dtype);
    }

    /** Returns eˣ − 1 = tanh(x/2)(eˣ + 1), which loses no digits near 0. */
    private String expm1(String x, DType dtype) {
        String half = call("Tanh", call("Mul", x, number(0.5, dtype)));
        return call("Mul", half, call("Add", call("Exp", x), number(1, dtype)));
    }

    /**
     * Returns log(1 + x). Within 1/2 of 0, with u the rounded 1 + x, this is x log(u)/(u − 1), whose rounding errors
     * cancel, and x where u = 1 (Kahan; Goldberg 1991, theorem 4).
     */
    private String log1p(String x, DType dtype) {
        String one = number(1, dtype);
        String u = call("Add", x, one);
        String log = call("Log", u);
        String above = call("Sub", u, one);
        String corrected = call("Where", call("Equal", u, one), x, call("Mul", x, call("Div", log, above)));
        return call("Where", call("Less", call("Abs", x), number(0.5, dtype)), corrected, log);
    }

    /** Returns cos x, in double precision 1 − 2 sin² x/2. */
    private String cos(String x, DType dtype) {
        if (dtype == DType.FLOAT32) {
            return call("Cos", x);
        }
        String half = call("Sin", call("Mul", x, number(0.5, dtype)));
        return call("Sub", number(1, dtype), call("Mul", number(2, dtype), call("Mul", half, half)));
    }

    /** Returns x/(1 + e⁻ˣ). ONNX Runtime fuses x sigmoid(x) into an operator without double precision. */
    private String silu(String x, DType dtype) {
        return call("Div", x, call("Add", number(1, dtype), call("Exp", call("Neg", x))));
    }

    private String cosh(String x, DType dtype) {
        String both = call("Add", call("Exp", x), call("Exp", call("Neg", x)));
        return call("Mul", both, number(0.5, dtype));
    }

    private String gelu(String x, DType dtype) {
        String erf = inSingle("Erf", call("Mul", x, number(Math.sqrt(0.5), dtype)), dtype);
        return call("Mul", call("Mul", x, number(0.5, dtype)), call("Add", erf, number(1, dtype)));
    }

    /** Returns log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|), which does not overflow. */
    private String softplus(String x, DType dtype) {
        String rest = log1p(call("Exp", call("Neg", call("Abs", x))), dtype);
        return call("Add", call("Max", x, number(0, dtype)), rest);
    }

    /** Returns the remainder with the sign of the divisor, as in Python. */
    private String modulo(String x, String y, DType dtype) {
        if (!dtype.isFloating()) {
            return call("Mod", x, y);
        }
        String zero = number(0, dtype);
        String remainder = nodes.add("Mod", List.of(x, y), OnnxAttribute.of("fmod", 1));
        String signs = call("Xor", call("Less", remainder, zero), call("Less", y, zero));
        String differs = call("And", signs, call("Not", call("Equal", remainder, zero)));
        return call("Where", differs, call("Add", remainder, y), remainder);
    }
}
