package org.sdescript.plot.canvas;

/** A canvas for whole figures including text, in units of 1/96 inch. */
public interface Canvas extends Drawing {
    /** Draws a text, with formulas between dollar signs, at its anchor on the base line. */
    void text(String text, double x, double y, TextStyle style);
}
