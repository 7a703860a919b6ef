package org.sdescript.lsp;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.source.Span;
import org.sdescript.syntax.EditorToken;

/**
 * A declaration that could not be parsed, found by its first words: {@code fn name}.
 *
 * @param place the place of the name
 */
record LostDeclaration(String name, Span place) {

    /** Finds a declaration of a name in the statements that have syntax errors. */
    static Optional<LostDeclaration> of(OpenText text, String name) {
        return text.analysis().parsed().lost().contains(name)
                ? all(text).stream().filter(lost -> lost.name().equals(name)).findFirst()
                : Optional.empty();
    }

    /** All declarations and bindings at the beginnings of lines whose statements have syntax errors. */
    static List<LostDeclaration> all(OpenText text) {
        List<EditorToken> tokens = text.tokens();
        return IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).role() == EditorToken.Role.NAME && (opens(tokens, i) || binds(tokens, i)))
                .filter(i -> text.names().top(tokens.get(i).text()).isEmpty())
                .filter(i ->
                        text.analysis().parsed().lost().contains(tokens.get(i).text()))
                .mapToObj(i -> new LostDeclaration(
                        tokens.get(i).text(),
                        text.source().span(tokens.get(i).start(), tokens.get(i).end())))
                .toList();
    }

    private static boolean opens(List<EditorToken> tokens, int at) {
        return at > 0
                && tokens.get(at - 1).role() == EditorToken.Role.KEYWORD
                && (at == 1
                        || begins(tokens, at - 1)
                        || tokens.get(at - 2).text().equals("local"));
    }

    private static boolean binds(List<EditorToken> tokens, int at) {
        return begins(tokens, at)
                && at + 1 < tokens.size()
                && tokens.get(at + 1).text().equals("=");
    }

    private static boolean begins(List<EditorToken> tokens, int at) {
        return at == 0 || tokens.get(at - 1).role() == EditorToken.Role.NEWLINE;
    }

    /** The first line of the declaration. */
    String line() {
        return place.source().lineText(place.line()).strip();
    }

    String markdown() {
        return "```sde\n" + line() + "\n```\n\nThis statement has a syntax error.";
    }
}
