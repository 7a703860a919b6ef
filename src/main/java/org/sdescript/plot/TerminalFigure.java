package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** The signs of the second and later layers, for a terminal without colours. */
    private static final String SIGNS = "+×o*#%@";

    private static final char BLANK = ' ';

    /** Draws a figure for a terminal. */
    public static TerminalFigure of(Figure content, TerminalAbilities screen) {
        Figure figure = content.withUsualLabels();
        List<Marks> marks = LayerToMarks.of(figure);
        List<String> notes = FigureFile.leftOut(marks);
        if (screen.images() != TerminalAbilities.Images.NONE) {
            try {
                return new TerminalFigure(TerminalImage.of(FigureFile.image(figure, marks), screen), notes);
            } catch (LinkageError noPixels) {
                return new TerminalFigure(new Drawing(figure, marks, screen).text(), notes);
            }
        }
        return new TerminalFigure(new Drawing(figure, marks, screen).text(), notes);
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
            for (int k = 0; k < marks.size(); k++) {
                painter.paint(marks.get(k), k);
            }
        }

        String text() {
            if (!figure.title().isEmpty()) {
                lines.add(" ".repeat(margin) + styled("1", figure.title()));
            }
            legend();
            if (!figure.y().label().isEmpty()) {
                lines.add(" ".repeat(margin - 1) + figure.y().label());
            }
            IntStream.range(0, rows).forEach(this::row);
            axis();
            if (!figure.x().label().isEmpty()) {
                String label = figure.x().label();
                lines.add(" ".repeat(margin + Math.max(0, (columns - label.length()) / 2)) + label);
            }
            return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
        }

        private void legend() {
            String entries = IntStream.range(0, marks.size())
                    .filter(k -> !marks.get(k).label().isEmpty())
                    .mapToObj(k -> styled(PALETTE[k % PALETTE.length], String.valueOf(swatch(k))) + " "
                            + marks.get(k).label())
                    .collect(Collectors.joining("   "));
            if (!entries.isEmpty()) {
                lines.add(" ".repeat(margin) + entries);
            }
        }

        private void row(int row) {
            String label = tickLabel(row);
            StringBuilder line = new StringBuilder(" ".repeat(margin - 1 - label.length()))
                    .append(label)
                    .append(label.isEmpty() ? '│' : '┤');
            for (int column = 0, next; column < columns; column = next) {
                int layer = layerAt(column, row);
                StringBuilder letters = new StringBuilder();
                for (next = column; next < columns && layerAt(next, row) == layer; next++) {
                    letters.append(letter(next, row, layer));
                }
                line.append(layer < 0 ? letters : styled(PALETTE[layer % PALETTE.length], letters.toString()));
            }
            lines.add(line.toString());
        }

        /** Returns the layer of a character, or -1 for a blank. */
        private int layerAt(int column, int row) {
            return canvas.letter(column, row) == BLANK ? -1 : layer(canvas.colour(column, row));
        }

        private char letter(int column, int row, int layer) {
            return screen.colour() || layer <= 0 ? canvas.letter(column, row) : sign(layer);
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

        private int layer(int colour) {
            return IntStream.range(0, marks.size())
                    .filter(k -> Colour.series(k).rgb() == colour)
                    .findFirst()
                    .orElse(0);
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
