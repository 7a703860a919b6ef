/**
 * Syntax tree to text: {@link org.sdescript.syntax.format.Formatter} is the door. The printers turn the tree, and the
 * comments and blank lines that its {@link org.sdescript.syntax.format.Original} has beside it, into a
 * {@link org.sdescript.syntax.format.Doc}; the {@link org.sdescript.syntax.format.Typesetter} breaks that into lines.
 */
package org.sdescript.syntax.format;
