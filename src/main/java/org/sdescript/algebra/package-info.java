/**
 * Immutable symbolic expressions over exact rationals in canonical form: derivative, integral, stable evaluation and
 * text. The package does not depend on SDEs. Start with {@link Expr}.
 */
@NullMarked
package org.sdescript.algebra;

import org.jspecify.annotations.NullMarked;
