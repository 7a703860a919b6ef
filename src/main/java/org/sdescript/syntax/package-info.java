/**
 * Text to syntax tree: {@link org.sdescript.syntax.Parser} is the entry point. The tokens of ANTLR's lexer pass through
 * {@link org.sdescript.syntax.Slips}, {@link org.sdescript.syntax.Brackets} and {@link org.sdescript.syntax.Layout}
 * before the parser; the builders convert its tree to records. Only this package uses ANTLR.
 */
package org.sdescript.syntax;
