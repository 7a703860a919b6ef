/**
 * Text to syntax tree: {@link org.sdescript.syntax.Parser} is the door. The words of ANTLR's lexer pass through
 * {@link org.sdescript.syntax.Slips}, {@link org.sdescript.syntax.Brackets} and {@link org.sdescript.syntax.Layout}
 * before the parser sees them; the builders turn its tree into records. Only this package knows ANTLR.
 */
package org.sdescript.syntax;
