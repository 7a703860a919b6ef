package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * Repairs statements and operators of MATLAB, Julia, R, C and Python that are not a matter of single tokens. Each is
 * reported with the correct form; the rest of its line is skipped, or read with its meaning. {@link ForeignTokens} then
 * repairs single tokens.
 */
final class ForeignSyntax {
    private static final String NOTHING_LOADED =
            "functions are here without import: `sqrt(x)`; another script is imported as `import \"other.sde\"`";

    private final Source source;
    private final SyntaxErrors mistakes;
    private final List<CommonToken> words;
    private final List<CommonToken> out = new ArrayList<>();
    private final SdeBodies bodies = new SdeBodies();
    private int at;
    private int last = SdeLexer.NEWLINE;
    private CommonToken lastWord;
    private int depth;
    private boolean inLoopHead;
    private boolean inFunctionHead;

    private ForeignSyntax(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        this.source = source;
        this.words = words;
        this.mistakes = mistakes;
    }

    static List<CommonToken> repaired(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        ForeignSyntax pass = new ForeignSyntax(source, words, mistakes);
        while (pass.at < words.size()) {
            CommonToken word = words.get(pass.at);
            if (!TokenFacts.isVisible(word)) {
                pass.out.add(word);
            } else if (!pass.statement(word) && !pass.operator(word)) {
                pass.emitOrRefuse(word);
            }
            pass.at++;
        }
        return pass.out;
    }

    /** Reports characters of other languages for which no correct form is known. */
    private void emitOrRefuse(CommonToken word) {
        switch (word.getType()) {
            case SdeLexer.QUESTION, SdeLexer.TILDE, SdeLexer.APOSTROPHE ->
                mistakes.addOfSentence(
                        word.getStartIndex(),
                        Diagnostic.error(
                                "E0102", place(word), "the character `" + word.getText() + "` means nothing here"));
            default -> emit(word);
        }
    }

    private void emit(CommonToken word) {
        bodies.follow(last, word);
        out.add(word);
        last = word.getType();
        lastWord = word;
        switch (last) {
            case SdeLexer.LPAREN, SdeLexer.LBRACKET -> depth++;
            case SdeLexer.RPAREN, SdeLexer.RBRACKET -> depth--;
            case SdeLexer.LBRACE, SdeLexer.NEWLINE, SdeLexer.SEMICOLON -> {
                inLoopHead = false;
                inFunctionHead &= depth > 0;
            }
            case SdeLexer.FOR -> inLoopHead = true;
            case SdeLexer.ASSIGN -> inFunctionHead &= depth > 0;
            default -> {}
        }
        inFunctionHead |= last == SdeLexer.NAME && word.getText().equals("fn");
    }

    private boolean first() {
        return last == SdeLexer.NEWLINE || last == SdeLexer.SEMICOLON || last == SdeLexer.LBRACE;
    }

    private Token next(int steps) {
        int i = at;
        for (int k = 0; k < steps; k++) {
            do {
                i = Math.min(i + 1, words.size() - 1);
            } while (!TokenFacts.isVisible(words.get(i)));
        }
        return words.get(i);
    }

    private boolean touches(int type) {
        Token next = words.get(Math.min(at + 1, words.size() - 1));
        return next.getType() == type && next.getStartIndex() == words.get(at).getStopIndex() + 1;
    }

    private boolean followsOperand(CommonToken word) {
        return TokenFacts.endsOperand(last) && lastWord.getStopIndex() + 1 == word.getStartIndex();
    }

    private void report(Span place, String message, String help) {
        mistakes.add(Diagnostic.error("E0108", place, message).help(help));
    }

    private Span place(Token word) {
        return TokenFacts.span(source, word);
    }

    private static boolean endsLine(Token word) {
        return word.getType() == SdeLexer.NEWLINE || word.getType() == Token.EOF;
    }

    /**
     * Skips the rest of the line, up to the closing bracket of an outer bracket. The parser sees an empty statement.
     */
    private void dropLine() {
        int open = 0;
        while (at + 1 < words.size() && !endsLine(words.get(at + 1))) {
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

    private boolean statement(CommonToken word) {
        if (!first() || depth > 0 || bodies.inRecord()) {
            return false;
        }
        return switch (word.getType()) {
            case SdeLexer.PERCENT -> comment(word, "`%`");
            case SdeLexer.SLASH -> touches(SdeLexer.STAR) && comment(word, "`/*`");
            case SdeLexer.MINUS -> touches(SdeLexer.MINUS) && comment(word, "`--`");
            case SdeLexer.AT -> decorator(word);
            case SdeLexer.QUESTION -> help(word, next(1));
            case SdeLexer.NAME -> named(word);
            default -> false;
        };
    }

    private boolean comment(CommonToken word, String sign) {
        report(
                place(word),
                "a line does not begin with " + sign,
                "a comment is `# …`; other commands of a line are not known");
        dropLine();
        return true;
    }

    private boolean decorator(CommonToken word) {
        report(place(word), "declarations have no `@` before them", "leave it out: kernels are compiled by themselves");
        dropLine();
        return true;
    }

    /** Reports {@code ?moons} and {@code moons?}. */
    private boolean help(CommonToken mark, Token name) {
        boolean named = name.getType() == SdeLexer.NAME;
        report(
                place(mark),
                "`?` asks nothing here",
                named ? "write `help(" + name.getText() + ")`" : "write `help(name)`");
        dropLine();
        return true;
    }

    private boolean named(CommonToken word) {
        Token second = next(1);
        if (word.getText().equals("import") && second.getType() == SdeLexer.NAME) {
            report(place(word).to(place(second)), "an import names a file", NOTHING_LOADED);
            dropLine();
            return true;
        }
        if (isEquation(word)) {
            return equation(word);
        }
        if (second.getType() == SdeLexer.LESS
                && next(2).getType() == SdeLexer.MINUS
                && next(2).getStartIndex() == second.getStopIndex() + 1) {
            emit(word);
            report(place(second).to(place(next(1))), "a name is bound by `=`", "write `" + word.getText() + " = …`");
            CommonToken arrow = (CommonToken) second;
            arrow.setType(SdeLexer.ASSIGN);
            emit(arrow);
            at = words.indexOf(second) + 1;
            return true;
        }
        Optional<String> instead = ForeignNames.statement(word.getText());
        if (instead.isEmpty() || !startsStatement(second) || NewlinesAndSoftKeywords.declares(word.getText(), second)) {
            return false;
        }
        report(place(word), "`" + word.getText() + "` begins no statement", instead.get());
        if (!opensBlock(word)) {
            dropLine();
        }
        return true;
    }

    /** True for a token that may follow the first word of a foreign statement, but not a name of this language. */
    private static boolean startsStatement(Token second) {
        return switch (second.getType()) {
            case SdeLexer.NAME, SdeLexer.NUMBER, SdeLexer.TEXT, SdeLexer.SINGLE_QUOTED, SdeLexer.LBRACE, SdeLexer.NOT ->
                true;
            case SdeLexer.COLON -> true;
            default -> false;
        };
    }

    /** Replaces a head of {@code try} or {@code class A} by {@code repeat 1}, so that its block is still read. */
    private boolean opensBlock(CommonToken word) {
        int i = at + 1;
        while (!endsLine(words.get(i))
                && words.get(i).getType() != SdeLexer.LBRACE
                && words.get(i).getType() != SdeLexer.SEMICOLON) {
            i++;
        }
        boolean braces = words.get(i).getType() == SdeLexer.LBRACE;
        int end = i - 1;
        while (end > at && !TokenFacts.isVisible(words.get(end))) {
            end--;
        }
        boolean colon =
                words.get(i).getType() == SdeLexer.NEWLINE && words.get(end).getType() == SdeLexer.COLON;
        if (!braces && !colon) {
            return false;
        }
        emit(TokenFacts.madeUp(SdeLexer.REPEAT, "repeat", word));
        emit(TokenFacts.madeUp(SdeLexer.NUMBER, "1", word));
        at = (braces ? i : end) - 1;
        return true;
    }

    /** True for {@code dx = -x dt + dw} or {@code dx/dt = -x}, outside of a body of equations. */
    private boolean isEquation(CommonToken word) {
        if (!word.getText().matches("d\\p{L}\\w*")) {
            return false;
        }
        if (next(1).getType() == SdeLexer.SLASH) {
            return next(2).getText().equals("dt") && next(3).getType() == SdeLexer.ASSIGN;
        }
        if (bodies.inside() || next(1).getType() != SdeLexer.ASSIGN) {
            return false;
        }
        for (int i = at + 3; i < words.size() && !endsLine(words.get(i)); i++) {
            Token before = words.get(i - 1);
            if (words.get(i).getText().matches("d(t|w(_\\w+)?)") && TokenFacts.endsOperand(before.getType())) {
                return true;
            }
        }
        return false;
    }

    private boolean equation(CommonToken word) {
        boolean quotient = next(1).getType() == SdeLexer.SLASH;
        Span place = quotient ? place(word).to(place(next(2))) : place(word);
        String name = word.getText();
        mistakes.add(
                bodies.inside()
                        ? Diagnostic.error(
                                        "E0111",
                                        place,
                                        "an equation is written with differentials, not with a quotient")
                                .help("write `" + name + " = … dt`, and `+ … dw` for noise")
                        : Diagnostic.error("E0111", place, "an equation stands outside of an sde")
                                .help("write `sde Name() { " + name
                                        + " = … dt + … dw }`, then `p = Name()` is a process"));
        if (bodies.inside()) {
            // read on as an equation without noise, so that the process is not reported to lack equations
            at = words.indexOf(next(2));
            emit(word);
        } else {
            dropLine();
        }
        return true;
    }

    private boolean operator(CommonToken word) {
        return switch (word.getType()) {
            case SdeLexer.DOT -> pointwise(word);
            case SdeLexer.SINGLE_QUOTED -> followsOperand(word) && transposed(word);
            case SdeLexer.APOSTROPHE -> followsOperand(word) && transposed(word);
            case SdeLexer.QUESTION -> question(word);
            case SdeLexer.COLON -> range(word);
            case SdeLexer.ASSIGN -> assign(word);
            case SdeLexer.EQUAL -> touches(SdeLexer.ASSIGN) && becomes(word, SdeLexer.EQUAL, "===", "==");
            case SdeLexer.NOT_EQUAL -> touches(SdeLexer.ASSIGN) && becomes(word, SdeLexer.NOT_EQUAL, "!==", "!=");
            case SdeLexer.LESS -> touches(SdeLexer.GREATER) && becomes(word, SdeLexer.NOT_EQUAL, "<>", "!=");
            case SdeLexer.TILDE -> tilde(word);
            case SdeLexer.NAME -> word.getText().equals("is") && TokenFacts.endsOperand(last) && is(word);
            case SdeLexer.NUMBER -> number(word);
            case SdeLexer.TEXT -> text(word);
            case SdeLexer.ARROW -> inFunctionHead && last == SdeLexer.RPAREN && depth == 0 && body(word);
            default -> false;
        };
    }

    /** {@code x .* y} becomes {@code x * y}. */
    private boolean pointwise(CommonToken word) {
        Token next = words.get(Math.min(at + 1, words.size() - 1));
        boolean operator = touches(SdeLexer.STAR)
                || touches(SdeLexer.SLASH)
                || touches(SdeLexer.CARET)
                || touches(SdeLexer.PLUS)
                || touches(SdeLexer.MINUS);
        if (!operator || !TokenFacts.endsOperand(last)) {
            return false;
        }
        report(
                place(word).to(place(next)),
                "operators have no point before them",
                "write `" + next.getText() + "`: operators work element by element, `@` multiplies matrices");
        return true;
    }

    private boolean transposed(CommonToken word) {
        report(
                source.span(word.getStartIndex(), word.getStartIndex() + 1),
                "`'` does not transpose",
                "write `transpose(" + lastWord.getText() + ")` or `" + lastWord.getText() + ".T`");
        return true;
    }

    /** Reports {@code c ? a : b}, and {@code moons?} at the end of a line. */
    private boolean question(CommonToken word) {
        if (endsLine(next(1)) && last == SdeLexer.NAME) {
            return help(word, lastWord);
        }
        if (!TokenFacts.endsOperand(last)) {
            return false;
        }
        report(place(word), "a choice is not written with `?`", "write `if c then a else b`");
        dropLine();
        return true;
    }

    /** {@code 1:10} becomes {@code 1..10}, outside of brackets and records and as the argument of a call. */
    private boolean range(CommonToken word) {
        Token behind = next(1);
        boolean between = TokenFacts.endsOperand(last)
                && (behind.getType() == SdeLexer.NUMBER || behind.getType() == SdeLexer.NAME)
                && (depth == 0 ? inLoopHead || isBound() : last == SdeLexer.NUMBER && isInParentheses());
        if (!between) {
            return false;
        }
        report(
                place(word),
                "a range is not written with `:`",
                "write `" + lastWord.getText() + ".." + behind.getText() + "`, both ends included");
        word.setType(SdeLexer.RANGE);
        emit(word);
        return true;
    }

    /** True if the innermost open bracket is a parenthesis. */
    private boolean isInParentheses() {
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
    private boolean isBound() {
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

    /** Repairs {@code for i = 1:10} and {@code x => e}. */
    private boolean assign(CommonToken word) {
        if (touches(SdeLexer.GREATER)) {
            return becomes(word, SdeLexer.ARROW, "=>", "->");
        }
        if (!inLoopHead || last != SdeLexer.NAME || depth > 0) {
            return false;
        }
        report(
                place(word),
                "a loop goes over what stands behind `in`",
                "write `for " + lastWord.getText() + " in 1..10 { … }`");
        word.setType(SdeLexer.IN);
        emit(word);
        return true;
    }

    private boolean becomes(CommonToken word, int type, String written, String instead) {
        report(place(word).to(place(next(1))), "`" + written + "` is no operator", "write `" + instead + "`");
        word.setType(type);
        emit(word);
        at++;
        return true;
    }

    private boolean tilde(CommonToken word) {
        if (touches(SdeLexer.ASSIGN)) {
            return becomes(word, SdeLexer.NOT_EQUAL, "~=", "!=");
        }
        if (TokenFacts.endsOperand(last)) {
            return false;
        }
        report(place(word), "`~` is a word here", "write `not`");
        word.setType(SdeLexer.NOT);
        emit(word);
        return true;
    }

    private boolean is(CommonToken word) {
        boolean not = next(1).getType() == SdeLexer.NOT;
        if (!not && !startsOperand(next(1))) {
            return false;
        }
        report(
                not ? place(word).to(place(next(1))) : place(word),
                not ? "`is not` is an operator here" : "`is` is an operator here",
                not ? "write `!=`" : "write `==`");
        word.setType(not ? SdeLexer.NOT_EQUAL : SdeLexer.EQUAL);
        emit(word);
        if (not) {
            at = words.indexOf(next(1));
        }
        return true;
    }

    private static boolean startsOperand(Token word) {
        return switch (word.getType()) {
            case SdeLexer.NAME, SdeLexer.NUMBER, SdeLexer.TEXT, SdeLexer.TRUE, SdeLexer.FALSE, SdeLexer.NONE -> true;
            default -> false;
        };
    }

    /** Reports {@code 0x1F}, {@code 1.5f}, {@code 2j}. */
    private boolean number(CommonToken word) {
        if (!touches(SdeLexer.NAME)) {
            return false;
        }
        String suffix = words.get(at + 1).getText();
        String instead = null;
        if (word.getText().equals("0") && suffix.matches("x[0-9a-fA-F]+")) {
            instead = "numbers are written in decimal: `" + new java.math.BigInteger(suffix.substring(1), 16) + "`";
        } else if (word.getText().equals("0") && suffix.matches("b[01]+")) {
            instead = "numbers are written in decimal: `" + new java.math.BigInteger(suffix.substring(1), 2) + "`";
        } else if (suffix.equals("j") || suffix.equals("im")) {
            instead = "there are no complex numbers; two real ones stand in a record: `{re: 0, im: 1}`";
        } else if (suffix.matches("[fFL]") && word.getText().matches(".*[.eE].*")) {
            instead = "write `" + word.getText() + "`: numbers have no suffix";
        }
        if (instead == null) {
            return false;
        }
        report(place(word).to(place(next(1))), "`" + word.getText() + suffix + "` is no number here", instead);
        emit(word);
        at++;
        return true;
    }

    /** Repairs {@code """text"""}: the empty strings at its ends are skipped. */
    private boolean text(CommonToken word) {
        if (!word.getText().equals("\"\"") || !touches(SdeLexer.TEXT)) {
            return false;
        }
        report(
                place(word).to(place(next(1))),
                "a string has one quotation mark at each end",
                "write \"…\"; the text of a declaration stands above it in lines of `##`");
        emit((CommonToken) next(1));
        at++;
        if (touches(SdeLexer.TEXT) && words.get(at + 1).getText().equals("\"\"")) {
            at++;
        }
        return true;
    }

    /** {@code fn f(x) -> e} becomes {@code fn f(x) = e}. */
    private boolean body(CommonToken word) {
        report(place(word), "the body of a function stands behind `=`", "write `fn name(x) = …`");
        word.setType(SdeLexer.ASSIGN);
        emit(word);
        inFunctionHead = false;
        return true;
    }
}
