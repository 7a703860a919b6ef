package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/** Finds text whose tree would be too deep for the stack, before any code walks the tree. */
final class NestingLimit {
    private static final int DEEPEST = 1000;

    /** The levels of a block, which is deeper in the tree than a parenthesis. */
    private static final int BLOCK = 10;

    private NestingLimit() {}

    /**
     * Finds a line with too many nested braces. The lexer enters the braces of a string, and the strings in them,
     * before it knows their ends; the cost of failed attempts grows with the cube of the depth, so such lines never
     * reach the lexer.
     */
    static Optional<Diagnostic> tooDeepForALine(Span window) {
        String text = window.source().text();
        int depth = 0;
        for (int at = window.start(); at < window.end(); at++) {
            switch (text.charAt(at)) {
                case '{' -> depth++;
                case '}' -> depth = Math.max(0, depth - 1);
                case '\\' -> at++;
                case '\n', '\r' -> depth = 0;
                case '#' -> at = depth == 0 ? endOfLine(text, at, window.end()) : at;
                default -> {}
            }
            if (depth > DEEPEST / BLOCK) {
                return Optional.of(tooDeep(window.source().span(at, at + 1)));
            }
        }
        return Optional.empty();
    }

    private static int endOfLine(String text, int from, int end) {
        int at = from;
        while (at + 1 < end && text.charAt(at + 1) != '\n' && text.charAt(at + 1) != '\r') {
            at++;
        }
        return at;
    }

    private static Diagnostic tooDeep(Span place) {
        return Diagnostic.error("E0110", place, "this is nested too deeply").help("bind parts of it to names first");
    }

    static Optional<Diagnostic> tooDeep(Source source, List<CommonToken> words) {
        Deque<Integer> outside = new ArrayDeque<>();
        int depth = 0;
        int last = SdeLexer.NEWLINE;
        for (CommonToken word : words) {
            switch (word.getType()) {
                case SdeLexer.LPAREN, SdeLexer.LAMBDA_PAREN, SdeLexer.INTERVAL, SdeLexer.LBRACKET, SdeLexer.LBRACE -> {
                    outside.push(depth + (TokenFacts.endsOperand(last) ? 1 : 0));
                    depth += word.getType() == SdeLexer.LBRACE ? BLOCK : 1;
                }
                case SdeLexer.RPAREN, SdeLexer.RBRACKET, SdeLexer.RBRACE -> depth = outside.pop();
                case SdeLexer.COMMA, SdeLexer.SEMICOLON, SdeLexer.NEWLINE -> depth = atStartOf(outside, depth);
                default -> depth += deepens(word.getType()) ? 1 : 0;
            }
            last = word.getType();
            if (depth > DEEPEST) {
                return Optional.of(tooDeep(TokenFacts.span(source, word)));
            }
        }
        return Optional.empty();
    }

    private static int atStartOf(Deque<Integer> outside, int depth) {
        return outside.isEmpty() ? 0 : Math.min(depth, outside.peek() + BLOCK);
    }

    private static boolean deepens(int type) {
        return TokenFacts.isBinaryOperator(type)
                || switch (type) {
                    case SdeLexer.NOT, SdeLexer.ARROW, SdeLexer.IF, SdeLexer.BRANCH, SdeLexer.DOT -> true;
                    default -> false;
                };
    }
}
