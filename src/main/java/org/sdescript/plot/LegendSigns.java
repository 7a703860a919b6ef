package org.sdescript.plot;

import org.sdescript.plot.canvas.Box;
import org.sdescript.plot.canvas.Canvas;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Stroke;

/** Draws the sign of a layer in the legend: a small piece of the layer itself. */
final class LegendSigns {
    private static final double POINT = 4;
    private static final double WIDE = 1.9;
    private static final double THIN = 1.2;
    private static final double AREA = 0.35;

    private final Canvas canvas;

    LegendSigns(Canvas canvas) {
        this.canvas = canvas;
    }

    void draw(Marks marks, double left, double middle) {
        Look look = marks.look();
        Colour colour = look.colour();
        double centre = left + Legend.SWATCH / 2;
        Box area = new Box(left + 1, middle - 4.5, Legend.SWATCH - 2, 9);
        switch (marks) {
            case Marks.Dots dots -> point(look, centre, middle, POINT);
            case Marks.Whiskers whiskers -> {
                canvas.line(centre, middle - 6, centre, middle + 6, Stroke.solid(THIN), colour);
                point(look, centre, middle, 3);
            }
            case Marks.Curve curve -> {
                line(look, left, middle, WIDE);
                look.style().marker().ifPresent(marker -> point(look, centre, middle, 3));
            }
            case Marks.Paths paths -> line(look, left, middle, WIDE);
            case Marks.Rules rules -> line(look, left, middle, THIN);
            case Marks.Contours contours -> line(look, left, middle, THIN);
            case Marks.Arrows arrows -> line(look, left, middle, THIN);
            case Marks.Area band -> canvas.rectangle(area, colour.withOpacity(AREA));
            case Marks.Steps steps -> {
                canvas.rectangle(area, colour.withOpacity(AREA));
                canvas.line(area.left(), area.top(), area.right(), area.top(), Stroke.solid(1.4), colour);
            }
            case Marks.Columns columns ->
                canvas.rectangle(area, colour.withOpacity(look.style().opacity(1)));
            case Marks.Cells cells -> canvas.rectangle(area, colour);
            case Marks.Words words -> canvas.rectangle(area, colour);
        }
    }

    private void line(Look look, double left, double middle, double width) {
        Stroke stroke = new Stroke(look.style().lineWidth(width), look.style().dash());
        // longer than the sign of a point, so that a pattern of dashes is seen
        canvas.line(left - 2, middle, left + Legend.SWATCH + 1, middle, stroke, look.colour());
    }

    private void point(Look look, double x, double y, double radius) {
        PointPainter.draw(
                canvas,
                look.style().marker().orElse(Marker.CIRCLE),
                new double[] {x},
                new double[] {y},
                radius,
                look.colour());
    }
}
