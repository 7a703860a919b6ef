package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;

/** Converts comments to documents. After each a line must end. */
final class Comments {
    private Comments() {}

    /** Comments between the parts of a statement: at the end of their line as before, or on lines of their own. */
    static Doc among(List<Comment> comments) {
        List<Doc> parts = new ArrayList<>();
        for (int i = 0; i < comments.size(); i++) {
            Comment comment = comments.get(i);
            if (i == 0 && !comment.alone()) {
                parts.add(new Doc.Trailing(comment.text()));
            } else {
                parts.add(Doc.HARD);
                parts.add(Doc.text(comment.text()));
            }
        }
        return Doc.of(parts);
    }

    /** The first comment, at the end of a line. */
    static Doc trailing(List<Comment> comments) {
        return comments.isEmpty()
                ? Doc.NOTHING
                : new Doc.Trailing(comments.getFirst().text());
    }

    static List<Comment> withoutFirst(List<Comment> comments) {
        return comments.stream().skip(1).toList();
    }
}
