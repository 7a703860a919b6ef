/**
 * A derivation as a list of steps, and formulas in two notations: Unicode for the terminal, LaTeX for paper and, drawn as
 * MathML, for pages. The classes named {@code …Steps} in {@link org.sdescript.process} make the steps. Start with {@link
 * Explanation}.
 */
@NullMarked
package org.sdescript.process.explain;

import org.jspecify.annotations.NullMarked;
