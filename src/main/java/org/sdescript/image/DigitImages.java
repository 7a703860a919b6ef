package org.sdescript.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sdescript.interrupt.StopRequest;

/**
 * Random images of single digits, bright on dark, in several typefaces, slightly rotated, slanted, scaled and
 * shifted.
 *
 * @param pixels row-major {@code [n, size, size]}, from −1 (dark) to 1
 * @param labels {@code [n]}, the digits
 */
public record DigitImages(float[] pixels, int[] labels) {
    /** The factor of the drawing's resolution, averaged down for smooth edges. */
    private static final int OVERSAMPLING = 4;

    private static final double LARGEST_TURN = Math.toRadians(10);
    private static final double LARGEST_SLANT = 0.15;
    /** Relative to the image's size: the range of a digit's height, its largest width, and its largest shift. */
    private static final double LOW = 0.68;

    private static final double HIGH = 0.86;
    private static final double WIDEST = 0.8;
    private static final double SHIFT = 0.06;

    /** Draws n digits; the result depends only on the generator. */
    public static DigitImages draw(int n, int size, RandomGenerator random) {
        List<List<Shape>> faces = DigitOutlines.all();
        float[] pixels = new float[Math.multiplyExact(n, size * size)];
        int[] labels = new int[n];
        BufferedImage paper = new BufferedImage(OVERSAMPLING * size, OVERSAMPLING * size, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = paper.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int i = 0; i < n; i++) {
            StopRequest.poll();
            labels[i] = random.nextInt(10);
            Shape digit = faces.get(random.nextInt(faces.size())).get(labels[i]);
            pen.setColor(Color.BLACK);
            pen.fillRect(0, 0, paper.getWidth(), paper.getHeight());
            pen.setColor(Color.WHITE);
            pen.fill(placed(digit, paper.getWidth(), random));
            reduce(paper, size, pixels, i * size * size);
        }
        pen.dispose();
        return new DigitImages(pixels, labels);
    }

    private static Shape placed(Shape digit, double extent, RandomGenerator random) {
        Rectangle2D box = digit.getBounds2D();
        double scale =
                Math.min(extent * random.nextDouble(LOW, HIGH) / box.getHeight(), extent * WIDEST / box.getWidth());
        AffineTransform place = new AffineTransform();
        place.translate(extent * (0.5 + within(SHIFT, random)), extent * (0.5 + within(SHIFT, random)));
        place.rotate(within(LARGEST_TURN, random));
        place.shear(within(LARGEST_SLANT, random), 0);
        place.scale(scale, scale);
        place.translate(-box.getCenterX(), -box.getCenterY());
        return place.createTransformedShape(digit);
    }

    private static double within(double bound, RandomGenerator random) {
        return bound * (2 * random.nextDouble() - 1);
    }

    /** Averages each block of the large drawing; black is −1, white is 1. */
    private static void reduce(BufferedImage paper, int size, float[] pixels, int from) {
        int[] rgb = paper.getRGB(0, 0, paper.getWidth(), paper.getHeight(), null, 0, paper.getWidth());
        double most = 255.0 * OVERSAMPLING * OVERSAMPLING;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int sum = 0;
                for (int k = 0; k < OVERSAMPLING * OVERSAMPLING; k++) {
                    int row = y * OVERSAMPLING + k / OVERSAMPLING;
                    sum += rgb[row * paper.getWidth() + x * OVERSAMPLING + k % OVERSAMPLING] & 0xFF;
                }
                pixels[from + y * size + x] = (float) (2 * sum / most - 1);
            }
        }
    }
}
