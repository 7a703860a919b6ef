/**
 * The syntax tree of a script, before names are resolved. Sealed records, each with the span of its text;
 * {@link org.sdescript.ast.Program} is the root.
 */
package org.sdescript.ast;
