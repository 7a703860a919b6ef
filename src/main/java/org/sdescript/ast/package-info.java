/**
 * The syntax tree of a script, before names are resolved: sealed records, each with the span of its text. {@code
 * Program} is the root. Start with {@link Program}.
 */
package org.sdescript.ast;
