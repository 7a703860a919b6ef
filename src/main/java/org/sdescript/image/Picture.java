package org.sdescript.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.sdescript.files.FileFault;
import org.sdescript.interrupt.StopRequest;

/**
 * A picture from a file: PNG, JPEG, GIF, BMP or TIFF. Values are those in the file, in any bit depth, oriented by
 * EXIF; colour profiles and gamma are not applied. Transparent pixels are blended with white.
 */
public final class Picture {
    private static final double WHITE = 255;

    private final BufferedImage image;
    private final Raster raster;
    private final boolean isGrey;
    private final Orientation orientation;

    /** @param isGrey true for a picture of one channel, or a palette of greys */
    Picture(BufferedImage image, boolean isGrey, Orientation orientation) {
        this.image = image;
        this.raster = image.getRaster();
        this.isGrey = isGrey;
        this.orientation = orientation;
    }

    /** Reads a picture; empty if the file is not a picture or is damaged. */
    public static Optional<Picture> read(Path file) {
        try {
            return PictureFile.decoded(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw FileFault.reading(file, failure);
        } catch (OutOfMemoryError tooLarge) {
            return Optional.empty();
        }
    }

    public int width() {
        return orientation.swapped() ? image.getHeight() : image.getWidth();
    }

    public int height() {
        return orientation.swapped() ? image.getWidth() : image.getHeight();
    }

    public boolean isGrey() {
        return isGrey;
    }

    /**
     * Scales the largest centred part of the target's aspect ratio; each target pixel is the mean of its area, or the
     * nearest pixel if the target is finer.
     *
     * @param channels 3 for red, green and blue, 1 for luminance
     * @param target row-major {@code [channels, high, wide]} from −1 to 1, written from {@code from} on
     */
    public void scaled(int channels, int high, int wide, float[] target, int from) {
        double step = Math.min((double) width() / wide, (double) height() / high);
        double left = (width() - step * wide) / 2;
        double top = (height() - step * high) / 2;
        double[] sums = new double[4 * wide];
        int[] samples = new int[width() * raster.getNumBands()];
        for (int y = 0; y < high; y++) {
            StopRequest.poll();
            Arrays.fill(sums, 0);
            double upper = top + y * step;
            for (int row = (int) upper; row < Math.min(height(), Math.ceil(upper + step)); row++) {
                double tall = Math.min(row + 1, upper + step) - Math.max(row, upper);
                readRow(row, samples);
                addRow(samples, tall, left, step, sums);
            }
            for (int x = 0; x < wide; x++) {
                double red = sums[4 * x];
                double green = sums[4 * x + 1];
                double blue = sums[4 * x + 2];
                double weight = sums[4 * x + 3];
                for (int c = 0; c < channels; c++) {
                    double value = channels == 3
                            ? sums[4 * x + c] / weight
                            : isGrey ? red / weight : (0.299 * red + 0.587 * green + 0.114 * blue) / weight;
                    target[from + (c * high + y) * wide + x] = (float) (value / 127.5 - 1);
                }
            }
        }
    }

    /** Adds the pixels of a displayed row to the target pixels that they overlap, weighted by the area of the overlap. */
    private void addRow(int[] samples, double tall, double left, double side, double[] sums) {
        int bands = raster.getNumBands();
        boolean isReversed = orientation.swapped() ? orientation.fromBelow() : orientation.fromRight();
        double[] colour = new double[3];
        for (int i = 0; 4 * i < sums.length; i++) {
            double start = left + i * side;
            for (int x = (int) start; x < Math.min(width(), Math.ceil(start + side)); x++) {
                double weight = tall * (Math.min(x + 1, start + side) - Math.max(x, start));
                readColour(samples, (isReversed ? width() - 1 - x : x) * bands, colour);
                sums[4 * i] += weight * colour[0];
                sums[4 * i + 1] += weight * colour[1];
                sums[4 * i + 2] += weight * colour[2];
                sums[4 * i + 3] += weight;
            }
        }
    }

    /** Reads the samples of a displayed row, in the order in which they are stored. */
    private void readRow(int y, int[] samples) {
        int length = width();
        int line = orientation.swapped() ? y : orientation.fromBelow() ? image.getHeight() - 1 - y : y;
        int column = orientation.swapped() && orientation.fromRight() ? image.getWidth() - 1 - line : line;
        if (orientation.swapped()) {
            raster.getPixels(column, 0, 1, length, samples);
        } else {
            raster.getPixels(0, line, length, 1, samples);
        }
    }

    /** Computes red, green and blue of a pixel, each from 0 to 255. */
    private void readColour(int[] samples, int at, double[] colour) {
        double alpha = 1;
        if (image.getColorModel() instanceof IndexColorModel palette) {
            int entry = Math.min(samples[at], palette.getMapSize() - 1);
            colour[0] = palette.getRed(entry);
            colour[1] = palette.getGreen(entry);
            colour[2] = palette.getBlue(entry);
            alpha = palette.getAlpha(entry) / WHITE;
        } else {
            int colours = image.getColorModel().getNumColorComponents();
            for (int c = 0; c < 3; c++) {
                colour[c] = value(samples, at, Math.min(c, colours - 1));
            }
            if (image.getColorModel().hasAlpha()) {
                alpha = value(samples, at, colours) / WHITE;
            }
        }
        if (alpha < 1) {
            double share = image.isAlphaPremultiplied() ? 1 : alpha;
            for (int c = 0; c < 3; c++) {
                colour[c] = Math.min(WHITE, share * colour[c] + (1 - alpha) * WHITE);
            }
        }
    }

    private double value(int[] samples, int at, int band) {
        int most = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
        return samples[at + band] * WHITE / most;
    }
}
