package org.sdescript.plot;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.sdescript.interrupt.StopRequest;

/** Draws the marks of one layer in the plot's box. */
final class MarksPainter {
    private static final double LINE = 1.7;
    private static final double CONTOUR = 1.3;
    private static final double ARROW = 1.1;
    private static final double HEAD = 6;
    /**
     * A line that oscillates within a pixel is drawn thin and faint, which shows more of the line and of the layers
     * below.
     */
    private static final double CROWDED_LINE = 0.8;

    private static final double CROWDED_OPACITY = 0.45;
    /** A line is crowded if its total ascent and descent exceed the plot's height this many times. */
    private static final double CROWDED_ASCENT = 60;

    private final Layout layout;
    private final Drawing canvas;

    MarksPainter(Layout layout, Drawing canvas) {
        this.layout = layout;
        this.canvas = canvas;
    }

    void paint(Marks marks, int series) {
        Colour colour = Colour.series(series);
        switch (marks) {
            case Marks.Dots dots -> dots(dots, colour, series);
            case Marks.Curve curve -> curve(curve, colour);
            case Marks.Steps steps -> steps(steps, colour);
            case Marks.Cells cells -> cells(cells);
            case Marks.Contours contours -> contours(contours);
            case Marks.Arrows arrows -> arrows(arrows, colour);
        }
    }

    /**
     * Draws more points smaller and fainter, so that a cloud shows its density; upper layers are slightly more
     * opaque.
     */
    private void dots(Marks.Dots dots, Colour colour, int series) {
        int n = Math.max(1, dots.x().length);
        double radius = Math.clamp(12 * Math.pow(n, -0.25), 1.0, 3.5);
        double opacity = Math.clamp((series == 0 ? 6 : 7) * Math.pow(n, -0.32), 0.05, 0.85);
        canvas.discs(
                places(dots.x(), layout.x()::placeOfMeasure),
                places(dots.y(), layout.y()::placeOfMeasure),
                radius,
                colour.withOpacity(opacity));
    }

    private void curve(Marks.Curve curve, Colour colour) {
        double[] x = places(curve.x(), layout.x()::placeOfMeasure);
        double[] y = places(curve.y(), layout.y()::placeOfMeasure);
        int start = 0;
        for (int k = 0; k <= x.length; k++) {
            StopRequest.poll();
            if (k == x.length || Double.isNaN(x[k])) {
                piece(Arrays.copyOfRange(x, start, k), Arrays.copyOfRange(y, start, k), colour);
                start = k + 1;
            }
        }
    }

    private void piece(double[] x, double[] y, Colour colour) {
        if (x.length == 1) {
            canvas.discs(x, y, LINE, colour);
        } else if (x.length > 1) {
            PixelColumns thinned = PixelColumns.of(x, y);
            boolean crowded =
                    ascent(thinned.y()) > CROWDED_ASCENT * layout.box().height();
            canvas.polyline(
                    thinned.x(),
                    thinned.y(),
                    crowded ? CROWDED_LINE : LINE,
                    crowded ? colour.withOpacity(CROWDED_OPACITY) : colour);
        }
    }

    /** Returns the total ascent and descent. */
    private static double ascent(double[] y) {
        double sum = 0;
        for (int k = 1; k < y.length; k++) {
            sum += Math.abs(y[k] - y[k - 1]);
        }
        return sum;
    }

    private void steps(Marks.Steps steps, Colour colour) {
        int bins = steps.heights().length;
        if (bins == 0) {
            return;
        }
        double[] x = new double[2 * bins + 2];
        double[] y = new double[2 * bins + 2];
        double ground = layout.box().bottom();
        Arrays.fill(y, ground);
        for (int k = 0; k <= bins; k++) {
            x[2 * k] = layout.x().placeOfMeasure(steps.bins().edge(k));
            x[2 * k + 1] = x[2 * k];
        }
        for (int k = 0; k < bins; k++) {
            double height = steps.heights()[k];
            y[2 * k + 1] = Double.isNaN(height) ? ground : layout.y().placeOfMeasure(height);
            y[2 * k + 2] = y[2 * k + 1];
        }
        canvas.polygon(x, y, colour.withOpacity(0.22));
        canvas.polyline(x, y, 1.4, colour);
    }

    private void cells(Marks.Cells cells) {
        double left = layout.x().placeOfMeasure(cells.extent().left());
        double right = layout.x().placeOfMeasure(cells.extent().right());
        double top = layout.y().placeOfMeasure(cells.extent().top());
        double bottom = layout.y().placeOfMeasure(cells.extent().bottom());
        canvas.pixels(cells.pixels(), new Box(left, top, right - left, bottom - top));
    }

    private void contours(Marks.Contours contours) {
        for (Contour line : contours.lines()) {
            StopRequest.poll();
            canvas.polyline(
                    places(line.x(), layout.x()::placeOfMeasure),
                    places(line.y(), layout.y()::placeOfMeasure),
                    CONTOUR,
                    Palette.line(line.level(), contours.levels()));
        }
    }

    private void arrows(Marks.Arrows arrows, Colour colour) {
        for (int k = 0; k < arrows.x().length; k++) {
            StopRequest.poll();
            arrow(
                    layout.x().placeOfMeasure(arrows.x()[k]),
                    layout.y().placeOfMeasure(arrows.y()[k]),
                    layout.x().placeOfMeasure(arrows.toX()[k]),
                    layout.y().placeOfMeasure(arrows.toY()[k]),
                    colour);
        }
    }

    private void arrow(double x1, double y1, double x2, double y2, Colour colour) {
        double length = Math.hypot(x2 - x1, y2 - y1);
        if (length < ARROW) {
            canvas.discs(new double[] {x1}, new double[] {y1}, ARROW / 2, colour.withOpacity(0.6));
            return;
        }
        double head = Math.min(HEAD, length / 2);
        double alongX = head * (x2 - x1) / length;
        double alongY = head * (y2 - y1) / length;
        canvas.polyline(new double[] {x1, x2 - alongX}, new double[] {y1, y2 - alongY}, ARROW, colour);
        canvas.polygon(
                new double[] {x2, x2 - alongX - 0.4 * alongY, x2 - alongX + 0.4 * alongY},
                new double[] {y2, y2 - alongY + 0.4 * alongX, y2 - alongY - 0.4 * alongX},
                colour);
    }

    private static double[] places(double[] measures, DoubleUnaryOperator place) {
        return Arrays.stream(measures).map(place).toArray();
    }
}
