package org.sdescript.runtime.process;

import org.sdescript.algebra.MathMl;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Value;

/** A mathematical result about a process: has forms in LaTeX and MathML, and an explanation in steps. */
public interface Explainable extends Value.Extension {

    /** Returns LaTeX for math mode, with amsmath. */
    String latex();

    /** Returns a displayed formula of MathML; HTML with formulas of MathML where there is text between formulas. */
    default String mathml() {
        return MathMl.displayed(latex());
    }

    /** Returns the derivation. */
    Explanation explanation();
}
