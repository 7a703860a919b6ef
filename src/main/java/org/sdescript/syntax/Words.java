package org.sdescript.syntax;

import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/** Facts about single words that the passes between lexer and parser share. */
final class Words {
    private Words() {}

    static Span span(Source source, Token token) {
        return source.span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
    }

    /** A word that the text lacks, put in at the place of another so that reading can go on. */
    static CommonToken madeUp(int type, String text, Token before) {
        CommonToken token = new CommonToken(type, text);
        token.setStartIndex(before.getStartIndex());
        token.setStopIndex(before.getStartIndex() - 1);
        token.setLine(before.getLine());
        token.setCharPositionInLine(before.getCharPositionInLine());
        return token;
    }

    /** How far the line of a word is indented. */
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

    /** The next word that is no comment, or the end of the text. */
    static Token visibleAt(List<? extends Token> tokens, int from) {
        int i = Math.min(from, tokens.size() - 1);
        while (!isVisible(tokens.get(i))) {
            i++;
        }
        return tokens.get(i);
    }

    /** Where the first word is that is neither a comment nor the end of a line. */
    static int wordFrom(List<? extends Token> tokens, int from) {
        int at = from;
        while (tokens.get(at).getType() == SdeLexer.NEWLINE || !isVisible(tokens.get(at))) {
            at++;
        }
        return at;
    }

    /** Whether a value may end with this word. */
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

    /** Whether this is a keyword that someone may have meant as a name: behind a name it can mean nothing else. */
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

    /** Whether the sentence goes on after this word, so that a newline behind it is blank space. */
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
}
