package org.sdescript.graph;

import java.util.Locale;

/** The type of a tensor's elements. */
public enum DType {
    BOOL,
    INT64,
    FLOAT32,
    FLOAT64;

    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** Returns the bytes per element. */
    public int bytes() {
        return switch (this) {
            case BOOL -> 1;
            case FLOAT32 -> 4;
            case INT64, FLOAT64 -> 8;
        };
    }

    /** Returns a number as it is among elements of this type: beyond the largest float32 it becomes infinite. */
    public double holding(double number) {
        return this == FLOAT32 && Math.abs(number) > Float.MAX_VALUE
                ? Math.copySign(Double.POSITIVE_INFINITY, number)
                : number;
    }

    /** Returns the wider type, to which two operands are promoted: floating over integer over boolean. */
    public DType promote(DType other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
