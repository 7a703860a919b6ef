/**
 * Syntax tree to text: the formatter of scripts. The printers convert the tree, with the comments and blank lines of
 * its {@link SourceTrivia}, to a {@link Doc}; the {@link Typesetter} breaks the document into lines. Start with {@link
 * Formatter}.
 */
@NullMarked
package org.sdescript.syntax.format;

import org.jspecify.annotations.NullMarked;
