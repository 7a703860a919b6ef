package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.PrintableText;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * The tokens of a text, including comments; the end of the text is last. Unknown characters are reported and skipped.
 */
final class Tokens {
    /** Characters of printed mathematics, with their form in this language. */
    private static final Map<String, String> WRITTEN_SO = Map.ofEntries(
            Map.entry("−", "-"),
            Map.entry("–", "-"),
            Map.entry("×", "*"),
            Map.entry("·", "*"),
            Map.entry("÷", "/"),
            Map.entry("≤", "<="),
            Map.entry("≥", ">="),
            Map.entry("≠", "!="),
            Map.entry("½", "1/2"),
            Map.entry("√", "sqrt"),
            Map.entry("∞", "inf"),
            Map.entry("→", "->"),
            Map.entry("“", "\""),
            Map.entry("”", "\""),
            Map.entry("∇", "grad"),
            Map.entry("&", "and"),
            Map.entry("|", "or"));

    private static final Map<String, String> SAID_SO = Map.of(
            "$", "names have no sign before them: write `x`",
            "`", "strings stand in double quotes",
            "‘", "strings stand in double quotes",
            "’", "strings stand in double quotes");

    /** Behind the bar of a comprehension of Haskell or of mathematics, up to its end or its next part. */
    private static final Pattern GENERATOR = Pattern.compile("\\| *(\\w+) *(?:<-|in |∈) *([^,\\]}\\n]+)");

    private static final Pattern ELEMENT = Pattern.compile("[\\[{]([^\\n\\[{]+)$");

    /** The number of tokens of a signature that are searched, so that a text of bars takes linear time. */
    private static final int FARTHEST = 2_000;

    private final Source source;
    private final SyntaxErrors mistakes;
    private final List<CommonToken> words = new ArrayList<>();

    private Tokens(Source source, SyntaxErrors mistakes) {
        this.source = source;
        this.mistakes = mistakes;
    }

    static List<CommonToken> of(Span window, SyntaxErrors mistakes) {
        Optional<Diagnostic> tooDeep = NestingLimit.tooDeepForALine(window);
        tooDeep.ifPresent(mistakes::add);
        SdeLexer lexer = new SdeLexer(new TextStream(tooDeep.isPresent() ? endOf(window) : window));
        lexer.removeErrorListeners();
        Tokens lexemes = new Tokens(window.source(), mistakes);
        CommonToken word;
        do {
            word = (CommonToken) lexer.nextToken();
            lexemes.take(word);
        } while (word.getType() != Token.EOF);
        return lexemes.words;
    }

    private static Span endOf(Span window) {
        return window.source().span(window.end(), window.end());
    }

    private void take(CommonToken word) {
        switch (word.getType()) {
            case SdeLexer.UNKNOWN -> {
                if (isRest(word)) {
                    word.setType(SdeLexer.REST);
                    words.add(word);
                } else {
                    unknown(TokenFacts.span(source, word));
                }
            }
            case SdeLexer.BAR -> {
                if (isBetweenAllowedValues()) {
                    words.add(word);
                } else {
                    unknown(TokenFacts.span(source, word));
                }
            }
            case SdeLexer.BROKEN_TEXT -> {
                mistakes.add(brokenText(TokenFacts.span(source, word)));
                word.setType(SdeLexer.NONE);
                words.add(word);
            }
            default -> words.add(word);
        }
    }

    /** True for the {@code …} of {@code native fn print(…)}; elsewhere the character means nothing. */
    private boolean isRest(CommonToken word) {
        if (!word.getText().equals("…")) {
            return false;
        }
        int open = words.size() - 1;
        while (open >= 3 && !isHeadOfNative(open) && words.get(open).getType() != SdeLexer.RPAREN) {
            open--;
        }
        return open >= 3 && isHeadOfNative(open);
    }

    /** True for the parenthesis of {@code native fn name(}; that of an interval in the head is none. */
    private boolean isHeadOfNative(int open) {
        return words.get(open).getType() == SdeLexer.LPAREN
                && words.get(open - 3).getText().equals("native");
    }

    /** True after {@code in …} of a parameter: between the parentheses behind a name, with no comma since {@code in}. */
    private boolean isBetweenAllowedValues() {
        int depth = 0;
        boolean inClause = false;
        for (int i = words.size() - 1; i > 0 && i > words.size() - FARTHEST; i--) {
            int type = words.get(i).getType();
            if (type == SdeLexer.RPAREN || type == SdeLexer.RBRACKET || type == SdeLexer.RBRACE) {
                depth++;
            } else if (type == SdeLexer.LPAREN || type == SdeLexer.LBRACKET || type == SdeLexer.LBRACE) {
                if (depth-- == 0) {
                    return inClause && words.get(i - 1).getType() == SdeLexer.NAME;
                }
            } else if (depth == 0 && !inClause) {
                if (type == SdeLexer.COMMA || type == SdeLexer.SEMICOLON) {
                    return false;
                }
                inClause = type == SdeLexer.IN;
            }
        }
        return false;
    }

    private void unknown(Span place) {
        int character = source.text().codePointAt(place.start());
        String shown = PrintableText.is(character) && !Character.isSpaceChar(character)
                ? "`" + place.text() + "`"
                : String.format(Locale.ROOT, "U+%04X", character);
        Diagnostic mistake = Diagnostic.error("E0102", place, "the character " + shown + " means nothing here");
        String written = WRITTEN_SO.get(place.text());
        String said = comprehension(place).orElse(SAID_SO.get(place.text()));
        if (said != null) {
            mistakes.addOfSentence(place.start(), mistake.help(said));
            return;
        }
        mistakes.addOfSentence(place.start(), written == null ? mistake : mistake.help("write `" + written + "`"));
    }

    /** {@code [e | x <- xs]} and {@code {e | x in xs}}: what is written for a list made from another. */
    private Optional<String> comprehension(Span bar) {
        Matcher behind = GENERATOR
                .matcher(source.text())
                .region(bar.start(), source.text().length());
        Matcher before = ELEMENT.matcher(source.text().substring(0, bar.start()));
        return bar.text().equals("|") && behind.lookingAt() && before.find()
                ? Optional.of("write `[" + before.group(1).strip() + " for " + behind.group(1) + " in "
                        + behind.group(2).strip() + "]`")
                : Optional.empty();
    }

    private static Diagnostic brokenText(Span place) {
        String text = place.text();
        if (text.length() > 1 && text.endsWith("\"")) {
            return Diagnostic.error("E0103", place, "a brace in this string is never closed")
                    .help("write \\{ for a brace in the text; {…} inserts the value of an expression");
        }
        return Diagnostic.error("E0103", place, "this string is never closed")
                .label("expected `\"` before the end of the line")
                .help("a string stays on its line; \\n inserts a newline");
    }
}
