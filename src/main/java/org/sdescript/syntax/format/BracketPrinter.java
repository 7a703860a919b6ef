package org.sdescript.syntax.format;

import java.util.List;
import java.util.function.Supplier;
import org.sdescript.source.Span;

/** Prints items between brackets. */
final class BracketPrinter {
    private final SourceTrivia original;

    BracketPrinter(SourceTrivia original) {
        this.original = original;
    }

    /**
     * @param start start of the item's text
     * @param print called once, after everything before the item is printed
     * @param mark separator after the item, if another follows
     */
    record Entry(int start, Supplier<Doc> print, String mark) {
        Entry(int start, Supplier<Doc> print) {
            this(start, print, ",");
        }

        Entry marked(String mark) {
            return new Entry(start, print, mark);
        }
    }

    /** @param whole span that ends with the closing bracket */
    Doc print(String open, List<Entry> entries, Span whole, String close) {
        return around(open, items(entries), whole, close);
    }

    Doc items(List<Entry> entries) {
        FillDoc filling = new FillDoc();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            List<Comment> comments = original.before(entry.start());
            Doc mark = i < entries.size() - 1 ? Doc.text(entry.mark()) : Doc.NOTHING;
            filling.add(comments, Doc.BLANK, Doc.of(entry.print().get(), mark));
        }
        return filling.doc();
    }

    Doc around(String open, Doc items, Span whole, String close) {
        List<Comment> comments = original.before(whole.end() - 1);
        Doc end = comments.isEmpty() ? Doc.NOTHING : Doc.of(Doc.indented(Comments.among(comments)), Doc.HARD);
        return Doc.of(Doc.text(open), items, end, Doc.text(close));
    }
}
