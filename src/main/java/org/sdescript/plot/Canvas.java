package org.sdescript.plot;

/** A canvas for whole figures including text, in units of 1/96 inch. */
interface Canvas extends Drawing {
    void text(String text, double x, double y, TextStyle style);
}
