package org.sdescript.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.syntax.EditorToken;

/**
 * The innermost call whose parenthesis is open at the end of a text.
 *
 * @param callee the names joined by points before the parenthesis
 * @param position the index of the argument that is being written
 * @param name the name of that argument, if it has one
 */
public record OpenCall(List<String> callee, int position, Optional<String> name) {
    public OpenCall {
        callee = List.copyOf(callee);
    }

    /** The open call of the statement at the end of a file's text. */
    public static Optional<OpenCall> ofScript(String before) {
        return of(before.substring(CompletionContext.statementStart(before)));
    }

    /** @param before the text of the statement up to the cursor */
    public static Optional<OpenCall> of(String before) {
        List<EditorToken> words = new ArrayList<>(EditorToken.of(before));
        words.removeIf(word -> word.role() == EditorToken.Role.NEWLINE || word.role() == EditorToken.Role.COMMENT);
        int depth = 0;
        int position = 0;
        Optional<String> name = Optional.empty();
        for (int at = words.size() - 1; at >= 0; at--) {
            EditorToken word = words.get(at);
            if (word.role() == EditorToken.Role.CLOSING) {
                depth++;
            } else if (word.role() == EditorToken.Role.OPENING && --depth < 0) {
                List<String> callee = word.text().equals("(") ? CompletionContext.path(words, at - 1) : List.of();
                if (!callee.isEmpty()) {
                    return Optional.of(new OpenCall(callee, position, name));
                }
                depth = 0;
                position = 0;
                name = Optional.empty();
            } else if (depth == 0 && (word.text().equals(",") || word.text().equals(";"))) {
                position++;
            } else if (depth == 0 && position == 0 && word.text().equals("=") && at > 0 && name.isEmpty()) {
                name = Optional.of(words.get(at - 1).text());
            }
        }
        return Optional.empty();
    }
}
