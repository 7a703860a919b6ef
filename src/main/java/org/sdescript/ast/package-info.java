/**
 * The syntax tree: what a script says, before anything is looked up. Sealed records, each with the span it was read
 * from; {@link org.sdescript.ast.Program} is the root.
 */
package org.sdescript.ast;
