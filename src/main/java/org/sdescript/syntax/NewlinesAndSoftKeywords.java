package org.sdescript.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Differentials;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * Resolves tokens whose meaning depends on their place: drops newlines that end no statement, and turns names into
 * keywords where they are such (the first word of a declaration, a differential after a coefficient, the parenthesis
 * that opens a lambda). The brackets must be balanced already.
 */
final class NewlinesAndSoftKeywords {
    private static final Set<String> CALLABLES =
            Stream.of(CallableKind.values()).map(CallableKind::word).collect(Collectors.toUnmodifiableSet());

    /** Names that open a statement if a name follows; {@code import} needs a string. */
    static final Set<String> OPENERS = Stream.concat(
                    CALLABLES.stream(), Stream.of("sde", "param", "import", "local", "native"))
            .collect(Collectors.toUnmodifiableSet());

    /** Names that are keywords before a block: {@code try}, and {@code catch} behind its block. */
    static final String TRY = "try";

    static final String CATCH = "catch";

    private static final int NONE_AHEAD = -1;

    private final List<CommonToken> words;
    private final List<CommonToken> out = new ArrayList<>();
    private final Deque<Bracket> open = new ArrayDeque<>();
    private int last;
    private boolean atLineStart = true;

    /** The index of the next line's first token, as far as searched. */
    private int below;

    /** True if the last closed bracket ended a block, so that a following {@code else} belongs to a statement. */
    private boolean afterBlock;

    private boolean elseOfBlock;

    /** True if the last closed bracket ended the block of a {@code try}, so that {@code catch} follows. */
    private boolean afterTry;

    /** The number of brackets open around an {@code sde} whose body has not begun, or -1. */
    private int sdeAhead = NONE_AHEAD;

    private record Bracket(CommonToken token, boolean ofSde, boolean ofBlock, boolean ofSignature, boolean ofTry) {
        boolean holdsStatements() {
            return token.getType() == SdeLexer.LBRACE;
        }
    }

    /** @param before type of the token before the first */
    private NewlinesAndSoftKeywords(List<CommonToken> words, int before) {
        this.words = words;
        this.last = before;
    }

    static List<CommonToken> ofStatements(List<CommonToken> words) {
        return new NewlinesAndSoftKeywords(words, SdeLexer.NEWLINE).run();
    }

    /** Resolves tokens in the place of a value, as between the braces of a string: none opens a statement. */
    static List<CommonToken> ofExpression(List<CommonToken> words) {
        return new NewlinesAndSoftKeywords(words, SdeLexer.LPAREN).run();
    }

    private List<CommonToken> run() {
        for (int i = 0; i < words.size(); i++) {
            CommonToken word = words.get(i);
            if (!TokenFacts.isVisible(word)) {
                continue;
            }
            switch (word.getType()) {
                case SdeLexer.NEWLINE -> newline(word, i);
                case SdeLexer.LPAREN, SdeLexer.LBRACKET -> {
                    if (allowsValues()) {
                        word.setType(SdeLexer.INTERVAL);
                    }
                    open(word, false);
                }
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
                    emit(TokenFacts.madeUp(SdeLexer.NEWLINE, "", word));
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
        boolean blank = insideParentheses() || TokenFacts.continuesLine(last) || goesOnBelow(at);
        if (!blank) {
            emit(word);
        }
        atLineStart = true;
    }

    /** True if the next line begins with a token that only continues an {@code if} or a {@code try}. */
    private boolean goesOnBelow(int at) {
        below = TokenFacts.wordFrom(words, Math.max(at, below));
        CommonToken next = words.get(below);
        return next.getType() == SdeLexer.ELSE || next.getType() == SdeLexer.THEN || isCatch(next);
    }

    /** True for {@code catch} behind the block of a {@code try}; elsewhere it is a name. */
    private boolean isCatch(Token word) {
        return afterTry && last == SdeLexer.RBRACE && word.getText().equals(CATCH);
    }

    /** Opens a brace. Braces inside the parentheses of an sde's parameters are records, not the sde's body. */
    private void openBrace(CommonToken word) {
        boolean ofSde = open.size() == sdeAhead;
        open(word, ofSde);
        sdeAhead = ofSde ? NONE_AHEAD : sdeAhead;
    }

    private void open(CommonToken word, boolean ofSde) {
        boolean ofBlock = TokenFacts.endsOperand(last) || last == SdeLexer.ELSE;
        boolean ofSignature = word.getType() == SdeLexer.LPAREN && last == SdeLexer.NAME && isDeclared();
        open.push(new Bracket(word, ofSde, ofBlock, ofSignature, last == SdeLexer.TRY));
        emit(word);
    }

    /** True after the name of a declaration, or of a function in the body of an sde. */
    private boolean isDeclared() {
        int before = out.size() < 2 ? SdeLexer.NEWLINE : out.get(out.size() - 2).getType();
        boolean ofSde = !open.isEmpty() && open.peek().ofSde();
        return switch (before) {
            case SdeLexer.CALLABLE, SdeLexer.SDE -> true;
            case SdeLexer.NEWLINE, SdeLexer.SEMICOLON, SdeLexer.LBRACE -> ofSde;
            default -> false;
        };
    }

    /** True if the allowed values of a parameter stand here, where a bracket opens an interval. */
    private boolean allowsValues() {
        return !open.isEmpty() && open.peek().ofSignature() && (last == SdeLexer.IN || last == SdeLexer.BAR);
    }

    private void close(CommonToken word, int at) {
        if (word.getType() != Token.EOF && !open.isEmpty()) {
            Bracket bracket = open.pop();
            CommonToken opener = bracket.token();
            afterBlock = bracket.ofBlock();
            afterTry = bracket.ofTry();
            if (word.getType() == SdeLexer.RPAREN && next(at).getType() == SdeLexer.ARROW) {
                opener.setType(SdeLexer.LAMBDA_PAREN);
            }
        }
        emit(word);
    }

    private Token next(int at) {
        return at + 1 < words.size() ? TokenFacts.visibleAt(words, at + 1) : words.get(at);
    }

    private void name(CommonToken word, int at) {
        if (word.getType() != SdeLexer.NAME) {
            return;
        }
        if (isCatch(word)) {
            word.setType(SdeLexer.CATCH);
        } else if (startsStatement()) {
            word.setType(declarationWord(word.getText(), next(at)));
        } else if (last == SdeLexer.LOCAL || last == SdeLexer.NATIVE) {
            word.setType(declared(word.getText()));
        } else if (headWord(word, at) != SdeLexer.NAME) {
            word.setType(headWord(word, at));
        } else if (isDifferentialHere(word)) {
            word.setType(SdeLexer.DIFFERENTIAL);
        }
    }

    private boolean startsStatement() {
        return !insideParentheses()
                && (last == SdeLexer.NEWLINE || last == SdeLexer.SEMICOLON || last == SdeLexer.LBRACE);
    }

    /** True if a name at the start of a statement opens a declaration, given the type of the next token. */
    static boolean declares(String word, Token next) {
        return declarationWord(word, next) != SdeLexer.NAME;
    }

    private static int declarationWord(String word, Token next) {
        if (next.getType() == SdeLexer.TEXT && word.equals("import")) {
            return SdeLexer.IMPORT;
        }
        if (next.getType() == SdeLexer.LBRACE && word.equals(TRY)) {
            return SdeLexer.TRY;
        }
        if (next.getType() != SdeLexer.NAME && !TokenFacts.isTakenName(next.getType())) {
            return SdeLexer.NAME;
        }
        return switch (word) {
            case "param" -> SdeLexer.PARAM;
            case "local" -> declared(next.getText()) == SdeLexer.NAME ? SdeLexer.NAME : SdeLexer.LOCAL;
            case "native" -> next.getText().equals("fn") ? SdeLexer.NATIVE : SdeLexer.NAME;
            default -> declared(word);
        };
    }

    private static int declared(String word) {
        return word.equals("sde") ? SdeLexer.SDE : CALLABLES.contains(word) ? SdeLexer.CALLABLE : SdeLexer.NAME;
    }

    /** The words after the variables of a declaration: {@code of order 2}, {@code of strong order 1/2}, {@code gives model}. */
    private int headWord(CommonToken word, int at) {
        return switch (word.getText()) {
            case "of" ->
                last == SdeLexer.RPAREN && Set.of("order", "strong").contains(next(at).getText())
                        ? SdeLexer.OF
                        : SdeLexer.NAME;
            case "gives" ->
                last == SdeLexer.RPAREN && next(at).getType() == SdeLexer.NAME ? SdeLexer.GIVES : SdeLexer.NAME;
            case "strong" -> last == SdeLexer.OF ? SdeLexer.STRONG : SdeLexer.NAME;
            case "order" -> last == SdeLexer.OF || last == SdeLexer.STRONG ? SdeLexer.ORDER : SdeLexer.NAME;
            default -> SdeLexer.NAME;
        };
    }

    /**
     * True for a name such as {@code dt} directly after a value in an {@code sde} body: the name multiplies the value.
     */
    private boolean isDifferentialHere(CommonToken word) {
        return Differentials.isPossible(word.getText())
                && !atLineStart
                && TokenFacts.endsOperand(last)
                && open.stream().anyMatch(Bracket::ofSde);
    }
}
