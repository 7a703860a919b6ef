package org.sdescript.plot;

/** A rectangle in the picture; y increases downwards. */
record Box(double left, double top, double width, double height) {
    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    Box grownBy(double margin) {
        return new Box(left - margin, top - margin, width + 2 * margin, height + 2 * margin);
    }
}
