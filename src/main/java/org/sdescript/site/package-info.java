/**
 * The pages of the documentation as HTML that works from the disk, with formulas as MathML. Loaded by {@code sde doc
 * --html} and {@code sde help --web} only. Start with {@link Site}.
 */
@NullMarked
package org.sdescript.site;

import org.jspecify.annotations.NullMarked;
