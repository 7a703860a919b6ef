package org.sdescript.graph;

/** Elementwise functions of two operands; tensors broadcast as NumPy's do. */
public enum BinaryOperation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MODULO,
    POWER,
    MINIMUM,
    MAXIMUM,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    AND,
    OR;

    /** Whether a sum or product, whose operands may change places. */
    public boolean isCommutative() {
        return this == ADD || this == MULTIPLY;
    }

    /** Whether the result is a truth value whatever the operands are. */
    public boolean isPredicate() {
        return compareTo(EQUAL) >= 0;
    }
}
