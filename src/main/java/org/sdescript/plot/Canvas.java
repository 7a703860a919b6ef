package org.sdescript.plot;

/** What a whole figure is drawn on, its words too, in units of 1/96 inch. */
interface Canvas extends Drawing {
    void text(String text, double x, double y, TextStyle style);
}
