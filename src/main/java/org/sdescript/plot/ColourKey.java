package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Palette;

/** The meaning of the colours of a layer. */
sealed interface ColourKey {
    /** Returns the text along the key; empty for none. */
    String title();

    /** The whole palette between two values. */
    record Scale(AxisRange range, String title) implements ColourKey {}

    /** A colour for each of a few names, from low to high. */
    record Levels(List<Colour> colours, List<String> names, String title) implements ColourKey {}

    /** Returns the keys of all layers whose colours show numbers. */
    static List<ColourKey> of(List<Marks> marks) {
        List<ColourKey> keys = new ArrayList<>();
        marks.forEach(each -> of(each).ifPresent(keys::add));
        return keys;
    }

    /** Returns the key of a layer; empty if its colour shows no number. */
    static Optional<ColourKey> of(Marks marks) {
        return switch (marks) {
            case Marks.Cells cells -> cells.layer().graded().map(range -> new Scale(range, cells.label()));
            case Marks.Contours(List<Contour> lines, ContourLevels levels, Look look) ->
                look.style().colour().isPresent() || levels.count() == 0
                        ? Optional.empty()
                        : Optional.of(levels(levels, look));
            default -> marks.look().graded().map(range -> new Scale(range, marks.label()));
        };
    }

    private static ColourKey levels(ContourLevels levels, Look look) {
        List<Colour> colours = IntStream.range(0, levels.count())
                .mapToObj(level -> Palette.line(level, levels.count()))
                .toList();
        String title = look.label().isEmpty() ? levels.title() : look.label();
        return new Levels(colours, levels.names(), title);
    }

    /** Returns the key in words, for a terminal: {@code depth: −8 (dark) to 0 (bright)}. */
    default String words() {
        String ends =
                switch (this) {
                    case Scale(AxisRange range, String title) -> {
                        List<String> labels = NumberLabels.of(new double[] {range.low(), range.high()});
                        yield labels.getFirst() + " (dark) to " + labels.getLast() + " (bright)";
                    }
                    case Levels(List<Colour> colours, List<String> names, String title) -> String.join(", ", names);
                };
        return title().isEmpty() ? ends : title() + ": " + ends;
    }
}
