package org.sdescript.runtime;

import org.sdescript.process.Explanation;

/** What the mathematics of processes gives: written as LaTeX, and explained in steps. */
public interface Derived extends Value.Extension {

    /** For math mode, with amsmath. */
    String latex();

    /** How it was derived. */
    Explanation explanation();
}
