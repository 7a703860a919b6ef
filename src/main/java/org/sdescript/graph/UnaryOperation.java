package org.sdescript.graph;

/** Elementwise functions of one operand, on tensors and, where {@link HostArithmetic} has them, on host numbers. */
public enum UnaryOperation {
    NEGATE,
    RECIPROCAL,
    SQUARE,
    SQRT,
    EXP,
    EXPM1,
    LOG,
    LOG1P,
    ABS,
    SIGN,
    FLOOR,
    CEIL,
    ROUND,
    SIN,
    COS,
    TAN,
    SINH,
    COSH,
    TANH,
    ATAN,
    ERF,
    SIGMOID,
    SILU,
    RELU,
    GELU,
    ELU,
    SOFTPLUS,
    NOT;
}
