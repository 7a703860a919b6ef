package org.sdescript.syntax;

import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/** Facts about single tokens, shared by the passes between lexer and parser. */
final class TokenFacts {
    private TokenFacts() {}

    static Span span(Source source, Token token) {
        return source.span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
    }

    /** Creates a token that the text lacks, at the position of another, so that parsing can continue. */
    static CommonToken madeUp(int type, String text, Token before) {
        CommonToken token = new CommonToken(type, text);
        token.setStartIndex(before.getStartIndex());
        token.setStopIndex(before.getStartIndex() - 1);
        token.setLine(before.getLine());
        token.setCharPositionInLine(before.getCharPositionInLine());
        return token;
    }

    /** The indentation of a token's line, in characters. */
    static int indent(Source source, Token word) {
        int start = source.lineStart(source.line(word.getStartIndex()));
        int at = start;
        while (at < source.text().length()
                && (source.text().charAt(at) == ' ' || source.text().charAt(at) == '\t')) {
            at++;
        }
        return at - start;
    }

    static boolean isVisible(Token token) {
        return token.getChannel() == Token.DEFAULT_CHANNEL;
    }

    /** The next token that is not a comment, or the end of the text. */
    static Token visibleAt(List<? extends Token> tokens, int from) {
        int i = Math.min(from, tokens.size() - 1);
        while (!isVisible(tokens.get(i))) {
            i++;
        }
        return tokens.get(i);
    }

    /** The index of the next token that is neither a comment nor a newline. */
    static int wordFrom(List<? extends Token> tokens, int from) {
        int at = from;
        while (tokens.get(at).getType() == SdeLexer.NEWLINE || !isVisible(tokens.get(at))) {
            at++;
        }
        return at;
    }

    /** True if a value may end with this token. */
    static boolean endsOperand(int type) {
        return switch (type) {
            case SdeLexer.NAME,
                    SdeLexer.NUMBER,
                    SdeLexer.TEXT,
                    SdeLexer.TRUE,
                    SdeLexer.FALSE,
                    SdeLexer.NONE,
                    SdeLexer.DIFFERENTIAL,
                    SdeLexer.RPAREN,
                    SdeLexer.RBRACKET,
                    SdeLexer.RBRACE -> true;
            default -> false;
        };
    }

    /** True for a keyword that may be meant as a name: after a name the keyword has no meaning. */
    static boolean isTakenName(int type) {
        return switch (type) {
            case SdeLexer.IF,
                    SdeLexer.BRANCH,
                    SdeLexer.THEN,
                    SdeLexer.ELSE,
                    SdeLexer.FOR,
                    SdeLexer.IN,
                    SdeLexer.WHILE,
                    SdeLexer.REPEAT,
                    SdeLexer.RETURN,
                    SdeLexer.BREAK,
                    SdeLexer.CONTINUE,
                    SdeLexer.TRUE,
                    SdeLexer.FALSE,
                    SdeLexer.NONE -> true;
            default -> false;
        };
    }

    /** True if the statement continues after this token, so that a newline after it has no effect. */
    static boolean continuesLine(int type) {
        return isBinaryOperator(type)
                || switch (type) {
                    case SdeLexer.COMMA,
                            SdeLexer.ARROW,
                            SdeLexer.NOT,
                            SdeLexer.ASSIGN,
                            SdeLexer.PLUS_ASSIGN,
                            SdeLexer.MINUS_ASSIGN,
                            SdeLexer.STAR_ASSIGN,
                            SdeLexer.SLASH_ASSIGN,
                            SdeLexer.THEN,
                            SdeLexer.ELSE,
                            SdeLexer.IN,
                            SdeLexer.BAR,
                            SdeLexer.COLON,
                            SdeLexer.DOT -> true;
                    default -> false;
                };
    }

    static boolean isBinaryOperator(int type) {
        return switch (type) {
            case SdeLexer.PLUS,
                    SdeLexer.MINUS,
                    SdeLexer.STAR,
                    SdeLexer.SLASH,
                    SdeLexer.PERCENT,
                    SdeLexer.AT,
                    SdeLexer.CARET,
                    SdeLexer.COMPOSE,
                    SdeLexer.RANGE,
                    SdeLexer.EQUAL,
                    SdeLexer.NOT_EQUAL,
                    SdeLexer.LESS,
                    SdeLexer.LESS_EQUAL,
                    SdeLexer.GREATER,
                    SdeLexer.GREATER_EQUAL,
                    SdeLexer.AND,
                    SdeLexer.OR -> true;
            default -> false;
        };
    }

    static boolean endsLine(Token word) {
        return word.getType() == SdeLexer.NEWLINE || word.getType() == Token.EOF;
    }
}
