package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.TextStyle;

/**
 * The names of layers with their signs.
 *
 * @param entries positions relative to the legend's upper left
 */
record Legend(List<Entry> entries, double width, double height) {
    static final double SWATCH = 16;
    static final double ROW = 18;
    private static final double GAP = 6;
    private static final double BETWEEN = 16;
    static final Legend NONE = new Legend(List.of(), 0, 0);

    /** @param baseline the base line of the entry's text, slightly below the middle of its row */
    record Entry(int layer, double left, double baseline) {}

    Legend {
        entries = List.copyOf(entries);
    }

    /** Places entries in rows of at most this width. */
    static Legend inRows(List<Marks> marks, double width) {
        List<Entry> entries = new ArrayList<>();
        double left = 0;
        double widest = 0;
        int row = 0;
        for (int k : named(marks)) {
            double wide = width(marks.get(k));
            if (left > 0 && left + wide > width) {
                left = 0;
                row++;
            }
            entries.add(new Entry(k, left, baseline(row)));
            widest = Math.max(widest, left + wide);
            left += wide + BETWEEN;
        }
        return entries.isEmpty() ? NONE : new Legend(entries, widest, ROW * (row + 1));
    }

    static Legend inColumn(List<Marks> marks) {
        List<Integer> named = named(marks);
        List<Entry> entries = IntStream.range(0, named.size())
                .mapToObj(row -> new Entry(named.get(row), 0, baseline(row)))
                .toList();
        double widest =
                named.stream().mapToDouble(k -> width(marks.get(k))).max().orElse(0);
        return new Legend(entries, widest, ROW * entries.size());
    }

    private static double baseline(int row) {
        return ROW * row + ROW / 2 + 4;
    }

    /** Returns the layers with a name that does not stand beside a colour bar. */
    private static List<Integer> named(List<Marks> marks) {
        return IntStream.range(0, marks.size())
                .filter(k -> !marks.get(k).label().isEmpty()
                        && ColourKey.of(marks.get(k)).isEmpty())
                .boxed()
                .toList();
    }

    private static double width(Marks marks) {
        return SWATCH + GAP + TextStyle.LEGEND.width(marks.label());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns the legend at a place of the picture. */
    Legend at(double left, double top) {
        return new Legend(
                entries.stream()
                        .map(each -> new Entry(each.layer, each.left + left, each.baseline + top))
                        .toList(),
                width,
                height);
    }

    /** Returns the rectangle of a legend that was placed in the picture, with a margin. */
    Box box() {
        double left = entries.stream().mapToDouble(Entry::left).min().orElse(0);
        double top = entries.getFirst().baseline - baseline(0);
        return new Box(left, top, width, height).grownBy(GAP / 2);
    }

    /** Returns the start of an entry's text. */
    static double text(Entry entry) {
        return entry.left + SWATCH + GAP;
    }
}
