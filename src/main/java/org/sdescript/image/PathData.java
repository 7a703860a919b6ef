package org.sdescript.image;

import java.awt.geom.Path2D;
import java.util.regex.Pattern;

/** Outlines as SVG path data of the commands M and z and, relative to the point before, h, v, l and q. */
public final class PathData {
    private static final Pattern COMMAND = Pattern.compile("([Mhvlqz])([^Mhvlqz]*)");
    private static final Pattern START = Pattern.compile("M(-?\\d+) ?(-?\\d+)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private PathData() {}

    /** Receives the parts of an outline, in absolute coordinates. */
    public interface Pen {
        void moveTo(double x, double y);

        void lineTo(double x, double y);

        /** Draws a quadratic Bézier curve. */
        void quadTo(double controlX, double controlY, double x, double y);

        void closePath();
    }

    /** Shifts path data of whole numbers; only M has absolute numbers. */
    static String moved(String data, int x, int y) {
        return START.matcher(data)
                .replaceAll(start ->
                        "M" + (Integer.parseInt(start.group(1)) + x) + " " + (Integer.parseInt(start.group(2)) + y));
    }

    /** Returns the data as a shape of Java2D. */
    public static Path2D shape(String data) {
        Path2D path = new Path2D.Double();
        draw(data, new Pen() {
            @Override
            public void moveTo(double x, double y) {
                path.moveTo(x, y);
            }

            @Override
            public void lineTo(double x, double y) {
                path.lineTo(x, y);
            }

            @Override
            public void quadTo(double controlX, double controlY, double x, double y) {
                path.quadTo(controlX, controlY, x, y);
            }

            @Override
            public void closePath() {
                path.closePath();
            }
        });
        return path;
    }

    /** Draws the data with a pen. */
    public static void draw(String data, Pen pen) {
        double[] at = {0, 0};
        COMMAND.matcher(data).results().forEach(command -> {
            double[] by = NUMBER.matcher(command.group(2))
                    .results()
                    .mapToDouble(number -> Integer.parseInt(number.group()))
                    .toArray();
            draw(command.group(1).charAt(0), by, at, pen);
        });
    }

    private static void draw(char command, double[] by, double[] at, Pen pen) {
        switch (command) {
            case 'M' -> {
                at[0] = by[0];
                at[1] = by[1];
                pen.moveTo(at[0], at[1]);
            }
            case 'h' -> pen.lineTo(at[0] += by[0], at[1]);
            case 'v' -> pen.lineTo(at[0], at[1] += by[0]);
            case 'l' -> pen.lineTo(at[0] += by[0], at[1] += by[1]);
            case 'q' -> {
                double x = at[0];
                double y = at[1];
                pen.quadTo(x + by[0], y + by[1], at[0] += by[2], at[1] += by[3]);
            }
            default -> pen.closePath();
        }
    }
}
