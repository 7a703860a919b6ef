package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;

/** Items in a row, as many on each line as fit. */
final class FillDoc {
    private final List<Doc> parts = new ArrayList<>();
    private DocSize last = DocSize.NOTHING;

    /**
     * @param comments the comments before the item
     * @param line separator from the previous item if both share a line
     */
    void add(List<Comment> comments, Doc line, Doc item) {
        if (!comments.isEmpty()) {
            parts.add(Doc.of(Comments.among(comments), Doc.HARD));
        } else if (!parts.isEmpty()) {
            parts.add(new Doc.Gap(line, last, item.size()));
        }
        parts.add(Doc.group(item));
        last = item.size();
    }

    /** Adds the comments after the last item. */
    void addEnd(List<Comment> comments) {
        parts.add(Comments.among(comments));
    }

    Doc doc() {
        return Doc.aligned(Doc.of(parts));
    }
}
