package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;

/** Lines below each other, with at most one blank line between two. */
final class Lines {
    private final List<Doc> parts = new ArrayList<>();

    /** True if the last line is a {@code ##} comment, which would document a declaration directly below. */
    private boolean documents;

    /** True if that comment was moved out of a statement, so that it documents nothing. */
    private boolean moved;

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** @param mayBeDocumented true if a {@code ##} comment directly above does no harm */
    void add(Doc line, boolean afterBlank, boolean mayBeDocumented) {
        if (!parts.isEmpty()) {
            parts.add(Doc.HARD);
            if (afterBlank || documents && (moved || !mayBeDocumented)) {
                parts.add(Doc.HARD);
            }
        }
        parts.add(line);
        documents = false;
        moved = false;
    }

    void add(Comment comment) {
        add(Doc.text(comment.text()), comment.afterBlank(), true);
        documents = comment.text().startsWith("##");
    }

    /** Adds comments that could not stay in their place. */
    void addMoved(List<Comment> comments) {
        for (Comment comment : comments) {
            add(Doc.text(comment.text()), false, true);
            documents = comment.text().startsWith("##");
            moved = true;
        }
    }

    Doc doc() {
        return Doc.of(parts);
    }
}
