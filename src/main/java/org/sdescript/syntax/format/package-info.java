/**
 * Syntax tree to text: {@link org.sdescript.syntax.format.Formatter} is the entry point. The printers convert the tree,
 * with the comments and blank lines of its {@link org.sdescript.syntax.format.Original}, to a
 * {@link org.sdescript.syntax.format.Doc}; the {@link org.sdescript.syntax.format.Typesetter} breaks the document into
 * lines.
 */
package org.sdescript.syntax.format;
