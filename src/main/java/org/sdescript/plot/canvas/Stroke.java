package org.sdescript.plot.canvas;

/** The width and pattern of a line. */
public record Stroke(double width, Dash dash) {
    public static Stroke solid(double width) {
        return new Stroke(width, Dash.SOLID);
    }
}
