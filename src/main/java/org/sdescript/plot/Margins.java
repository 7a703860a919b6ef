package org.sdescript.plot;

/** The room around the box of a plot, for ticks, words and keys. */
record Margins(double left, double top, double right, double bottom) {
    Margins max(Margins other) {
        return new Margins(
                Math.max(left, other.left),
                Math.max(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    double across() {
        return left + right;
    }

    double down() {
        return top + bottom;
    }
}
