package org.sdescript.plot;

import java.util.List;

/** A picture that can be written and shown: one figure, or several side by side. */
public sealed interface Chart permits Figure, Panels {
    /** Returns the title; empty for none. */
    String title();

    /** Returns the pixels per inch of a PNG. */
    double dpi();

    /** Returns the single figures, in the order of reading. */
    List<Figure> figures();

    /** Returns the content in a few words. */
    String describe();
}
