package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.sdescript.source.Source;
import org.sdescript.syntax.grammar.SdeLexer;

/**
 * A token for editing at the prompt, where a text is seldom complete.
 *
 * @param start index of the first character
 * @param end index after the last character
 */
public record EditorToken(Role role, String text, int start, int end) {

    public enum Role {
        /** {@code if}, {@code for}, {@code true}, and names that open a declaration in that place. */
        KEYWORD,
        NAME,
        NUMBER,
        TEXT,
        /** A string without its closing quotation mark. */
        OPEN_TEXT,
        COMMENT,
        OPENING,
        CLOSING,
        SIGN,
        NEWLINE,
        /** A character that is not part of the language. */
        UNKNOWN
    }

    /** The words of the language: the reserved ones, then the names that open a declaration. */
    public static List<String> keywords() {
        return Stream.concat(
                        IntStream.rangeClosed(0, SdeLexer.VOCABULARY.getMaxTokenType())
                                .mapToObj(SdeLexer.VOCABULARY::getLiteralName)
                                .filter(Objects::nonNull)
                                .map(quoted -> quoted.substring(1, quoted.length() - 1))
                                .filter(word -> Character.isLetter(word.charAt(0))),
                        Stream.concat(
                                NewlinesAndSoftKeywords.OPENERS.stream().sorted(),
                                Stream.of(NewlinesAndSoftKeywords.TRY, NewlinesAndSoftKeywords.CATCH)))
                .toList();
    }

    /** The tokens of a text, including comments, without blanks. */
    public static List<EditorToken> of(String text) {
        Source source = new Source("prompt", text);
        SdeLexer lexer = new SdeLexer(new TextStream(source.span(0, text.length())));
        lexer.removeErrorListeners();
        List<CommonToken> tokens = new ArrayList<>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            tokens.add((CommonToken) token);
        }
        List<EditorToken> words = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            CommonToken token = tokens.get(i);
            int end = token.getStopIndex() + 1;
            words.add(new EditorToken(
                    role(tokens, i), text.substring(token.getStartIndex(), end), token.getStartIndex(), end));
        }
        return words;
    }

    private static Role role(List<CommonToken> tokens, int at) {
        return switch (tokens.get(at).getType()) {
            case SdeLexer.NAME -> opensDeclaration(tokens, at) || isOfTry(tokens, at) ? Role.KEYWORD : Role.NAME;
            case SdeLexer.NUMBER -> Role.NUMBER;
            case SdeLexer.TEXT -> Role.TEXT;
            case SdeLexer.BROKEN_TEXT -> Role.OPEN_TEXT;
            case SdeLexer.COMMENT -> Role.COMMENT;
            case SdeLexer.NEWLINE -> Role.NEWLINE;
            case SdeLexer.LPAREN, SdeLexer.LBRACKET, SdeLexer.LBRACE -> Role.OPENING;
            case SdeLexer.RPAREN, SdeLexer.RBRACKET, SdeLexer.RBRACE -> Role.CLOSING;
            case SdeLexer.UNKNOWN -> Role.UNKNOWN;
            default -> Character.isLetter(tokens.get(at).getText().charAt(0)) ? Role.KEYWORD : Role.SIGN;
        };
    }

    /** True for {@code try} before a brace, and for {@code catch} behind a brace. */
    private static boolean isOfTry(List<CommonToken> tokens, int at) {
        return switch (tokens.get(at).getText()) {
            case NewlinesAndSoftKeywords.TRY ->
                at + 1 < tokens.size() && tokens.get(at + 1).getType() == SdeLexer.LBRACE;
            case NewlinesAndSoftKeywords.CATCH -> {
                int before = at - 1;
                while (before > 0 && tokens.get(before).getType() == SdeLexer.NEWLINE) {
                    before--;
                }
                yield before >= 0 && tokens.get(before).getType() == SdeLexer.RBRACE;
            }
            default -> false;
        };
    }

    /** True if a name such as {@code sampler} is a keyword here: it begins a line, and a name follows. */
    private static boolean opensDeclaration(List<CommonToken> tokens, int at) {
        if (!NewlinesAndSoftKeywords.OPENERS.contains(tokens.get(at).getText())) {
            return false;
        }
        boolean first = at == 0
                || tokens.get(at - 1).getType() == SdeLexer.NEWLINE
                || tokens.get(at - 1).getType() == SdeLexer.SEMICOLON;
        boolean leads = at + 1 == tokens.size()
                || tokens.get(at + 1).getType() == SdeLexer.NAME
                || tokens.get(at + 1).getType() == SdeLexer.TEXT;
        return first && leads;
    }
}
