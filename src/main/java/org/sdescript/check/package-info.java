/**
 * Checks scripts before they run. Errors: unknown names, calls that do not fit, arguments of the wrong kind or out of
 * range, misplaced control flow, the form of equations. Warnings: text that cannot be meant.
 * {@link org.sdescript.check.Checker} is the entry point. A valid script is never refused: uncertain cases are left to
 * the runtime.
 */
package org.sdescript.check;
