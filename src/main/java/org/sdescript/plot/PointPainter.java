package org.sdescript.plot;

import java.util.Arrays;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Drawing;
import org.sdescript.plot.canvas.Stroke;

/** Draws points in their shapes, all of nearly the same area. */
final class PointPainter {
    private static final double[][] SQUARE = {{-0.9, 0.9, 0.9, -0.9}, {-0.9, -0.9, 0.9, 0.9}};
    private static final double[][] TRIANGLE = {{0, 1.15, -1.15}, {-1.25, 0.8, 0.8}};
    private static final double[][] DIAMOND = {{0, 1.25, 0, -1.25}, {-1.25, 0, 1.25, 0}};
    private static final double ARM = 1.2;
    private static final double SLANTED = ARM / Math.sqrt(2);

    private PointPainter() {}

    static void draw(Drawing canvas, Marker marker, double[] x, double[] y, double radius, Colour colour) {
        switch (marker) {
            case CIRCLE -> canvas.discs(x, y, radius, colour);
            case SQUARE -> polygons(canvas, SQUARE, x, y, radius, colour);
            case TRIANGLE -> polygons(canvas, TRIANGLE, x, y, radius, colour);
            case DIAMOND -> polygons(canvas, DIAMOND, x, y, radius, colour);
            case PLUS -> crosses(canvas, ARM, 0, x, y, radius, colour);
            case CROSS -> crosses(canvas, SLANTED, SLANTED, x, y, radius, colour);
        }
    }

    private static void polygons(
            Drawing canvas, double[][] corners, double[] x, double[] y, double radius, Colour colour) {
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            canvas.polygon(scaled(corners[0], radius, x[k]), scaled(corners[1], radius, y[k]), colour);
        }
    }

    private static double[] scaled(double[] corners, double radius, double centre) {
        return Arrays.stream(corners).map(corner -> centre + radius * corner).toArray();
    }

    /** Draws two arms at right angles. */
    private static void crosses(
            Drawing canvas, double across, double down, double[] x, double[] y, double radius, Colour colour) {
        double a = radius * across;
        double b = radius * down;
        Stroke stroke = Stroke.solid(Math.max(0.8, radius / 2.2));
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            canvas.line(x[k] - a, y[k] - b, x[k] + a, y[k] + b, stroke, colour);
            canvas.line(x[k] - b, y[k] + a, x[k] + b, y[k] - a, stroke, colour);
        }
    }
}
