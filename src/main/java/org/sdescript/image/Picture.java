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
        double[][] sums = new double[wide][4];
        for (int y = 0; y < high; y++) {
            StopRequest.poll();
            for (double[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            double upper = top + y * step;
            for (int row = (int) upper; row < Math.min(height(), Math.ceil(upper + step)); row++) {
                double tall = Math.min(row + 1, upper + step) - Math.max(row, upper);
                addRow(row(row), tall, left, step, sums);
            }
            for (int x = 0; x < wide; x++) {
                double[] sum = sums[x];
                for (int c = 0; c < channels; c++) {
                    double value = channels == 3
                            ? sum[c] / sum[3]
                            : isGrey ? sum[0] / sum[3] : (0.299 * sum[0] + 0.587 * sum[1] + 0.114 * sum[2]) / sum[3];
                    target[from + (c * high + y) * wide + x] = (float) (value / 127.5 - 1);
                }
            }
        }
    }

    /** Adds the pixels of a row to the target pixels that they overlap, weighted by the area of the overlap. */
    private void addRow(double[] row, double tall, double left, double side, double[][] sums) {
        for (int i = 0; i < sums.length; i++) {
            double start = left + i * side;
            for (int x = (int) start; x < Math.min(width(), Math.ceil(start + side)); x++) {
                double weight = tall * (Math.min(x + 1, start + side) - Math.max(x, start));
                sums[i][0] += weight * row[3 * x];
                sums[i][1] += weight * row[3 * x + 1];
                sums[i][2] += weight * row[3 * x + 2];
                sums[i][3] += weight;
            }
        }
    }

    /** Returns red, green and blue of each pixel in a displayed row, from 0 to 255. */
    private double[] row(int y) {
        int length = width();
        int line = orientation.swapped() ? y : orientation.fromBelow() ? image.getHeight() - 1 - y : y;
        int column = orientation.swapped() && orientation.fromRight() ? image.getWidth() - 1 - line : line;
        int[] samples = orientation.swapped()
                ? raster.getPixels(column, 0, 1, length, (int[]) null)
                : raster.getPixels(0, line, length, 1, (int[]) null);
        boolean isReversed = orientation.swapped() ? orientation.fromBelow() : orientation.fromRight();
        int bands = raster.getNumBands();
        double[] row = new double[3 * length];
        for (int x = 0; x < length; x++) {
            colour(samples, (isReversed ? length - 1 - x : x) * bands, row, 3 * x);
        }
        return row;
    }

    private void colour(int[] samples, int at, double[] row, int to) {
        double alpha = 1;
        if (image.getColorModel() instanceof IndexColorModel palette) {
            int entry = Math.min(samples[at], palette.getMapSize() - 1);
            row[to] = palette.getRed(entry);
            row[to + 1] = palette.getGreen(entry);
            row[to + 2] = palette.getBlue(entry);
            alpha = palette.getAlpha(entry) / WHITE;
        } else {
            int colours = image.getColorModel().getNumColorComponents();
            for (int c = 0; c < 3; c++) {
                row[to + c] = value(samples, at, Math.min(c, colours - 1));
            }
            if (image.getColorModel().hasAlpha()) {
                alpha = value(samples, at, colours) / WHITE;
            }
        }
        if (alpha < 1) {
            double share = image.isAlphaPremultiplied() ? 1 : alpha;
            for (int c = 0; c < 3; c++) {
                row[to + c] = Math.min(WHITE, share * row[to + c] + (1 - alpha) * WHITE);
            }
        }
    }

    private double value(int[] samples, int at, int band) {
        int most = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
        return samples[at + band] * WHITE / most;
    }
}
