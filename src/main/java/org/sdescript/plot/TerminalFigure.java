package org.sdescript.plot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sdescript.plot.canvas.BrailleCanvas;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Palette;
import org.sdescript.runtime.TerminalAbilities;

/**
 * A figure for a terminal: an image if the terminal accepts images, otherwise text.
 *
 * @param text the output, without the last line end
 * @param notes notes for the user, as for a figure in a file
 */
public record TerminalFigure(String text, List<String> notes) {
    private static final int WIDEST = 96;
    private static final int HIGHEST = 22;
    private static final int ROWS_LEFT_FREE = 5;
    private static final int COLUMNS_PER_TICK = 11;
    private static final int ROWS_PER_TICK = 3;

    /** Colours of the terminal's own palette, which fit its background, in the order of the layers. */
    private static final String[] PALETTE = {"94", "91", "32", "35", "33", "36", "39", "93"};

    /** Colours of the terminal for numbers, from low to high. */
    private static final List<String> GRADES = List.of("35", "34", "36", "32", "92", "93");

    private static final double PIXELS_PER_UNIT = 2;

    /** The signs of the second and later layers, for a terminal without colours. */
    private static final String SIGNS = "+×o*#%@";

    private static final char BLANK = ' ';

    /** Draws a chart for a terminal; as text, the figures of panels stand one below the other. */
    public static TerminalFigure of(Chart chart, TerminalAbilities screen) {
        ChartPainter painter = ChartPainter.of(chart);
        List<String> notes = painter.figures().stream()
                .flatMap(each -> FigureFile.leftOut(each.marks()).stream())
                .toList();
        if (screen.images() != TerminalAbilities.Images.NONE) {
            try {
                return new TerminalFigure(TerminalImage.of(FigureFile.image(painter, PIXELS_PER_UNIT), screen), notes);
            } catch (LinkageError noPixels) {
                return new TerminalFigure(text(painter, screen), notes);
            }
        }
        return new TerminalFigure(text(painter, screen), notes);
    }

    private static String text(ChartPainter painter, TerminalAbilities screen) {
        String figures = painter.figures().stream()
                .map(each -> new Drawing(each.figure(), each.marks(), screen).text())
                .collect(Collectors.joining("\n\n"));
        return painter.title().isEmpty() ? figures : FigureFile.plain(painter.title()) + "\n\n" + figures;
    }

    /** A figure as text, from top to bottom: title, legend, plot with its axes. */
    private static final class Drawing {
        private final Figure figure;
        private final List<Marks> marks;
        private final TerminalAbilities screen;
        private final Layout layout;
        private final int columns;
        private final int rows;
        private final int margin;
        private final BrailleCanvas canvas;
        private final List<String> lines = new ArrayList<>();

        /** The letters of notes by their position, which hide the marks below. */
        private final Map<Integer, String> written = new HashMap<>();

        Drawing(Figure figure, List<Marks> marks, TerminalAbilities screen) {
            this.figure = figure;
            this.marks = marks;
            this.screen = screen;
            int width = Math.max(16, Math.min(WIDEST, screen.columns() - 1));
            int height = Math.clamp(screen.rows() - ROWS_LEFT_FREE, 6, HIGHEST);
            Layout rough = Layout.inDots(figure, marks, width, height, COLUMNS_PER_TICK, ROWS_PER_TICK);
            margin = rough.yTicks().labels().stream()
                            .mapToInt(String::length)
                            .max()
                            .orElse(0)
                    + 2;
            layout = Layout.inDots(figure, marks, width - margin, height, COLUMNS_PER_TICK, ROWS_PER_TICK);
            columns = (int) Math.ceil(layout.width() / BrailleCanvas.ACROSS);
            rows = (int) Math.ceil(layout.height() / BrailleCanvas.DOWN);
            canvas = new BrailleCanvas(columns, rows);
            MarksPainter painter = new MarksPainter(layout, canvas);
            marks.forEach(painter::paint);
            notes();
        }

        String text() {
            if (!figure.title().isEmpty()) {
                lines.add(" ".repeat(margin) + styled("1", FigureFile.plain(figure.title())));
            }
            legend();
            if (!figure.y().label().isEmpty()) {
                lines.add(" ".repeat(margin - 1) + FigureFile.plain(figure.y().label()));
            }
            IntStream.range(0, rows).forEach(this::row);
            axis();
            if (!figure.x().label().isEmpty()) {
                String label = FigureFile.plain(figure.x().label());
                lines.add(" ".repeat(margin + Math.max(0, (columns - label.length()) / 2)) + label);
            }
            return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
        }

        /** Writes notes over the marks, moved so that they end within the plot. */
        private void notes() {
            for (Marks each : marks) {
                if (each instanceof Marks.Words words && words.leftOut() == 0) {
                    List<String> letters = FigureFile.plain(words.text())
                            .codePoints()
                            .mapToObj(Character::toString)
                            .toList();
                    int column = (int) (layout.x().placeOfMeasure(words.x()) / BrailleCanvas.ACROSS);
                    int row =
                            Math.clamp((long) (layout.y().placeOfMeasure(words.y()) / BrailleCanvas.DOWN), 0, rows - 1);
                    int start = Math.max(0, Math.min(column, columns - letters.size()));
                    for (int k = 0; k < letters.size() && start + k < columns; k++) {
                        written.put(row * columns + start + k, letters.get(k));
                    }
                }
            }
        }

        private void legend() {
            String entries = marks.stream()
                    .filter(each ->
                            !each.label().isEmpty() || ColourKey.of(each).isPresent())
                    .map(this::entry)
                    .collect(Collectors.joining("   "));
            if (!entries.isEmpty()) {
                lines.add(" ".repeat(margin) + entries);
            }
        }

        private String entry(Marks each) {
            return ColourKey.of(each).map(key -> FigureFile.plain(key.words())).orElseGet(() -> {
                int series = series(each.look().colour().rgb());
                return styled(ansi(each.look().colour().rgb()), String.valueOf(swatch(series))) + " "
                        + FigureFile.plain(each.label());
            });
        }

        private void row(int row) {
            String label = tickLabel(row);
            StringBuilder line = new StringBuilder(" ".repeat(margin - 1 - label.length()))
                    .append(label)
                    .append(label.isEmpty() ? '│' : '┤');
            for (int column = 0, next; column < columns; column = next) {
                String style = styleAt(column, row);
                StringBuilder letters = new StringBuilder();
                for (next = column; next < columns && styleAt(next, row).equals(style); next++) {
                    letters.append(letter(next, row));
                }
                line.append(style.isEmpty() ? letters : styled(style, letters.toString()));
            }
            lines.add(line.toString());
        }

        /** Returns the style of a character; empty for a blank and for notes. */
        private String styleAt(int column, int row) {
            return written.containsKey(row * columns + column) || canvas.letter(column, row) == BLANK
                    ? ""
                    : ansi(canvas.colour(column, row));
        }

        private String letter(int column, int row) {
            char dots = canvas.letter(column, row);
            int series = dots == BLANK || screen.colour() ? 0 : series(canvas.colour(column, row));
            return written.getOrDefault(row * columns + column, String.valueOf(series <= 0 ? dots : sign(series)));
        }

        private String tickLabel(int row) {
            List<Double> places = layout.yTicks().places();
            for (int k = 0; k < places.size(); k++) {
                if ((int) (layout.y().placeOfMeasure(places.get(k)) / BrailleCanvas.DOWN) == row) {
                    return layout.yTicks().labels().get(k);
                }
            }
            return "";
        }

        /** Adds the line below the plot and its numbers; a number that would overlap the previous one is omitted. */
        private void axis() {
            StringBuilder line = new StringBuilder("─".repeat(columns));
            StringBuilder numbers = new StringBuilder();
            List<Double> places = layout.xTicks().places();
            for (int k = 0; k < places.size(); k++) {
                int column = (int) (layout.x().placeOfMeasure(places.get(k)) / BrailleCanvas.ACROSS);
                String label = layout.xTicks().labels().get(k);
                int start = Math.max(0, margin + column - label.length() / 2);
                if (column < 0 || column >= columns || !numbers.isEmpty() && start <= numbers.length()) {
                    continue;
                }
                line.setCharAt(column, '┬');
                numbers.append(" ".repeat(start - numbers.length())).append(label);
            }
            lines.add(" ".repeat(margin - 1) + "└" + line);
            lines.add(numbers.toString());
        }

        /** Returns the number of the layer with this colour, counted from 0; 0 for colours that show numbers. */
        private int series(int colour) {
            return marks.stream()
                    .filter(each -> each.look().colour().rgb() == colour)
                    .mapToInt(each -> each.look().series())
                    .filter(series -> series >= 0)
                    .findFirst()
                    .orElse(0);
        }

        /** Returns the terminal's colour that is nearest in the figure's palettes. */
        private static String ansi(int colour) {
            for (int k = 0; k < PALETTE.length; k++) {
                if (Colour.series(k).rgb() == colour) {
                    return PALETTE[k];
                }
            }
            return Palette.nearest(colour, GRADES);
        }

        private static char sign(int layer) {
            return SIGNS.charAt((layer - 1) % SIGNS.length());
        }

        private char swatch(int layer) {
            return screen.colour() || layer == 0 ? '●' : sign(layer);
        }

        private String styled(String style, String text) {
            return screen.colour() ? "\u001B[" + style + "m" + text + "\u001B[0m" : text;
        }
    }
}
