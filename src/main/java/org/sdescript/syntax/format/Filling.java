package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;

/** Items in a row, as many on each line as there is room for. */
final class Filling {
    private final List<Doc> parts = new ArrayList<>();
    private Size last = Size.NOTHING;

    /**
     * @param comments what was written ahead of the item
     * @param line what stands between the last item and this one, if they share a line
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

    /** What was written behind the last item. */
    void addEnd(List<Comment> comments) {
        parts.add(Comments.among(comments));
    }

    Doc doc() {
        return Doc.aligned(Doc.of(parts));
    }
}
