package org.sdescript.runtime.process;

import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Value;

/** A mathematical result about a process: has a LaTeX form and an explanation in steps. */
public interface Explainable extends Value.Extension {

    /** Returns LaTeX for math mode, with amsmath. */
    String latex();

    /** Returns the derivation. */
    Explanation explanation();
}
