package org.sdescript.plot.canvas;

/** A rectangle in the picture; y increases downwards. */
public record Box(double left, double top, double width, double height) {
    public double right() {
        return left + width;
    }

    public double bottom() {
        return top + height;
    }

    public Box grownBy(double margin) {
        return new Box(left - margin, top - margin, width + 2 * margin, height + 2 * margin);
    }
}
