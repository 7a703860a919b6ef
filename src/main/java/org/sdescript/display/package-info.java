/**
 * Values in full, laid out for reading: as text for a terminal, and as formulas, tables and pictures for notebooks and
 * pages. Start with {@link ValueView}.
 */
@NullMarked
package org.sdescript.display;

import org.jspecify.annotations.NullMarked;
