package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * A pass over the tokens of a source: the position of the token that is read, the tokens written so far, and the
 * context of the next token, such as the head of a loop.
 */
final class RepairedTokens {
    private final Source source;
    private final SyntaxErrors mistakes;
    private final List<CommonToken> words;
    private final List<CommonToken> out = new ArrayList<>();
    private final SdeBodies bodies = new SdeBodies();
    private int at;
    private int last = SdeLexer.NEWLINE;
    private @Nullable CommonToken lastWord;
    private int depth;
    private boolean inLoopHead;
    private boolean inFunctionHead;

    RepairedTokens(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        this.source = source;
        this.words = words;
        this.mistakes = mistakes;
    }

    /** Returns the tokens that are read. */
    List<CommonToken> words() {
        return words;
    }

    /** Returns the tokens written so far. */
    List<CommonToken> written() {
        return out;
    }

    /** Returns the index of the token that is read. */
    int at() {
        return at;
    }

    void moveTo(int index) {
        at = index;
    }

    void skip() {
        at++;
    }

    /** Returns the type of the last visible token written. */
    int last() {
        return last;
    }

    /** Returns the last token written; there is one. */
    CommonToken lastWord() {
        return Objects.requireNonNull(lastWord);
    }

    /** Returns the number of open parentheses and brackets. */
    int depth() {
        return depth;
    }

    boolean inLoopHead() {
        return inLoopHead;
    }

    boolean inFunctionHead() {
        return inFunctionHead;
    }

    void endFunctionHead() {
        inFunctionHead = false;
    }

    /** True inside the braces of an {@code sde}. */
    boolean isInEquations() {
        return bodies.inside();
    }

    boolean isInRecord() {
        return bodies.inRecord();
    }

    Span span(int from, int to) {
        return source.span(from, to);
    }

    void report(Diagnostic mistake) {
        mistakes.add(mistake);
    }

    /** Writes a token. */
    void emit(CommonToken word) {
        bodies.follow(last, word);
        out.add(word);
        boolean first = startsStatement();
        last = word.getType();
        lastWord = word;
        switch (last) {
            case SdeLexer.LPAREN, SdeLexer.LBRACKET -> depth++;
            case SdeLexer.RPAREN, SdeLexer.RBRACKET -> depth--;
            case SdeLexer.LBRACE, SdeLexer.NEWLINE, SdeLexer.SEMICOLON -> {
                inLoopHead = false;
                inFunctionHead &= depth > 0;
            }
            case SdeLexer.FOR -> inLoopHead |= first && depth == 0;
            case SdeLexer.ASSIGN -> inFunctionHead &= depth > 0;
            default -> {}
        }
        inFunctionHead |= last == SdeLexer.NAME && word.getText().equals("fn");
    }

    /** True if the next token written begins a statement. */
    boolean startsStatement() {
        return last == SdeLexer.NEWLINE || last == SdeLexer.SEMICOLON || last == SdeLexer.LBRACE;
    }

    /** Returns the visible token so many steps after the token that is read. */
    Token next(int steps) {
        int i = at;
        for (int k = 0; k < steps; k++) {
            do {
                i = Math.min(i + 1, words.size() - 1);
            } while (!TokenFacts.isVisible(words.get(i)));
        }
        return words.get(i);
    }

    /** True if a token of this type follows the token that is read, without space between them. */
    boolean touches(int type) {
        Token next = words.get(Math.min(at + 1, words.size() - 1));
        return next.getType() == type && next.getStartIndex() == words.get(at).getStopIndex() + 1;
    }

    /** True if an operand was written last and the token follows it without space. */
    boolean followsOperand(CommonToken word) {
        return TokenFacts.endsOperand(last) && lastWord().getStopIndex() + 1 == word.getStartIndex();
    }

    void report(Span place, String message, String help) {
        mistakes.add(Diagnostic.error("E0108", place, message).help(help));
    }

    /** Reports a mistake with the text that mends it. */
    void report(Span place, String message, String help, String instead) {
        mistakes.add(Diagnostic.error("E0108", place, message).help(help).fix(place, instead));
    }

    Span place(Token word) {
        return TokenFacts.span(source, word);
    }

    /**
     * Skips the rest of the line, up to the closing bracket of an outer bracket. The parser sees an empty statement.
     */
    void dropLine() {
        int open = 0;
        while (at + 1 < words.size() && !TokenFacts.endsLine(words.get(at + 1))) {
            open += switch (words.get(at + 1).getType()) {
                case SdeLexer.LPAREN, SdeLexer.LBRACKET, SdeLexer.LBRACE -> 1;
                case SdeLexer.RPAREN, SdeLexer.RBRACKET, SdeLexer.RBRACE -> -1;
                default -> 0;
            };
            if (open < 0) {
                return;
            }
            at++;
        }
    }

    /** True if the innermost open bracket is a parenthesis. */
    boolean isInParentheses() {
        int closed = 0;
        for (int i = out.size() - 1; i >= 0; i--) {
            switch (out.get(i).getType()) {
                case SdeLexer.RPAREN, SdeLexer.RBRACKET, SdeLexer.RBRACE -> closed++;
                case SdeLexer.LPAREN, SdeLexer.LBRACKET, SdeLexer.LBRACE -> {
                    if (closed == 0) {
                        return out.get(i).getType() == SdeLexer.LPAREN;
                    }
                    closed--;
                }
                default -> {}
            }
        }
        return false;
    }

    /** True if the present statement binds a name and has opened no brace. */
    boolean isBound() {
        int i = out.size() - 1;
        boolean bound = false;
        int nested = 0;
        while (i >= 0
                && out.get(i).getType() != SdeLexer.NEWLINE
                && out.get(i).getType() != SdeLexer.SEMICOLON
                && out.get(i).getType() != SdeLexer.LBRACE) {
            nested += switch (out.get(i).getType()) {
                case SdeLexer.RPAREN, SdeLexer.RBRACKET -> 1;
                case SdeLexer.LPAREN, SdeLexer.LBRACKET -> -1;
                default -> 0;
            };
            bound |= nested == 0 && out.get(i).getType() == SdeLexer.ASSIGN;
            if (out.get(i).getText().equals("lambda")) {
                return false;
            }
            i--;
        }
        return bound && (i < 0 || out.get(i).getType() != SdeLexer.LBRACE || bodies.opensStatements(out.get(i)));
    }
}
