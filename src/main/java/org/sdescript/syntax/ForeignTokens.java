package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * Repairs habits from other languages. Each is reported with the correct form, then read as that form, so that the rest
 * of the file is checked normally.
 */
final class ForeignTokens {
    private final Source source;
    private final SyntaxErrors mistakes;
    private final List<CommonToken> words;
    private final List<CommonToken> out = new ArrayList<>();
    private int at;
    private int last = SdeLexer.NEWLINE;
    private String lastText = "";

    private final SdeBodies bodies = new SdeBodies();

    /** The number of brackets opened since the present condition began, or -1 outside of conditions. */
    private int depthInCondition = -1;

    private ForeignTokens(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        this.source = source;
        this.words = words;
        this.mistakes = mistakes;
    }

    static List<CommonToken> repaired(Source source, List<CommonToken> words, SyntaxErrors mistakes) {
        ForeignTokens slips = new ForeignTokens(source, words, mistakes);
        while (slips.at < words.size()) {
            slips.take(words.get(slips.at));
            slips.at++;
        }
        return slips.out;
    }

    private void take(CommonToken word) {
        followCondition(word.getType());
        switch (word.getType()) {
            case SdeLexer.DOUBLE_STAR -> replace(word, SdeLexer.CARET, "a power is not written `**`");
            case SdeLexer.DOUBLE_AMPERSAND -> replace(word, SdeLexer.AND, "`&&` is a word here");
            case SdeLexer.DOUBLE_BAR -> replace(word, SdeLexer.OR, "`||` is a word here");
            case SdeLexer.EXCLAMATION -> replace(word, SdeLexer.NOT, "`!` is a word here");
            case SdeLexer.SINGLE_QUOTED -> singleQuoted(word);
            case SdeLexer.ASSIGN -> assign(word);
            case SdeLexer.SLASH -> slash(word);
            case SdeLexer.PLUS, SdeLexer.MINUS -> step(word);
            case SdeLexer.CARET -> power(word);
            case SdeLexer.COLON -> colon(word);
            case SdeLexer.DOT -> dot(word);
            case SdeLexer.NAME -> name(word);
            default -> emit(word);
        }
    }

    private void emit(CommonToken word) {
        bodies.follow(last, word);
        out.add(word);
        if (TokenFacts.isVisible(word)) {
            last = word.getType();
            lastText = word.getText();
        }
    }

    private void followCondition(int type) {
        if ((type == SdeLexer.IF || type == SdeLexer.WHILE) && last != SdeLexer.NAME && last != SdeLexer.DOT) {
            depthInCondition = 0;
        } else if (depthInCondition >= 0) {
            switch (type) {
                case SdeLexer.LPAREN, SdeLexer.LBRACKET -> depthInCondition++;
                case SdeLexer.RPAREN, SdeLexer.RBRACKET -> depthInCondition--;
                case SdeLexer.LBRACE, SdeLexer.THEN, SdeLexer.NEWLINE, SdeLexer.SEMICOLON -> depthInCondition = -1;
                default -> {}
            }
        }
    }

    private void replace(CommonToken word, int type, String message) {
        String literal = SdeLexer.VOCABULARY.getLiteralName(type).replace("'", "");
        Span place = TokenFacts.span(source, word);
        report(place, message, "write `" + literal + "`", place, apart(place, literal));
        word.setType(type);
        emit(word);
    }

    private void report(Span place, String message, String help) {
        mistakes.add(Diagnostic.error("E0108", place, message).help(help));
    }

    private void report(Span place, String message, String help, Span replaced, String text) {
        mistakes.add(Diagnostic.error("E0108", place, message).help(help).fix(replaced, text));
    }

    /** An operator's text; a word is set apart from names and numbers beside it. */
    private static String apart(Span place, String text) {
        if (!Character.isLetter(text.charAt(0))) {
            return text;
        }
        String whole = place.source().text();
        boolean left = place.start() > 0 && Character.isLetterOrDigit(whole.charAt(place.start() - 1));
        boolean right = place.end() < whole.length() && !Character.isWhitespace(whole.charAt(place.end()));
        return (left ? " " : "") + text + (right ? " " : "");
    }

    private void assign(CommonToken word) {
        if (depthInCondition == 0) {
            replace(word, SdeLexer.EQUAL, "`=` binds a name, it does not compare");
        } else {
            emit(word);
        }
    }

    /** True if the next token has this type and follows without a blank. */
    private boolean touches(CommonToken word, int type) {
        return at + 1 < words.size()
                && words.get(at + 1).getType() == type
                && words.get(at + 1).getStartIndex() == word.getStopIndex() + 1;
    }

    private Span withNext(CommonToken word) {
        return TokenFacts.span(source, word).to(TokenFacts.span(source, words.get(at + 1)));
    }

    /** {@code a // b} becomes {@code a/b}; a line that begins with {@code //} is a comment and is skipped. */
    private void slash(CommonToken word) {
        if (!touches(word, SdeLexer.SLASH)) {
            emit(word);
        } else if (last == SdeLexer.NEWLINE) {
            report(withNext(word), "a comment does not begin with `//`", "write `# …`", withNext(word), "#");
            while (at + 1 < words.size() && !endsLine(words.get(at + 1).getType())) {
                at++;
            }
        } else {
            report(withNext(word), "`//` is no operator", "write `floor(a/b)`, or `#` for a comment");
            emit(word);
            at++;
        }
    }

    private static boolean endsLine(int type) {
        return type == SdeLexer.NEWLINE || type == Token.EOF;
    }

    /** {@code x++} becomes {@code x += 1}. */
    private void step(CommonToken word) {
        boolean twice = last == SdeLexer.NAME && touches(word, word.getType());
        int behind = twice ? TokenFacts.visibleAt(words, at + 2).getType() : Token.INVALID_TYPE;
        if (!endsLine(behind) && behind != SdeLexer.SEMICOLON && behind != SdeLexer.RBRACE) {
            emit(word);
            return;
        }
        String update = word.getText() + "=";
        report(
                withNext(word),
                "`" + word.getText().repeat(2) + "` is no operator",
                "write `" + lastText + " " + update + " 1`",
                withNext(word),
                " " + update + " 1");
        word.setType(word.getType() == SdeLexer.PLUS ? SdeLexer.PLUS_ASSIGN : SdeLexer.MINUS_ASSIGN);
        emit(word);
        at++;
        words.get(at).setType(SdeLexer.NUMBER);
        words.get(at).setText("1");
        emit(words.get(at));
    }

    /** {@code x ^= e} is read as {@code x *= e}, because there is no such update. */
    private void power(CommonToken word) {
        if (touches(word, SdeLexer.ASSIGN)) {
            report(withNext(word), "`^=` is no operator", "write `" + lastText + " = " + lastText + "^…`");
            word.setType(SdeLexer.STAR_ASSIGN);
            at++;
        }
        emit(word);
    }

    /** {@code 5.} at the end of a value: the point is skipped. */
    private void dot(CommonToken word) {
        boolean behindNumber = last == SdeLexer.NUMBER && following().getType() != SdeLexer.NAME;
        if (behindNumber) {
            report(
                    TokenFacts.span(source, word),
                    "a number does not end with its point",
                    "write `" + lastText + ".0`",
                    TokenFacts.span(source, word),
                    ".0");
        } else {
            emit(word);
        }
    }

    private void colon(CommonToken word) {
        if (touches(word, SdeLexer.ASSIGN)) {
            report(withNext(word), "a name is bound by `=` alone", "write `=`", withNext(word), "=");
            return;
        }
        emit(word);
    }

    /** True for the prefix of a string such as {@code f"…"}; the prefix is skipped. */
    private boolean isPrefix(CommonToken word) {
        return switch (word.getText()) {
            case "f", "F", "r", "b" -> touches(word, SdeLexer.TEXT) || touches(word, SdeLexer.SINGLE_QUOTED);
            default -> false;
        };
    }

    private void singleQuoted(CommonToken word) {
        String text = word.getText();
        report(
                TokenFacts.span(source, word),
                "strings stand in double quotes",
                "write \"" + text.substring(1, text.length() - 1) + "\"",
                TokenFacts.span(source, word),
                "\"" + text.substring(1, text.length() - 1) + "\"");
        word.setType(SdeLexer.NONE);
        emit(word);
    }

    private void name(CommonToken word) {
        boolean first = last == SdeLexer.NEWLINE || last == SdeLexer.SEMICOLON || last == SdeLexer.LBRACE;
        boolean nameFollows = following().getType() == SdeLexer.NAME;
        if (isPrefix(word)) {
            report(
                    TokenFacts.span(source, word),
                    "a string has no letter before it",
                    "leave it out: \"{…}\" inserts a value in every string",
                    TokenFacts.span(source, word),
                    "");
            return;
        }
        switch (word.getText()) {
            case "elif", "elseif", "elsif" -> elseIf(word, first || last == SdeLexer.RBRACE);
            case "def", "function", "func" -> function(word, first && nameFollows);
            case "let", "var", "const", "val" -> binding(word, first && nameFollows);
            case "lambda" -> lambda(word);
            default -> {
                if (first && !bodies.inside() && following().getType() == SdeLexer.LPAREN) {
                    bareFunction(word);
                }
                emit(word);
            }
        }
    }

    /** {@code f(x) = …} becomes {@code fn f(x) = …}; in the body of an {@code sde} it is correct. */
    private void bareFunction(CommonToken name) {
        int close = endOfVariables(at + 2);
        if (close > 0 && TokenFacts.visibleAt(words, close + 1).getType() == SdeLexer.ASSIGN) {
            Span written = TokenFacts.span(source, name).to(TokenFacts.span(source, words.get(close)));
            report(
                    written,
                    "a function is declared with `fn`",
                    "write `fn " + written.text() + " = …`",
                    written,
                    "fn " + written.text());
            emit(TokenFacts.madeUp(SdeLexer.NAME, "fn", name));
        }
    }

    /**
     * The index of the parenthesis that closes a list of names, with parameters after a semicolon; -1 if it is no such
     * list.
     */
    private int endOfVariables(int from) {
        int i = from;
        for (int expected = SdeLexer.NAME; words.get(i).getType() == expected; i++) {
            expected = expected == SdeLexer.NAME ? SdeLexer.COMMA : SdeLexer.NAME;
        }
        if (words.get(i).getType() == SdeLexer.SEMICOLON) {
            int open = 1;
            while (open > 0 && !endsLine(words.get(++i).getType())) {
                open += switch (words.get(i).getType()) {
                    case SdeLexer.LPAREN, SdeLexer.LBRACKET -> 1;
                    case SdeLexer.RPAREN, SdeLexer.RBRACKET -> -1;
                    default -> 0;
                };
            }
        }
        return words.get(i).getType() == SdeLexer.RPAREN ? i : -1;
    }

    private Token following() {
        return TokenFacts.visibleAt(words, at + 1);
    }

    private void elseIf(CommonToken word, boolean here) {
        if (here) {
            Span place = TokenFacts.span(source, word);
            report(place, "`" + word.getText() + "` is two words", "write `else if`", place, "else if");
            word.setType(SdeLexer.ELSE);
            emit(word);
            emit(TokenFacts.madeUp(SdeLexer.IF, "if", words.get(at + 1)));
            depthInCondition = 0;
        } else {
            emit(word);
        }
    }

    private void function(CommonToken word, boolean here) {
        if (here) {
            String name = following().getText();
            report(
                    TokenFacts.span(source, word),
                    "a function is declared with `fn`",
                    "write `fn " + name + "(…) = …` or `fn " + name + "(…) { … }`",
                    TokenFacts.span(source, word),
                    "fn");
            word.setText("fn");
        }
        emit(word);
    }

    private void binding(CommonToken word, boolean here) {
        if (here) {
            report(
                    TokenFacts.span(source, word),
                    "a name is bound without a keyword",
                    "write `" + following().getText() + " = …`",
                    source.span(word.getStartIndex(), following().getStartIndex()),
                    "");
        } else {
            emit(word);
        }
    }

    /** {@code lambda x, y: e} becomes {@code (x, y) -> e}. */
    private void lambda(CommonToken word) {
        int colon = at + 1;
        while (words.get(colon).getType() == SdeLexer.NAME || words.get(colon).getType() == SdeLexer.COMMA) {
            colon++;
        }
        if (colon == at + 1 || words.get(colon).getType() != SdeLexer.COLON) {
            emit(word);
            return;
        }
        CommonToken arrow = words.get(colon);
        report(
                TokenFacts.span(source, word).to(TokenFacts.span(source, arrow)),
                "a function without a name is written with `->`",
                "write `x -> …` or `(x, t) -> …`");
        word.setType(SdeLexer.LPAREN);
        emit(word);
        words.subList(at + 1, colon).forEach(this::emit);
        emit(TokenFacts.madeUp(SdeLexer.RPAREN, ")", arrow));
        arrow.setType(SdeLexer.ARROW);
        emit(arrow);
        at = colon;
    }
}
