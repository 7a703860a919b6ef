/**
 * Immutable symbolic expressions over exact rationals in canonical form: derivative, integral, stable evaluation and
 * text. Knows nothing of SDEs.
 */
package org.sdescript.algebra;
