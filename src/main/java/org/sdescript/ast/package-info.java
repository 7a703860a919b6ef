/**
 * The syntax tree of a script, before names are resolved: sealed records, each with the span of its text. {@code
 * Program} is the root. Start with {@link Program}.
 */
@NullMarked
package org.sdescript.ast;

import org.jspecify.annotations.NullMarked;
