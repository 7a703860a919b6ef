/**
 * Checks scripts before they run: unknown names, wrong arguments, misplaced control flow, the form of equations.
 * Warnings report text that cannot be meant. A valid script is never refused: uncertain cases are left to the runtime.
 * Start with {@link Checker}.
 */
@NullMarked
package org.sdescript.check;

import org.jspecify.annotations.NullMarked;
