package org.sdescript.graph;

/** Elementwise functions of two operands; tensors broadcast as in NumPy. */
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

    /** True for a sum or product, whose operands may be swapped. */
    public boolean isCommutative() {
        return this == ADD || this == MULTIPLY;
    }

    /** True if the result is a truth value for all operands. */
    public boolean isPredicate() {
        return compareTo(EQUAL) >= 0;
    }
}
