package org.sdescript.graph;

import java.util.Locale;

/** What a tensor's elements are. */
public enum DType {
    BOOL,
    INT64,
    FLOAT32,
    FLOAT64;

    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** The size of an element in memory. */
    public int bytes() {
        return switch (this) {
            case BOOL -> 1;
            case FLOAT32 -> 4;
            case INT64, FLOAT64 -> 8;
        };
    }

    /** A number as it meets elements of this type: beyond the largest float32 it is infinite among them. */
    public double holding(double number) {
        return this == FLOAT32 && Math.abs(number) > Float.MAX_VALUE
                ? Math.copySign(Double.POSITIVE_INFINITY, number)
                : number;
    }

    /** The type two operands meet in: the wider one, floating over whole numbers over truth values. */
    public DType promote(DType other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
