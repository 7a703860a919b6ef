package org.sdescript.syntax;

import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * Repairs statements of other languages: commands, comments, decorators, {@code import numpy}, {@code x <- 1}, and
 * equations outside of an {@code sde}.
 */
final class ForeignStatements {
    private static final String NOTHING_LOADED =
            "functions are here without import: `sqrt(x)`; another script is imported as `import \"other.sde\"`";

    private final RepairedTokens tokens;

    ForeignStatements(RepairedTokens tokens) {
        this.tokens = tokens;
    }

    /** Returns false for a token that begins no foreign statement. */
    boolean repaired(CommonToken word) {
        if (!tokens.startsStatement() || tokens.depth() > 0 || tokens.isInRecord()) {
            return false;
        }
        return switch (word.getType()) {
            case SdeLexer.PERCENT -> comment(word, "`%`");
            case SdeLexer.SLASH -> tokens.touches(SdeLexer.STAR) && comment(word, "`/*`");
            case SdeLexer.MINUS -> tokens.touches(SdeLexer.MINUS) && comment(word, "`--`");
            case SdeLexer.AT -> decorator(word);
            case SdeLexer.QUESTION -> help(word, tokens.next(1));
            case SdeLexer.NAME -> named(word);
            default -> false;
        };
    }

    private boolean comment(CommonToken word, String sign) {
        tokens.report(
                tokens.place(word),
                "a line does not begin with " + sign,
                "a comment is `# …`; other commands of a line are not known");
        tokens.dropLine();
        return true;
    }

    private boolean decorator(CommonToken word) {
        tokens.report(
                tokens.place(word),
                "declarations have no `@` before them",
                "leave it out: kernels are compiled by themselves");
        tokens.dropLine();
        return true;
    }

    /** Reports {@code ?moons} and {@code moons?}. */
    boolean help(CommonToken mark, Token name) {
        boolean named = name.getType() == SdeLexer.NAME;
        tokens.report(
                tokens.place(mark),
                "`?` asks nothing here",
                named ? "write `help(" + name.getText() + ")`" : "write `help(name)`");
        tokens.dropLine();
        return true;
    }

    private boolean named(CommonToken word) {
        Token second = tokens.next(1);
        if (word.getText().equals(NewlinesAndSoftKeywords.CATCH) && followsBlock()) {
            return false;
        }
        if (word.getText().equals("import") && second.getType() == SdeLexer.NAME) {
            tokens.report(tokens.place(word).to(tokens.place(second)), "an import names a file", NOTHING_LOADED);
            tokens.dropLine();
            return true;
        }
        if (isEquation(word)) {
            return equation(word);
        }
        if (second.getType() == SdeLexer.LESS
                && tokens.next(2).getType() == SdeLexer.MINUS
                && tokens.next(2).getStartIndex() == second.getStopIndex() + 1) {
            tokens.emit(word);
            tokens.report(
                    tokens.place(second).to(tokens.place(tokens.next(1))),
                    "a name is bound by `=`",
                    "write `" + word.getText() + " = …`");
            CommonToken arrow = (CommonToken) second;
            arrow.setType(SdeLexer.ASSIGN);
            tokens.emit(arrow);
            tokens.moveTo(tokens.words().indexOf(second) + 1);
            return true;
        }
        Optional<String> instead = ForeignNames.statement(word.getText());
        if (instead.isEmpty() || !startsStatement(second) || NewlinesAndSoftKeywords.declares(word.getText(), second)) {
            return false;
        }
        tokens.report(tokens.place(word), "`" + word.getText() + "` begins no statement", instead.get());
        if (!opensBlock(word)) {
            tokens.dropLine();
        }
        return true;
    }

    /** True behind a closing brace, also of an earlier line. */
    private boolean followsBlock() {
        return tokens.written().reversed().stream()
                .filter(word -> TokenFacts.isVisible(word) && word.getType() != SdeLexer.NEWLINE)
                .findFirst()
                .filter(word -> word.getType() == SdeLexer.RBRACE)
                .isPresent();
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
        int i = tokens.at() + 1;
        while (!TokenFacts.endsLine(tokens.words().get(i))
                && tokens.words().get(i).getType() != SdeLexer.LBRACE
                && tokens.words().get(i).getType() != SdeLexer.SEMICOLON) {
            i++;
        }
        boolean braces = tokens.words().get(i).getType() == SdeLexer.LBRACE;
        int end = i - 1;
        while (end > tokens.at() && !TokenFacts.isVisible(tokens.words().get(end))) {
            end--;
        }
        boolean colon = tokens.words().get(i).getType() == SdeLexer.NEWLINE
                && tokens.words().get(end).getType() == SdeLexer.COLON;
        if (!braces && !colon) {
            return false;
        }
        tokens.emit(TokenFacts.madeUp(SdeLexer.REPEAT, "repeat", word));
        tokens.emit(TokenFacts.madeUp(SdeLexer.NUMBER, "1", word));
        tokens.moveTo((braces ? i : end) - 1);
        return true;
    }

    /** True for {@code dx = -x dt + dw} or {@code dx/dt = -x}, outside of a body of equations. */
    private boolean isEquation(CommonToken word) {
        if (!word.getText().matches("d\\p{L}\\w*")) {
            return false;
        }
        if (tokens.next(1).getType() == SdeLexer.SLASH) {
            return tokens.next(2).getText().equals("dt") && tokens.next(3).getType() == SdeLexer.ASSIGN;
        }
        if (tokens.isInEquations() || tokens.next(1).getType() != SdeLexer.ASSIGN) {
            return false;
        }
        for (int i = tokens.at() + 3;
                i < tokens.words().size() && !TokenFacts.endsLine(tokens.words().get(i));
                i++) {
            Token before = tokens.words().get(i - 1);
            if (tokens.words().get(i).getText().matches("d(t|w(_\\w+)?)") && TokenFacts.endsOperand(before.getType())) {
                return true;
            }
        }
        return false;
    }

    private boolean equation(CommonToken word) {
        boolean quotient = tokens.next(1).getType() == SdeLexer.SLASH;
        Span place = quotient ? tokens.place(word).to(tokens.place(tokens.next(2))) : tokens.place(word);
        String name = word.getText();
        tokens.report(
                tokens.isInEquations()
                        ? Diagnostic.error(
                                        "E0111",
                                        place,
                                        "an equation is written with differentials, not with a quotient")
                                .help("write `" + name + " = … dt`, and `+ … dw` for noise")
                        : Diagnostic.error("E0111", place, "an equation stands outside of an sde")
                                .help("write `sde Name() { " + name
                                        + " = … dt + … dw }`, then `p = Name()` is a process"));
        if (tokens.isInEquations()) {
            // read on as an equation without noise, so that the process is not reported to lack equations
            tokens.moveTo(tokens.words().indexOf(tokens.next(2)));
            tokens.emit(word);
        } else {
            tokens.dropLine();
        }
        return true;
    }
}
