package org.sdescript.algebra;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.special.Erf;

/**
 * The elementary functions of formulas. The square root is the power ½. {@code EXPM1} (exp(u) − 1) and {@code LOG1P}
 * (log(1 + u)) occur in stable forms only.
 */
public enum Elementary {
    EXP,
    LOG,
    SIN,
    COS,
    TAN,
    SINH,
    COSH,
    TANH,
    ATAN,
    ERF,
    ABS,
    SIGN,
    MIN,
    MAX,
    EXPM1,
    LOG1P;

    /** Returns the function with this name in scripts, if there is one. */
    public static Optional<Elementary> named(String name) {
        return Arrays.stream(values())
                .filter(f -> f.spelling().equals(name) && f != EXPM1 && f != LOG1P)
                .findFirst();
    }

    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int arity() {
        return this == MIN || this == MAX ? 2 : 1;
    }

    public double at(double u) {
        return switch (this) {
            case EXP -> Math.exp(u);
            case LOG -> Math.log(u);
            case SIN -> Math.sin(u);
            case COS -> Math.cos(u);
            case TAN -> Math.tan(u);
            case SINH -> Math.sinh(u);
            case COSH -> Math.cosh(u);
            case TANH -> Math.tanh(u);
            case ATAN -> Math.atan(u);
            case ERF -> Erf.erf(u);
            case ABS -> Math.abs(u);
            case SIGN -> Math.signum(u);
            case EXPM1 -> Math.expm1(u);
            case LOG1P -> Math.log1p(u);
            case MIN, MAX -> throw new IllegalArgumentException(this + " takes two arguments");
        };
    }

    public double at(double u, double v) {
        return switch (this) {
            case MIN -> Math.min(u, v);
            case MAX -> Math.max(u, v);
            case EXP, LOG, SIN, COS, TAN, SINH, COSH, TANH, ATAN, ERF, ABS, SIGN, EXPM1, LOG1P ->
                throw new IllegalArgumentException(this + " takes one argument");
        };
    }
}
