package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * Settles what depends on where a word stands: newlines that end nothing go, and names that are keywords only there
 * (a declaration's first word, a differential after a coefficient, the parenthesis that opens a lambda) become such.
 * The brackets must be balanced already.
 */
final class Layout {
    private static final Set<String> CALLABLES =
            Set.of("schedule", "network", "loss", "predictor", "corrector", "sampler", "fn");

    /** The names that open a statement where a name or, of imports, a text follows. */
    static final Set<String> OPENERS =
            Set.of("schedule", "network", "loss", "predictor", "corrector", "sampler", "fn", "sde", "param", "import");

    private static final int NONE_AHEAD = -1;

    private final List<CommonToken> words;
    private final List<CommonToken> out = new ArrayList<>();
    private final Deque<Bracket> open = new ArrayDeque<>();
    private int last;
    private boolean atLineStart = true;

    /** Where the next line with a word on it starts, as far as that was looked for. */
    private int below;

    /** Whether the bracket closed last was a block's, so that an {@code else} behind it is a statement's. */
    private boolean afterBlock;

    private boolean elseOfBlock;

    /** How many brackets are open around the {@code sde} whose body is still to come, or -1 if none is. */
    private int sdeAhead = NONE_AHEAD;

    private record Bracket(CommonToken token, boolean ofSde, boolean ofBlock) {
        boolean holdsStatements() {
            return token.getType() == SdeLexer.LBRACE;
        }
    }

    /** @param before the kind of word that comes before the first */
    private Layout(List<CommonToken> words, int before) {
        this.words = words;
        this.last = before;
    }

    static List<CommonToken> ofStatements(List<CommonToken> words) {
        return new Layout(words, SdeLexer.NEWLINE).run();
    }

    /** Of words that stand where a value is expected, as between the braces of a string: none opens a statement. */
    static List<CommonToken> ofExpression(List<CommonToken> words) {
        return new Layout(words, SdeLexer.LPAREN).run();
    }

    private List<CommonToken> run() {
        for (int i = 0; i < words.size(); i++) {
            CommonToken word = words.get(i);
            if (!Words.isVisible(word)) {
                continue;
            }
            switch (word.getType()) {
                case SdeLexer.NEWLINE -> newline(word, i);
                case SdeLexer.LPAREN, SdeLexer.LBRACKET -> open(word, false);
                case SdeLexer.LBRACE -> openBrace(word);
                case SdeLexer.RPAREN, SdeLexer.RBRACKET -> close(word, i);
                case SdeLexer.IF -> {
                    if (startsStatement() && next(i).getType() != SdeLexer.COLON
                            || last == SdeLexer.ELSE && elseOfBlock) {
                        word.setType(SdeLexer.BRANCH);
                    }
                    emit(word);
                }
                case SdeLexer.ELSE -> {
                    elseOfBlock = last == SdeLexer.RBRACE && afterBlock;
                    emit(word);
                }
                case SdeLexer.RBRACE, Token.EOF -> {
                    emit(Words.madeUp(SdeLexer.NEWLINE, "", word));
                    close(word, i);
                }
                default -> {
                    name(word, i);
                    sdeAhead = word.getType() == SdeLexer.SDE ? open.size() : sdeAhead;
                    emit(word);
                }
            }
        }
        return out;
    }

    private boolean insideParentheses() {
        return !open.isEmpty() && !open.peek().holdsStatements();
    }

    private void emit(CommonToken word) {
        out.add(word);
        last = word.getType();
        atLineStart = false;
    }

    private void newline(CommonToken word, int at) {
        boolean blank = insideParentheses() || Words.continuesLine(last) || goesOnBelow(at);
        if (!blank) {
            emit(word);
        }
        atLineStart = true;
    }

    /** Whether the next line with a word on it starts with one that only continues an {@code if}. */
    private boolean goesOnBelow(int at) {
        below = Words.wordFrom(words, Math.max(at, below));
        int type = words.get(below).getType();
        return type == SdeLexer.ELSE || type == SdeLexer.THEN;
    }

    /** Braces within the parentheses of an sde's parameters are records. */
    private void openBrace(CommonToken word) {
        boolean ofSde = open.size() == sdeAhead;
        open(word, ofSde);
        sdeAhead = ofSde ? NONE_AHEAD : sdeAhead;
    }

    private void open(CommonToken word, boolean ofSde) {
        boolean ofBlock = Words.endsOperand(last) || last == SdeLexer.ELSE;
        open.push(new Bracket(word, ofSde, ofBlock));
        emit(word);
    }

    private void close(CommonToken word, int at) {
        if (word.getType() != Token.EOF && !open.isEmpty()) {
            Bracket bracket = open.pop();
            CommonToken opener = bracket.token();
            afterBlock = bracket.ofBlock();
            if (word.getType() == SdeLexer.RPAREN && next(at).getType() == SdeLexer.ARROW) {
                opener.setType(SdeLexer.LAMBDA_PAREN);
            }
        }
        emit(word);
    }

    private Token next(int at) {
        return at + 1 < words.size() ? Words.visibleAt(words, at + 1) : words.get(at);
    }

    private void name(CommonToken word, int at) {
        if (word.getType() != SdeLexer.NAME) {
            return;
        }
        if (startsStatement()) {
            word.setType(declarationWord(word.getText(), next(at).getType()));
        } else if (isDifferentialHere(word)) {
            word.setType(SdeLexer.DIFFERENTIAL);
        }
    }

    private boolean startsStatement() {
        return !insideParentheses()
                && (last == SdeLexer.NEWLINE || last == SdeLexer.SEMICOLON || last == SdeLexer.LBRACE);
    }

    /** Whether a name at the start of a statement opens a declaration, given the kind of word behind it. */
    static boolean declares(String word, int next) {
        return declarationWord(word, next) != SdeLexer.NAME;
    }

    private static int declarationWord(String word, int next) {
        if (next == SdeLexer.TEXT && word.equals("import")) {
            return SdeLexer.IMPORT;
        }
        if (next != SdeLexer.NAME && !Words.isTakenName(next)) {
            return SdeLexer.NAME;
        }
        return switch (word) {
            case "param" -> SdeLexer.PARAM;
            case "sde" -> SdeLexer.SDE;
            default -> CALLABLES.contains(word) ? SdeLexer.CALLABLE : SdeLexer.NAME;
        };
    }

    /** In an {@code sde} body, a name like {@code dt} straight after a value multiplies it. */
    private boolean isDifferentialHere(CommonToken word) {
        return word.getText().startsWith("d")
                && word.getText().length() > 1
                && !atLineStart
                && Words.endsOperand(last)
                && open.stream().anyMatch(Bracket::ofSde);
    }
}
