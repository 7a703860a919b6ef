package org.sdescript.plot;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Drawing;
import org.sdescript.plot.canvas.Palette;
import org.sdescript.plot.canvas.Stroke;

/** Draws the marks of one layer in the plot's box. */
final class MarksPainter {
    private static final double LINE = 1.6;
    private static final double PATH = 0.9;
    private static final double CONTOUR = 1.3;
    private static final double ARROW = 1.1;
    private static final double RULE = 1.1;
    private static final double WHISKER = 1.2;
    private static final double CAP = 3;
    private static final double HEAD = 6;
    private static final double AREA = 0.22;
    /** The radius of points on a line. */
    private static final double POINT = 2.8;
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

    void paint(Marks marks) {
        switch (marks) {
            case Marks.Dots dots -> dots(dots);
            case Marks.Curve curve -> curve(curve);
            case Marks.Paths paths -> paths(paths);
            case Marks.Whiskers whiskers -> whiskers(whiskers);
            case Marks.Area area -> area(area);
            case Marks.Columns columns -> columns(columns);
            case Marks.Rules rules -> rules(rules);
            case Marks.Steps steps -> steps(steps);
            case Marks.Cells cells -> cells(cells);
            case Marks.Contours contours -> contours(contours);
            case Marks.Arrows arrows -> arrows(arrows);
            case Marks.Words words -> {
                // notes are drawn over all marks, by the figure
            }
        }
    }

    /**
     * Draws more points smaller and fainter, so that a cloud shows its density; upper layers are slightly more
     * opaque.
     */
    private void dots(Marks.Dots dots) {
        Look look = dots.look();
        int n = Math.max(1, dots.x().length);
        boolean graded = look.style().by().isPresent();
        double radius = look.style().radius(Math.clamp(11 * Math.pow(n, -0.25), 0.9, 3.2));
        double usual = Math.clamp((look.series() == 0 ? 6 : 7) * Math.pow(n, -0.32), 0.05, 0.85);
        double opacity = look.style().opacity(graded ? Math.max(usual, 0.8) : usual);
        Marker marker = look.style().marker().orElse(Marker.CIRCLE);
        double[] x = places(dots.x(), layout.x()::placeOfMeasure);
        double[] y = places(dots.y(), layout.y()::placeOfMeasure);
        if (!graded) {
            PointPainter.draw(canvas, marker, x, y, radius, look.colour().withOpacity(opacity));
            return;
        }
        for (int k = 0; k < x.length; k++) {
            Colour colour = look.colour(dots.elements()[k]).withOpacity(opacity);
            PointPainter.draw(canvas, marker, new double[] {x[k]}, new double[] {y[k]}, radius, colour);
        }
    }

    private void curve(Marks.Curve curve) {
        Look look = curve.look();
        if (look.style().by().isPresent()) {
            graded(curve);
        } else {
            Stroke stroke =
                    new Stroke(look.style().lineWidth(LINE), look.style().dash());
            pieces(curve, stroke, look.colour().withOpacity(look.style().opacity(1)));
        }
        look.style().marker().ifPresent(marker -> {
            int[] seen = IntStream.range(0, curve.x().length)
                    .filter(k -> !Double.isNaN(curve.x()[k]))
                    .toArray();
            for (int k : seen) {
                PointPainter.draw(
                        canvas,
                        marker,
                        new double[] {layout.x().placeOfMeasure(curve.x()[k])},
                        new double[] {layout.y().placeOfMeasure(curve.y()[k])},
                        look.style().radius(POINT),
                        look.colour(k).withOpacity(look.style().opacity(1)));
            }
        });
    }

    /** Draws each piece of a line in the colour of its end. */
    private void graded(Marks.Curve curve) {
        Look look = curve.look();
        Stroke stroke = new Stroke(look.style().lineWidth(LINE), look.style().dash());
        for (int k = 1; k < curve.x().length; k++) {
            StopRequest.poll();
            if (!Double.isNaN(curve.x()[k] + curve.x()[k - 1])) {
                canvas.line(
                        layout.x().placeOfMeasure(curve.x()[k - 1]),
                        layout.y().placeOfMeasure(curve.y()[k - 1]),
                        layout.x().placeOfMeasure(curve.x()[k]),
                        layout.y().placeOfMeasure(curve.y()[k]),
                        stroke,
                        look.colour(k).withOpacity(look.style().opacity(1)));
            }
        }
    }

    /** Draws the pieces of a curve between its gaps. */
    private void pieces(Marks.Curve curve, Stroke stroke, Colour colour) {
        double[] x = places(curve.x(), layout.x()::placeOfMeasure);
        double[] y = places(curve.y(), layout.y()::placeOfMeasure);
        int start = 0;
        for (int k = 0; k <= x.length; k++) {
            StopRequest.poll();
            if (k == x.length || Double.isNaN(x[k])) {
                piece(Arrays.copyOfRange(x, start, k), Arrays.copyOfRange(y, start, k), stroke, colour);
                start = k + 1;
            }
        }
    }

    private void piece(double[] x, double[] y, Stroke stroke, Colour colour) {
        if (x.length == 1) {
            canvas.discs(x, y, stroke.width(), colour);
        } else if (x.length > 1) {
            PixelColumns thinned = PixelColumns.of(x, y);
            boolean crowded =
                    ascent(thinned.y()) > CROWDED_ASCENT * layout.box().height();
            canvas.polyline(
                    thinned.x(),
                    thinned.y(),
                    crowded ? Stroke.solid(CROWDED_LINE) : stroke,
                    crowded ? colour.withOpacity(CROWDED_OPACITY) : colour);
        }
    }

    private static double ascent(double[] y) {
        double ascent = 0;
        for (int k = 1; k < y.length; k++) {
            ascent += Math.abs(y[k] - y[k - 1]);
        }
        return ascent;
    }

    /** Draws many paths thinner and fainter; the end of a path in the plane is a point. */
    private void paths(Marks.Paths paths) {
        Look look = paths.look();
        int n = Math.max(1, paths.curves().size());
        boolean graded = look.style().by().isPresent();
        double opacity = look.style().opacity(Math.clamp(3 * Math.pow(n, -0.4), graded ? 0.5 : 0.15, 0.9));
        Stroke stroke = new Stroke(
                look.style().lineWidth(n > 20 ? PATH : LINE * 0.75),
                look.style().dash());
        for (int k = 0; k < paths.curves().size(); k++) {
            pieces(paths.curves().get(k), stroke, look.colour(k).withOpacity(opacity));
        }
        if (paths.plane()) {
            for (int k = 0; k < paths.curves().size(); k++) {
                end(paths.curves().get(k), look.colour(k), look);
            }
        }
    }

    private void end(Marks.Curve path, Colour colour, Look look) {
        int last = path.x().length - 1;
        if (last >= 0 && !Double.isNaN(path.x()[last])) {
            canvas.discs(
                    new double[] {layout.x().placeOfMeasure(path.x()[last])},
                    new double[] {layout.y().placeOfMeasure(path.y()[last])},
                    look.style().radius(1.8),
                    colour.withOpacity(look.style().opacity(0.9)));
        }
    }

    private void whiskers(Marks.Whiskers whiskers) {
        Look look = whiskers.look();
        Stroke stroke = Stroke.solid(look.style().lineWidth(WHISKER));
        Marks.Dots dots = whiskers.dots();
        for (int k = 0; k < dots.x().length; k++) {
            StopRequest.poll();
            Colour colour =
                    look.colour(dots.elements()[k]).withOpacity(look.style().opacity(1));
            double x = layout.x().placeOfMeasure(dots.x()[k]);
            double low = end(whiskers.low()[k], layout.box().bottom());
            double high = end(whiskers.high()[k], layout.box().top());
            canvas.line(x, low, x, high, stroke, colour);
            canvas.line(x - CAP, low, x + CAP, low, stroke, colour);
            canvas.line(x - CAP, high, x + CAP, high, stroke, colour);
            PointPainter.draw(
                    canvas,
                    look.style().marker().orElse(Marker.CIRCLE),
                    new double[] {x},
                    new double[] {layout.y().placeOfMeasure(dots.y()[k])},
                    look.style().radius(POINT),
                    colour);
        }
    }

    /** Returns the place of an end; an end that a logarithmic axis cannot show lies at the edge of the plot. */
    private double end(double measure, double edge) {
        return Double.isNaN(measure) ? edge : layout.y().placeOfMeasure(measure);
    }

    private void area(Marks.Area area) {
        double[] x = places(area.low().x(), layout.x()::placeOfMeasure);
        double[] low = places(area.low().y(), layout.y()::placeOfMeasure);
        double[] high = places(area.high().y(), layout.y()::placeOfMeasure);
        Colour colour = area.look().colour().withOpacity(area.look().style().opacity(AREA));
        int start = 0;
        for (int k = 0; k <= x.length; k++) {
            if (k == x.length || Double.isNaN(x[k])) {
                between(x, low, high, start, k, colour);
                start = k + 1;
            }
        }
    }

    private void between(double[] x, double[] low, double[] high, int start, int end, Colour colour) {
        int n = end - start;
        if (n < 2) {
            return;
        }
        double[] around = new double[2 * n];
        double[] heights = new double[2 * n];
        for (int k = 0; k < n; k++) {
            around[k] = x[start + k];
            heights[k] = low[start + k];
            around[2 * n - 1 - k] = x[start + k];
            heights[2 * n - 1 - k] = high[start + k];
        }
        canvas.polygon(around, heights, colour);
    }

    private void columns(Marks.Columns columns) {
        Look look = columns.look();
        double ground = end(columns.ground(), layout.box().bottom());
        for (int k = 0; k < columns.heights().length; k++) {
            if (!Double.isNaN(columns.heights()[k] + columns.left()[k] + columns.right()[k])) {
                double left = layout.x().placeOfMeasure(columns.left()[k]);
                double top = layout.y().placeOfMeasure(columns.heights()[k]);
                canvas.rectangle(
                        new Box(
                                left,
                                Math.min(top, ground),
                                layout.x().placeOfMeasure(columns.right()[k]) - left,
                                Math.abs(ground - top)),
                        look.colour(k).withOpacity(look.style().opacity(0.85)));
            }
        }
    }

    private void rules(Marks.Rules rules) {
        Look look = rules.look();
        Stroke stroke = new Stroke(look.style().lineWidth(RULE), look.style().dash());
        Colour colour = look.colour().withOpacity(look.style().opacity(1));
        Box box = layout.box();
        for (double at : rules.at()) {
            if (rules.upright()) {
                double x = layout.x().placeOfMeasure(at);
                canvas.line(x, box.bottom(), x, box.top(), stroke, colour);
            } else {
                double y = layout.y().placeOfMeasure(at);
                canvas.line(box.left(), y, box.right(), y, stroke, colour);
            }
        }
    }

    /** Draws the bins with zero on both sides; a height that a logarithmic axis cannot show lies at the bottom. */
    private void steps(Marks.Steps steps) {
        int bins = steps.heights().length;
        if (bins == 0) {
            return;
        }
        double ground = layout.box().bottom();
        double[] x = new double[2 * bins + 2];
        double[] y = new double[2 * bins + 2];
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
        Look look = steps.look();
        canvas.polygon(x, y, look.colour().withOpacity(look.style().opacity(AREA)));
        canvas.polyline(
                x, y, new Stroke(look.style().lineWidth(1.4), look.style().dash()), look.colour());
    }

    private void cells(Marks.Cells cells) {
        Layer.Extent extent = cells.layer().extent();
        double left = layout.x().placeOfMeasure(extent.left());
        double right = layout.x().placeOfMeasure(extent.right());
        double top = layout.y().placeOfMeasure(extent.top());
        double bottom = layout.y().placeOfMeasure(extent.bottom());
        canvas.pixels(cells.pixels(), new Box(left, top, right - left, bottom - top));
    }

    private void contours(Marks.Contours contours) {
        Look look = contours.look();
        Stroke stroke = new Stroke(look.style().lineWidth(CONTOUR), look.style().dash());
        for (Contour line : contours.lines()) {
            StopRequest.poll();
            Colour colour = look.style()
                    .colour()
                    .orElseGet(
                            () -> Palette.line(line.level(), contours.levels().count()));
            canvas.polyline(
                    places(line.x(), layout.x()::placeOfMeasure),
                    places(line.y(), layout.y()::placeOfMeasure),
                    stroke,
                    colour.withOpacity(look.style().opacity(1)));
        }
    }

    private void arrows(Marks.Arrows arrows) {
        Look look = arrows.look();
        double width = look.style().lineWidth(ARROW);
        for (int k = 0; k < arrows.x().length; k++) {
            StopRequest.poll();
            arrow(
                    layout.x().placeOfMeasure(arrows.x()[k]),
                    layout.y().placeOfMeasure(arrows.y()[k]),
                    layout.x().placeOfMeasure(arrows.toX()[k]),
                    layout.y().placeOfMeasure(arrows.toY()[k]),
                    width,
                    look.colour(arrows.elements()[k]).withOpacity(look.style().opacity(1)));
        }
    }

    private void arrow(double x1, double y1, double x2, double y2, double width, Colour colour) {
        double length = Math.hypot(x2 - x1, y2 - y1);
        if (length < width) {
            canvas.discs(new double[] {x1}, new double[] {y1}, width / 2, colour.withOpacity(0.6));
            return;
        }
        double head = Math.min(HEAD * width / ARROW, length / 2);
        double alongX = head * (x2 - x1) / length;
        double alongY = head * (y2 - y1) / length;
        canvas.line(x1, y1, x2 - alongX, y2 - alongY, Stroke.solid(width), colour);
        canvas.polygon(
                new double[] {x2, x2 - alongX - 0.4 * alongY, x2 - alongX + 0.4 * alongY},
                new double[] {y2, y2 - alongY + 0.4 * alongX, y2 - alongY - 0.4 * alongX},
                colour);
    }

    private static double[] places(double[] measures, DoubleUnaryOperator place) {
        return Arrays.stream(measures).map(place).toArray();
    }
}
