package org.sdescript.plot.canvas;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sdescript.image.Pixels;
import org.sdescript.interrupt.StopRequest;

/**
 * A canvas of Braille characters. Each character holds two by four nearly square dots, and has the colour of the
 * layer with most of its dots. Coordinates are in dots.
 */
public final class BrailleCanvas implements Drawing {
    public static final int ACROSS = 2;
    public static final int DOWN = 4;
    private static final int FIRST = 0x2800;
    /** The bit of each dot in a character, by row and column. */
    private static final int[][] BITS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    /** Bayer's dither thresholds, in which neighbours differ most, so that denser areas keep more dots. */
    private static final int[][] THRESHOLDS = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};

    /** The radius above which a point takes 2 × 2 dots: sparse single dots are hardly visible. */
    private static final double LARGE = 3;

    private static final double CROWDED = 0.95;

    /** The marks of one layer: the number of points on each dot, and the dots of lines and areas. */
    private final class Ink {
        private final int[] points = new int[width * height];
        private final boolean[] solid = new boolean[width * height];
        private int crowd = -1;

        boolean isOn(int x, int y) {
            int at = y * width + x;
            if (solid[at]) {
                return true;
            }
            double limit = crowd() * (THRESHOLDS[y % 4][x % 4] + 0.5) / 20;
            return points[at] > 0 && (crowd() <= 2 || points[at] > limit);
        }

        /** Returns the number of points on a full dot, by the 95 % quantile. */
        private int crowd() {
            if (crowd < 0) {
                int[] counts = Arrays.stream(points)
                        .filter(count -> count > 0)
                        .sorted()
                        .toArray();
                crowd = counts.length == 0 ? 0 : counts[(int) (CROWDED * (counts.length - 1))];
            }
            return crowd;
        }
    }

    private final int width;
    private final int height;
    private final Map<Integer, Ink> inks = new LinkedHashMap<>();

    public BrailleCanvas(int columns, int rows) {
        width = columns * ACROSS;
        height = rows * DOWN;
    }

    /** @return the Braille character at a position, a blank if no dot is set */
    public char letter(int column, int row) {
        int bits = 0;
        for (Ink ink : inks.values()) {
            bits |= bits(ink, column, row);
        }
        return bits == 0 ? ' ' : (char) (FIRST + bits);
    }

    /** Returns the colour of most dots in a character; for equal counts, that of the later layer. */
    public int colour(int column, int row) {
        int most = 0;
        int colour = 0;
        for (Map.Entry<Integer, Ink> ink : inks.entrySet()) {
            int count = Integer.bitCount(bits(ink.getValue(), column, row));
            if (count > 0 && count >= most) {
                most = count;
                colour = ink.getKey();
            }
        }
        return colour;
    }

    private static int bits(Ink ink, int column, int row) {
        int bits = 0;
        for (int y = 0; y < DOWN; y++) {
            for (int x = 0; x < ACROSS; x++) {
                bits |= ink.isOn(column * ACROSS + x, row * DOWN + y) ? BITS[y][x] : 0;
            }
        }
        return bits;
    }

    private Ink ink(Colour colour) {
        return inks.computeIfAbsent(colour.rgb(), its -> new Ink());
    }

    private boolean isInside(int x, int y) {
        return x >= 0 && x < width && y >= 0 && y < height;
    }

    private static int dot(double place) {
        return (int) Math.floor(place);
    }

    /** Does nothing: the canvas ignores dots outside. */
    @Override
    public void clip(Box box) {}

    @Override
    public void unclip() {}

    @Override
    public void rectangle(Box box, Colour fill) {
        double[] x = {box.left(), box.right(), box.right(), box.left()};
        double[] y = {box.top(), box.top(), box.bottom(), box.bottom()};
        polygon(x, y, fill);
    }

    /** Fills an area; a translucent area gets every fourth dot. */
    @Override
    public void polygon(double[] x, double[] y, Colour fill) {
        Ink ink = ink(fill);
        int step = fill.opacity() < 0.5 ? 2 : 1;
        int shift = inks.size() - 1;
        for (int row = shift % step; row < height; row += step) {
            for (int column = shift % step; column < width; column += step) {
                if (holds(x, y, column + 0.5, row + 0.5)) {
                    ink.solid[row * width + column] = true;
                }
            }
        }
    }

    /** True if the point is inside, by the parity of the edges to its right. */
    private static boolean holds(double[] x, double[] y, double px, double py) {
        boolean inside = false;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            if (y[i] > py != y[j] > py && px < (x[j] - x[i]) * (py - y[i]) / (y[j] - y[i]) + x[i]) {
                inside = !inside;
            }
        }
        return inside;
    }

    @Override
    public void polyline(double[] x, double[] y, Stroke stroke, Colour colour) {
        Ink ink = ink(colour);
        int walked = 0;
        for (int k = 1; k < x.length; k++) {
            StopRequest.poll();
            int steps = (int) Math.ceil(Math.max(Math.abs(x[k] - x[k - 1]), Math.abs(y[k] - y[k - 1])));
            for (int i = 0; i <= Math.min(steps, width + height); i++) {
                double part = steps == 0 ? 0 : (double) i / steps;
                int column = dot(x[k - 1] + part * (x[k] - x[k - 1]));
                int row = dot(y[k - 1] + part * (y[k] - y[k - 1]));
                if (isInside(column, row) && isDrawn(stroke.dash(), walked++)) {
                    ink.solid[row * width + column] = true;
                }
            }
        }
    }

    /** True if the dot at this place of a line belongs to its pattern. */
    private static boolean isDrawn(Dash dash, int walked) {
        return switch (dash) {
            case SOLID -> true;
            case DASHED -> walked % 7 < 4;
            case DOTTED -> walked % 3 == 0;
            case DASHDOT -> walked % 10 < 5 || walked % 10 == 7;
        };
    }

    @Override
    public void discs(double[] x, double[] y, double radius, Colour fill) {
        Ink ink = ink(fill);
        int size = radius >= LARGE ? 2 : 1;
        for (int k = 0; k < x.length; k++) {
            StopRequest.poll();
            for (int at = 0; at < size * size; at++) {
                int column = dot(x[k] - (size - 1) / 2.0) + at % size;
                int row = dot(y[k] - (size - 1) / 2.0) + at / size;
                if (isInside(column, row)) {
                    ink.points[row * width + column]++;
                }
            }
        }
    }

    /** Sets dots where the image is bright, dithered by brightness. */
    @Override
    public void pixels(Pixels pixels, Box box) {
        for (int y = Math.max(0, (int) box.top()); y < Math.min(height, box.bottom() + 1); y++) {
            for (int x = Math.max(0, (int) box.left()); x < Math.min(width, box.right() + 1); x++) {
                int column = (int) Math.clamp((x - box.left()) / box.width() * pixels.width(), 0, pixels.width() - 1.0);
                int row = (int) Math.clamp((y - box.top()) / box.height() * pixels.height(), 0, pixels.height() - 1.0);
                int rgb = pixels.rgb()[row * pixels.width() + column];
                double light = (0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF)) / 255;
                if (light > (THRESHOLDS[y % 4][x % 4] + 0.5) / 16) {
                    line(x, y, x, y, Stroke.solid(1), Colour.series(0));
                }
            }
        }
    }
}
