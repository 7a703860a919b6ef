package org.sdescript.syntax;

import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.syntax.grammar.SdeLexer;

/** Repairs operators, numbers and strings of other languages: {@code x .* y}, {@code 1:10}, {@code !==}, {@code 2j}. */
final class ForeignOperators {
    private final RepairedTokens tokens;
    private final ForeignStatements statements;

    ForeignOperators(RepairedTokens tokens, ForeignStatements statements) {
        this.tokens = tokens;
        this.statements = statements;
    }

    /** Returns false for a token that needs no repair. */
    boolean repaired(CommonToken word) {
        return switch (word.getType()) {
            case SdeLexer.DOT -> pointwise(word);
            case SdeLexer.SINGLE_QUOTED -> tokens.followsOperand(word) && transposed(word);
            case SdeLexer.APOSTROPHE -> tokens.followsOperand(word) && transposed(word);
            case SdeLexer.QUESTION -> question(word);
            case SdeLexer.COLON -> range(word);
            case SdeLexer.ASSIGN -> assign(word);
            case SdeLexer.EQUAL -> tokens.touches(SdeLexer.ASSIGN) && becomes(word, SdeLexer.EQUAL, "===", "==");
            case SdeLexer.NOT_EQUAL ->
                tokens.touches(SdeLexer.ASSIGN) && becomes(word, SdeLexer.NOT_EQUAL, "!==", "!=");
            case SdeLexer.LESS -> tokens.touches(SdeLexer.GREATER) && becomes(word, SdeLexer.NOT_EQUAL, "<>", "!=");
            case SdeLexer.TILDE -> tilde(word);
            case SdeLexer.NAME -> word.getText().equals("is") && TokenFacts.endsOperand(tokens.last()) && is(word);
            case SdeLexer.NUMBER -> number(word);
            case SdeLexer.TEXT -> text(word);
            case SdeLexer.ARROW ->
                tokens.inFunctionHead() && tokens.last() == SdeLexer.RPAREN && tokens.depth() == 0 && body(word);
            default -> false;
        };
    }

    /** {@code x .* y} becomes {@code x * y}. */
    private boolean pointwise(CommonToken word) {
        Token next = tokens.words().get(Math.min(tokens.at() + 1, tokens.words().size() - 1));
        boolean operator = tokens.touches(SdeLexer.STAR)
                || tokens.touches(SdeLexer.SLASH)
                || tokens.touches(SdeLexer.CARET)
                || tokens.touches(SdeLexer.PLUS)
                || tokens.touches(SdeLexer.MINUS);
        if (!operator || !TokenFacts.endsOperand(tokens.last())) {
            return false;
        }
        tokens.report(
                tokens.place(word).to(tokens.place(next)),
                "operators have no point before them",
                "write `" + next.getText() + "`: operators work element by element, `@` multiplies matrices",
                next.getText());
        return true;
    }

    private boolean transposed(CommonToken word) {
        tokens.report(
                tokens.span(word.getStartIndex(), word.getStartIndex() + 1),
                "`'` does not transpose",
                "write `transpose(" + tokens.lastWord().getText() + ")` or `"
                        + tokens.lastWord().getText() + ".T`");
        return true;
    }

    /** Reports {@code c ? a : b}, and {@code moons?} at the end of a line. */
    private boolean question(CommonToken word) {
        if (TokenFacts.endsLine(tokens.next(1)) && tokens.last() == SdeLexer.NAME) {
            return statements.help(word, tokens.lastWord());
        }
        if (!TokenFacts.endsOperand(tokens.last())) {
            return false;
        }
        tokens.report(tokens.place(word), "a choice is not written with `?`", "write `if c then a else b`");
        tokens.dropLine();
        return true;
    }

    /** {@code 1:10} becomes {@code 1..10}, outside of brackets and records and as the argument of a call. */
    private boolean range(CommonToken word) {
        Token behind = tokens.next(1);
        boolean between = TokenFacts.endsOperand(tokens.last())
                && (behind.getType() == SdeLexer.NUMBER || behind.getType() == SdeLexer.NAME)
                && (tokens.depth() == 0
                        ? tokens.inLoopHead() || tokens.isBound()
                        : tokens.last() == SdeLexer.NUMBER && tokens.isInParentheses());
        if (!between) {
            return false;
        }
        tokens.report(
                tokens.place(word),
                "a range is not written with `:`",
                "write `" + tokens.lastWord().getText() + ".." + behind.getText() + "`, both ends included",
                "..");
        word.setType(SdeLexer.RANGE);
        tokens.emit(word);
        return true;
    }

    /** Repairs {@code for i = 1:10} and {@code x => e}. */
    private boolean assign(CommonToken word) {
        if (tokens.touches(SdeLexer.GREATER)) {
            return becomes(word, SdeLexer.ARROW, "=>", "->");
        }
        if (!tokens.inLoopHead() || tokens.last() != SdeLexer.NAME || tokens.depth() > 0) {
            return false;
        }
        tokens.report(
                tokens.place(word),
                "a loop goes over what stands behind `in`",
                "write `for " + tokens.lastWord().getText() + " in 1..10 { … }`");
        word.setType(SdeLexer.IN);
        tokens.emit(word);
        return true;
    }

    private boolean becomes(CommonToken word, int type, String written, String instead) {
        tokens.report(
                tokens.place(word).to(tokens.place(tokens.next(1))),
                "`" + written + "` is no operator",
                "write `" + instead + "`",
                instead);
        word.setType(type);
        tokens.emit(word);
        tokens.skip();
        return true;
    }

    private boolean tilde(CommonToken word) {
        if (tokens.touches(SdeLexer.ASSIGN)) {
            return becomes(word, SdeLexer.NOT_EQUAL, "~=", "!=");
        }
        if (TokenFacts.endsOperand(tokens.last())) {
            return false;
        }
        tokens.report(tokens.place(word), "`~` is a word here", "write `not`");
        word.setType(SdeLexer.NOT);
        tokens.emit(word);
        return true;
    }

    private boolean is(CommonToken word) {
        boolean not = tokens.next(1).getType() == SdeLexer.NOT;
        if (!not && !startsOperand(tokens.next(1))) {
            return false;
        }
        tokens.report(
                not ? tokens.place(word).to(tokens.place(tokens.next(1))) : tokens.place(word),
                not ? "`is not` is an operator here" : "`is` is an operator here",
                not ? "write `!=`" : "write `==`",
                not ? "!=" : "==");
        word.setType(not ? SdeLexer.NOT_EQUAL : SdeLexer.EQUAL);
        tokens.emit(word);
        if (not) {
            tokens.moveTo(tokens.words().indexOf(tokens.next(1)));
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
        if (!tokens.touches(SdeLexer.NAME)) {
            return false;
        }
        String suffix = tokens.words().get(tokens.at() + 1).getText();
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
        tokens.report(
                tokens.place(word).to(tokens.place(tokens.next(1))),
                "`" + word.getText() + suffix + "` is no number here",
                instead);
        tokens.emit(word);
        tokens.skip();
        return true;
    }

    /** Repairs {@code """text"""}: the empty strings at its ends are skipped. */
    private boolean text(CommonToken word) {
        if (!word.getText().equals("\"\"") || !tokens.touches(SdeLexer.TEXT)) {
            return false;
        }
        tokens.report(
                tokens.place(word).to(tokens.place(tokens.next(1))),
                "a string has one quotation mark at each end",
                "write \"…\"; the text of a declaration stands above it in lines of `##`");
        tokens.emit((CommonToken) tokens.next(1));
        tokens.skip();
        if (tokens.touches(SdeLexer.TEXT)
                && tokens.words().get(tokens.at() + 1).getText().equals("\"\"")) {
            tokens.skip();
        }
        return true;
    }

    /** {@code fn f(x) -> e} becomes {@code fn f(x) = e}. */
    private boolean body(CommonToken word) {
        tokens.report(tokens.place(word), "the body of a function stands behind `=`", "write `fn name(x) = …`");
        word.setType(SdeLexer.ASSIGN);
        tokens.emit(word);
        tokens.endFunctionHead();
        return true;
    }
}
