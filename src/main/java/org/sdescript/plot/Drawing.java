package org.sdescript.plot;

import org.sdescript.image.Pixels;

/** What marks are drawn on: lines, areas, discs and pixels, y downwards. */
interface Drawing {
    /** Until {@link #unclip}, nothing is drawn outside of {@code box}. */
    void clip(Box box);

    void unclip();

    void rectangle(Box box, Colour fill);

    void polygon(double[] x, double[] y, Colour fill);

    /** An open line with round joints. */
    void polyline(double[] x, double[] y, double width, Colour colour);

    /** Discs of one radius, each drawn over those before, so that crowds of translucent ones are darker. */
    void discs(double[] x, double[] y, double radius, Colour fill);

    /** Pixels that fill a box, each a rectangle. */
    void pixels(Pixels pixels, Box box);
}
