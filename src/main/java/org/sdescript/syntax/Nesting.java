package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.syntax.grammar.SdeLexer;

/** Finds text whose tree would be so deep that walking it exhausts the stack, before anything walks it. */
final class Nesting {
    private static final int DEEPEST = 1000;

    /** A block costs more levels of the tree than a parenthesis. */
    private static final int BLOCK = 10;

    private Nesting() {}

    static Optional<Diagnostic> tooDeep(Source source, List<CommonToken> words) {
        Deque<Integer> outside = new ArrayDeque<>();
        int depth = 0;
        int last = SdeLexer.NEWLINE;
        for (CommonToken word : words) {
            switch (word.getType()) {
                case SdeLexer.LPAREN, SdeLexer.LAMBDA_PAREN, SdeLexer.LBRACKET, SdeLexer.LBRACE -> {
                    outside.push(depth + (Words.endsOperand(last) ? 1 : 0));
                    depth += word.getType() == SdeLexer.LBRACE ? BLOCK : 1;
                }
                case SdeLexer.RPAREN, SdeLexer.RBRACKET, SdeLexer.RBRACE -> depth = outside.pop();
                case SdeLexer.COMMA, SdeLexer.SEMICOLON, SdeLexer.NEWLINE -> depth = atStartOf(outside, depth);
                default -> depth += deepens(word.getType()) ? 1 : 0;
            }
            last = word.getType();
            if (depth > DEEPEST) {
                return Optional.of(Diagnostic.error("E0110", Words.span(source, word), "this is nested too deeply")
                        .help("bind parts of it to names first"));
            }
        }
        return Optional.empty();
    }

    private static int atStartOf(Deque<Integer> outside, int depth) {
        return outside.isEmpty() ? 0 : Math.min(depth, outside.peek() + BLOCK);
    }

    private static boolean deepens(int type) {
        return Words.isBinaryOperator(type)
                || switch (type) {
                    case SdeLexer.NOT, SdeLexer.ARROW, SdeLexer.IF, SdeLexer.BRANCH, SdeLexer.DOT -> true;
                    default -> false;
                };
    }
}
