package org.sdescript.graph;

import org.hipparchus.special.Erf;

/** The elementwise functions on host numbers. Truth values are 1 and 0. */
public final class HostArithmetic {
    private static final double ERF_TAIL = 6;

    private HostArithmetic() {}

    public static double apply(UnaryOperation function, double x) {
        return switch (function) {
            case NEGATE -> -x;
            case RECIPROCAL -> 1 / x;
            case SQUARE -> x * x;
            case SQRT -> Math.sqrt(x);
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case SINH -> Math.sinh(x);
            case COSH -> Math.cosh(x);
            case TANH -> Math.tanh(x);
            case ATAN -> Math.atan(x);
            case ERF -> erf(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case SILU -> x / (1 + Math.exp(-x));
            case RELU -> Math.max(x, 0);
            case GELU -> x * 0.5 * (1 + erf(x / Math.sqrt(2)));
            case ELU -> x > 0 ? x : Math.expm1(x);
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case NOT -> x == 0 ? 1 : 0;
        };
    }

    public static double apply(BinaryOperation function, double x, double y) {
        return switch (function) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MODULO -> modulo(x, y);
            case POWER -> Math.pow(x, y);
            case MINIMUM -> Math.min(x, y);
            case MAXIMUM -> Math.max(x, y);
            case EQUAL -> number(x == y);
            case NOT_EQUAL -> number(x != y);
            case LESS -> number(x < y);
            case LESS_EQUAL -> number(x <= y);
            case GREATER -> number(x > y);
            case GREATER_EQUAL -> number(x >= y);
            case AND -> number(x != 0 && y != 0);
            case OR -> number(x != 0 || y != 0);
        };
    }

    /** Returns the remainder with the divisor's sign, as in Python, without the rounding of x − y⌊x/y⌋. */
    private static double modulo(double x, double y) {
        double remainder = x % y;
        return remainder != 0 && remainder < 0 != y < 0 ? remainder + y : remainder;
    }

    private static double number(boolean value) {
        return value ? 1 : 0;
    }

    private static double erf(double x) {
        return Math.abs(x) > ERF_TAIL ? Math.signum(x) : Erf.erf(x);
    }
}
