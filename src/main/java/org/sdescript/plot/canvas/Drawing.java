package org.sdescript.plot.canvas;

import org.sdescript.image.Pixels;

/** A canvas for marks: lines, areas, discs and pixels; y increases downwards. */
public interface Drawing {
    /** Restricts drawing to {@code box} until {@link #unclip}. */
    void clip(Box box);

    void unclip();

    void rectangle(Box box, Colour fill);

    void polygon(double[] x, double[] y, Colour fill);

    /** Draws an open line with round joints. */
    void polyline(double[] x, double[] y, Stroke stroke, Colour colour);

    /** Draws a line between two points. */
    default void line(double x1, double y1, double x2, double y2, Stroke stroke, Colour colour) {
        polyline(new double[] {x1, x2}, new double[] {y1, y2}, stroke, colour);
    }

    /** Draws discs of one radius, each over the earlier ones, so that overlapping translucent discs are darker. */
    void discs(double[] x, double[] y, double radius, Colour fill);

    /** Draws pixels as rectangles that fill a box. */
    void pixels(Pixels pixels, Box box);
}
