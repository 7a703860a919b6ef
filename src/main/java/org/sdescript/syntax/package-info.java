/**
 * Text to syntax tree: the lexer and parser of ANTLR, corrections of tokens, and builders of records. The tokens of
 * ANTLR's lexer pass through {@link ForeignTokens}, {@link Brackets} and {@link NewlinesAndSoftKeywords} before the
 * parser; the builders convert its tree to records. Only this package uses ANTLR. Start with {@link Parser}.
 */
@NullMarked
package org.sdescript.syntax;

import org.jspecify.annotations.NullMarked;
