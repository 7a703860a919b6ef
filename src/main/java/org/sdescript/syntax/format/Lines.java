package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;

/** Lines below each other, at most one blank line between two of them. */
final class Lines {
    private final List<Doc> parts = new ArrayList<>();

    /** Whether the last line is a {@code ##} comment, so that a declaration directly below would be documented by it. */
    private boolean documents;

    /** Whether it came there from within a statement, so that it documents nothing. */
    private boolean moved;

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** @param mayBeDocumented whether a {@code ##} comment directly above does no harm */
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

    /** Comments that had to leave the place they were in. */
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
