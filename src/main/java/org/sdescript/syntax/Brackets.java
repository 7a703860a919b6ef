package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * Balances brackets, so that the parser meets only balanced text. A missing bracket is reported at its partner and
 * inserted where the indentation suggests.
 */
final class Brackets {
    private final Source source;
    private final SyntaxErrors mistakes;
    private final List<CommonToken> words;
    private final Map<CommonToken, Integer> intervals;
    private final List<CommonToken> out = new ArrayList<>();
    private final Deque<CommonToken> open = new ArrayDeque<>();

    /** The number of open brackets for each closing token. */
    private final Map<Integer, Integer> waiting = new HashMap<>();

    private int last = SdeLexer.NEWLINE;

    /** The index of the next line's first token, as far as searched. */
    private int below;

    private Brackets(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        this.source = source;
        this.words = words;
        this.intervals = intervals(words);
        this.mistakes = mistakes;
    }

    static List<CommonToken> balanced(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        return areBalanced(words) ? words : new Brackets(source, words, mistakes).run();
    }

    private static boolean areBalanced(List<CommonToken> words) {
        return awaited(words).filter(Deque::isEmpty).isPresent();
    }

    /** True if a bracket is still open and no closing bracket is misplaced. */
    static boolean leftOpen(List<CommonToken> words) {
        return awaited(words).filter(closers -> !closers.isEmpty()).isPresent();
    }

    /** The closing brackets still missing; empty if one is misplaced. */
    private static Optional<Deque<Integer>> awaited(List<CommonToken> words) {
        Deque<Integer> closers = new ArrayDeque<>();
        Map<CommonToken, Integer> intervals = intervals(words);
        for (CommonToken word : words) {
            int type = word.getType();
            if (closerOf(type) != 0) {
                closers.push(intervals.getOrDefault(word, closerOf(type)));
            } else if (isCloser(type) && (closers.isEmpty() || closers.pop() != type)) {
                return Optional.empty();
            }
        }
        return Optional.of(closers);
    }

    /**
     * The half-open intervals, {@code in (0, 1]} and {@code in [0, 1)}: each opening bracket with the bracket that
     * closes it. An interval holds a comma and no braces.
     */
    private static Map<CommonToken, Integer> intervals(List<CommonToken> words) {
        Map<CommonToken, Integer> found = new HashMap<>();
        Deque<CommonToken> open = new ArrayDeque<>();
        Set<CommonToken> possible = new HashSet<>();
        Set<CommonToken> withComma = new HashSet<>();
        int last = SdeLexer.NEWLINE;
        for (CommonToken word : words) {
            int type = word.getType();
            if (type == SdeLexer.LBRACE || type == SdeLexer.RBRACE) {
                open.clear();
            } else if (closerOf(type) != 0) {
                open.push(word);
                if (last == SdeLexer.IN || last == SdeLexer.BAR) {
                    possible.add(word);
                }
            } else if (type == SdeLexer.COMMA && !open.isEmpty()) {
                withComma.add(open.peek());
            } else if (isCloser(type) && !open.isEmpty()) {
                CommonToken opener = open.pop();
                if (possible.contains(opener) && withComma.contains(opener) && type != closerOf(opener.getType())) {
                    found.put(opener, type);
                }
            }
            last = TokenFacts.isVisible(word) && type != SdeLexer.NEWLINE ? type : last;
        }
        return found;
    }

    private int closerOf(CommonToken opener) {
        return intervals.getOrDefault(opener, closerOf(opener.getType()));
    }

    private static int closerOf(int opener) {
        return switch (opener) {
            case SdeLexer.LPAREN -> SdeLexer.RPAREN;
            case SdeLexer.LBRACKET -> SdeLexer.RBRACKET;
            case SdeLexer.LBRACE -> SdeLexer.RBRACE;
            default -> 0;
        };
    }

    private static boolean isCloser(int type) {
        return type == SdeLexer.RPAREN || type == SdeLexer.RBRACKET || type == SdeLexer.RBRACE;
    }

    private static String sign(int closer) {
        return switch (closer) {
            case SdeLexer.RPAREN -> ")";
            case SdeLexer.RBRACKET -> "]";
            default -> "}";
        };
    }

    private List<CommonToken> run() {
        for (int i = 0; i < words.size(); i++) {
            CommonToken word = words.get(i);
            if (word.getType() == SdeLexer.NEWLINE && inParentheses() && nextLineIsAnother(i)) {
                closeParentheses(word);
            }
            if (closerOf(word) != 0) {
                open(word);
                emit(word);
            } else if (isCloser(word.getType())) {
                close(word);
            } else if (word.getType() == Token.EOF) {
                closeParentheses(word);
                while (!open.isEmpty()) {
                    closeUnclosed(word, true);
                }
                emit(word);
            } else {
                emit(word);
            }
        }
        return out;
    }

    private void emit(CommonToken word) {
        out.add(word);
        if (TokenFacts.isVisible(word)) {
            last = word.getType();
        }
    }

    private void open(CommonToken opener) {
        open.push(opener);
        waiting.merge(closerOf(opener), 1, Integer::sum);
    }

    private CommonToken closed() {
        CommonToken opener = open.pop();
        waiting.merge(closerOf(opener), -1, Integer::sum);
        return opener;
    }

    private boolean inParentheses() {
        return !open.isEmpty() && open.peek().getType() != SdeLexer.LBRACE;
    }

    /**
     * True if the next line starts a statement although a bracket is open: a value cannot follow a value, and the line
     * is not indented further.
     */
    private boolean nextLineIsAnother(int newline) {
        below = TokenFacts.wordFrom(words, Math.max(newline, below));
        Token next = words.get(below);
        boolean starts =
                next.getType() == SdeLexer.NAME || SdeLexer.IF <= next.getType() && next.getType() <= SdeLexer.CONTINUE;
        return starts
                && TokenFacts.endsOperand(last)
                && TokenFacts.indent(source, next) <= TokenFacts.indent(source, open.peek());
    }

    /**
     * Closes the open parentheses. One missing parenthesis leaves all around it open, so only the innermost is
     * reported.
     */
    private void closeParentheses(CommonToken before) {
        boolean report = true;
        while (inParentheses()) {
            closeUnclosed(before, report);
            report = false;
        }
    }

    private void closeUnclosed(CommonToken before, boolean report) {
        CommonToken opener = closed();
        int closer = closerOf(opener);
        if (report) {
            mistakes.add(Diagnostic.error(
                            "E0109", TokenFacts.span(source, opener), "this `" + opener.getText() + "` is never closed")
                    .label("opened here")
                    .help("add `" + sign(closer) + "`"));
        }
        emit(TokenFacts.madeUp(closer, sign(closer), before));
    }

    private void close(CommonToken word) {
        if (waiting.getOrDefault(word.getType(), 0) == 0 || strayIn(word)) {
            mistakes.add(Diagnostic.error(
                            "E0109", TokenFacts.span(source, word), "this `" + word.getText() + "` closes nothing")
                    .help("remove it, or open it where it should begin"));
            return;
        }
        boolean report = true;
        while (closerOf(open.peek()) != word.getType() || belongsFurtherOut(word)) {
            closeUnclosed(word, report);
            report = open.peek().getType() == SdeLexer.LBRACE;
        }
        closed();
        emit(word);
    }

    /** True if a parenthesis would close a block that began on an earlier line. */
    private boolean strayIn(CommonToken word) {
        return word.getType() != SdeLexer.RBRACE
                && open.peek().getType() == SdeLexer.LBRACE
                && source.line(open.peek().getStartIndex()) != source.line(word.getStartIndex());
    }

    /** True for a brace at the start of a line with the indentation of an outer block: the brace closes that block. */
    private boolean belongsFurtherOut(CommonToken word) {
        if (word.getType() != SdeLexer.RBRACE || last != SdeLexer.NEWLINE) {
            return false;
        }
        int indent = TokenFacts.indent(source, word);
        return indent < TokenFacts.indent(source, open.peek())
                && open.stream()
                        .skip(1)
                        .anyMatch(outer ->
                                outer.getType() == SdeLexer.LBRACE && TokenFacts.indent(source, outer) == indent);
    }
}
