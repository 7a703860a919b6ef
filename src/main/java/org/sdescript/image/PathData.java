package org.sdescript.image;

import java.awt.geom.Path2D;
import java.util.regex.Pattern;

/** Outlines as SVG path data of the commands M and z and, relative to the point before, h, v, l and q. */
public final class PathData {
    private static final Pattern COMMAND = Pattern.compile("([Mhvlqz])([^Mhvlqz]*)");
    private static final Pattern START = Pattern.compile("M(-?\\d+) ?(-?\\d+)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private PathData() {}

    /** Shifts path data of whole numbers; only M has absolute numbers. */
    static String moved(String data, int x, int y) {
        return START.matcher(data)
                .replaceAll(start ->
                        "M" + (Integer.parseInt(start.group(1)) + x) + " " + (Integer.parseInt(start.group(2)) + y));
    }

    /** Returns the data as a shape of Java2D. */
    public static Path2D shape(String data) {
        Path2D path = new Path2D.Double();
        COMMAND.matcher(data).results().forEach(command -> {
            double[] by = NUMBER.matcher(command.group(2))
                    .results()
                    .mapToDouble(number -> Integer.parseInt(number.group()))
                    .toArray();
            if (command.group(1).equals("M")) {
                path.moveTo(by[0], by[1]);
                return;
            }
            double x = path.getCurrentPoint().getX();
            double y = path.getCurrentPoint().getY();
            switch (command.group(1)) {
                case "h" -> path.lineTo(x + by[0], y);
                case "v" -> path.lineTo(x, y + by[0]);
                case "l" -> path.lineTo(x + by[0], y + by[1]);
                case "q" -> path.quadTo(x + by[0], y + by[1], x + by[2], y + by[3]);
                default -> path.closePath();
            }
        });
        return path;
    }
}
