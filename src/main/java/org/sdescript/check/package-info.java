/**
 * What can be known to be wrong before a script runs: unknown names, calls that do not fit, arguments of the wrong kind
 * or out of range, control flow in the wrong place, the form of equations; and what is odd, as warnings. {@link org.sdescript.check.Checker} is the door. A valid script is never refused: where
 * it is not certain, the runtime has the last word.
 */
package org.sdescript.check;
