/**
 * What can be known to be wrong before a script runs: unknown names, calls that do not fit, control flow in the wrong
 * place, the form of equations. {@link org.sdescript.check.Checker} is the door. A valid script is never refused: where
 * it is not certain, the runtime has the last word.
 */
package org.sdescript.check;
