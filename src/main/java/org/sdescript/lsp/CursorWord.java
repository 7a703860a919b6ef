package org.sdescript.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.source.Span;
import org.sdescript.syntax.EditorToken;
import org.sdescript.workspace.script.BoundName;

/**
 * The word at an offset.
 *
 * @param path the names joined by points up to the word, which is last; other words stand alone
 */
record CursorWord(EditorToken token, List<String> path, Span span) {
    CursorWord {
        path = List.copyOf(path);
    }

    /** The word that contains an offset, or ends there. */
    static Optional<CursorWord> at(OpenText text, int offset) {
        List<EditorToken> tokens = text.tokens();
        Optional<CursorWord> found = Optional.empty();
        for (int i = 0; i < tokens.size() && tokens.get(i).start() <= offset; i++) {
            EditorToken token = tokens.get(i);
            if (offset <= token.end() && isWord(token)) {
                Span span = text.source().span(token.start(), token.end());
                found = Optional.of(new CursorWord(token, path(tokens, i), span));
            }
        }
        return found.or(() -> inText(text, offset));
    }

    /** A name between the braces of a string. */
    private static Optional<CursorWord> inText(OpenText text, int offset) {
        return Stream.concat(
                        text.names().bound().stream().flatMap(BoundName::places),
                        text.names().free().values().stream().flatMap(List::stream))
                .filter(place -> place.start() <= offset && offset <= place.end())
                .findFirst()
                .map(place -> new CursorWord(
                        new EditorToken(EditorToken.Role.NAME, place.text(), place.start(), place.end()),
                        List.of(place.text()),
                        place));
    }

    private static boolean isWord(EditorToken token) {
        return switch (token.role()) {
            case NAME, KEYWORD -> true;
            case SIGN ->
                token.text().equals("->")
                        || token.text().equals("..")
                        || token.text().equals("@");
            case NUMBER, TEXT, OPEN_TEXT, COMMENT, OPENING, CLOSING, NEWLINE, UNKNOWN -> false;
        };
    }

    private static List<String> path(List<EditorToken> tokens, int at) {
        List<String> path = new ArrayList<>(List.of(tokens.get(at).text()));
        for (int i = at - 1; i > 0 && tokens.get(i).text().equals("."); i -= 2) {
            if (tokens.get(i - 1).role() != EditorToken.Role.NAME) {
                path.addFirst("");
                break;
            }
            path.addFirst(tokens.get(i - 1).text());
        }
        return path;
    }

    String text() {
        return token.text();
    }

    boolean isField() {
        return path.size() > 1;
    }

    List<String> owner() {
        return path.subList(0, path.size() - 1);
    }
}
