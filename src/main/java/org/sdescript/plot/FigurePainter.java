package org.sdescript.plot;

import java.util.List;

/** Draws a figure from back to front: paper, grid, layers, axes, text. */
final class FigurePainter {
    private final Figure figure;
    private final List<Marks> marks;
    private final Layout layout;
    private final Canvas canvas;

    FigurePainter(Figure figure, List<Marks> marks, Layout layout, Canvas canvas) {
        this.figure = figure;
        this.marks = marks;
        this.layout = layout;
        this.canvas = canvas;
    }

    void paint() {
        canvas.rectangle(new Box(0, 0, layout.width(), layout.height()), Colour.PAPER);
        if (!layout.bare()) {
            grid();
        }
        canvas.clip(layout.box().grownBy(1));
        MarksPainter painter = new MarksPainter(layout, canvas);
        for (int k = 0; k < marks.size(); k++) {
            painter.paint(marks.get(k), k);
        }
        canvas.unclip();
        if (!layout.bare()) {
            tickLabels();
        }
        words();
        layout.legend().forEach(this::legendEntry);
    }

    private void grid() {
        layout.xTicks().fine().forEach(place -> vertical(place, Colour.FINE_GRID));
        layout.yTicks().fine().forEach(place -> horizontal(place, Colour.FINE_GRID));
        layout.xTicks().places().forEach(place -> vertical(place, Colour.GRID));
        layout.yTicks().places().forEach(place -> horizontal(place, Colour.GRID));
    }

    private void vertical(double place, Colour colour) {
        double x = crisp(layout.x().placeOfMeasure(place));
        line(x, layout.box().top(), x, layout.box().bottom(), colour);
    }

    private void horizontal(double place, Colour colour) {
        double y = crisp(layout.y().placeOfMeasure(place));
        line(layout.box().left(), y, layout.box().right(), y, colour);
    }

    /** Rounds to whole units, so that a line of width 1 fills whole pixels at two pixels per unit. */
    private static double crisp(double place) {
        return Math.rint(place);
    }

    private void line(double x1, double y1, double x2, double y2, Colour colour) {
        canvas.polyline(new double[] {x1, x2}, new double[] {y1, y2}, 1, colour);
    }

    private void tickLabels() {
        Box box = layout.box();
        boolean bars = marks.stream().anyMatch(Marks.Steps.class::isInstance);
        if (bars) {
            line(box.left(), box.bottom(), box.right(), box.bottom(), Colour.AXIS);
        }
        for (int k = 0; k < layout.xTicks().places().size(); k++) {
            double x = layout.x().placeOfMeasure(layout.xTicks().places().get(k));
            canvas.text(layout.xTicks().labels().get(k), x, box.bottom() + Layout.TICK_GAP + 10, TextStyle.X_TICK);
        }
        for (int k = 0; k < layout.yTicks().places().size(); k++) {
            double y = layout.y().placeOfMeasure(layout.yTicks().places().get(k));
            canvas.text(layout.yTicks().labels().get(k), box.left() - Layout.TICK_GAP, y + 4, TextStyle.Y_TICK);
        }
    }

    private void words() {
        Box box = layout.box();
        text(figure.title(), Layout.MARGIN, Layout.MARGIN + 13, TextStyle.TITLE);
        text(figure.x().label(), box.left() + box.width() / 2, layout.height() - Layout.MARGIN, TextStyle.X_LABEL);
        text(figure.y().label(), Layout.MARGIN + 10, box.top() + box.height() / 2, TextStyle.Y_LABEL);
    }

    private void text(String words, double x, double y, TextStyle style) {
        if (!words.isEmpty()) {
            canvas.text(words, x, y, style);
        }
    }

    private void strip(double left, double middle) {
        int width = (int) Layout.SWATCH;
        canvas.pixels(Palette.strip(width), new Box(left, middle - 5, width, 10));
    }

    private void legendEntry(Layout.LegendEntry entry) {
        Colour colour = Colour.series(entry.layer());
        double middle = entry.baseline() - 4.5;
        double centre = entry.left() + Layout.SWATCH / 2;
        switch (marks.get(entry.layer())) {
            case Marks.Dots dots -> canvas.discs(new double[] {centre}, new double[] {middle}, 4.5, colour);
            case Marks.Curve curve ->
                canvas.polyline(
                        new double[] {entry.left(), entry.left() + Layout.SWATCH},
                        new double[] {middle, middle},
                        2.4,
                        colour);
            case Marks.Steps steps ->
                canvas.rectangle(new Box(entry.left() + 2, middle - 5, 12, 10), colour.withOpacity(0.75));
            case Marks.Arrows arrows ->
                canvas.polyline(
                        new double[] {entry.left(), entry.left() + Layout.SWATCH},
                        new double[] {middle, middle},
                        1.2,
                        colour);
            case Marks.Contours contours -> strip(entry.left(), middle);
            case Marks.Cells cells -> {
                if (cells.graded()) {
                    strip(entry.left(), middle);
                }
            }
        }
        canvas.text(
                marks.get(entry.layer()).label(), entry.left() + Layout.SWATCH + 6, entry.baseline(), TextStyle.LEGEND);
    }
}
