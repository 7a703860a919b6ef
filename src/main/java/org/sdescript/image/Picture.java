package org.sdescript.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.sdescript.files.FileFault;

/** A picture from a file: PNG, JPEG, GIF, BMP or TIFF. What is transparent in it is white. */
public final class Picture {
    private final int width;
    private final int height;
    private final boolean isGrey;
    private final int[] rgb;

    private Picture(BufferedImage image) {
        width = image.getWidth();
        height = image.getHeight();
        isGrey = image.getRaster().getNumBands() < 3
                && image.getColorModel().getColorSpace().getNumComponents() == 1;
        BufferedImage flat = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D paper = flat.createGraphics();
        paper.drawImage(image, 0, 0, Color.WHITE, null);
        paper.dispose();
        rgb = flat.getRGB(0, 0, width, height, null, 0, width);
    }

    /** Empty where the file is not a picture, or a damaged one. */
    public static Optional<Picture> read(Path file) {
        ImageIO.setUseCache(false);
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.ofNullable(decoded(in)).map(Picture::new);
        } catch (IOException failure) {
            throw FileFault.reading(file, failure);
        }
    }

    /** ImageIO's readers throw nearly anything at damaged files. */
    private static BufferedImage decoded(InputStream in) {
        try {
            return ImageIO.read(in);
        } catch (IOException | RuntimeException damaged) {
            return null;
        }
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public boolean isGrey() {
        return isGrey;
    }

    /**
     * The middle of the picture in so many pixels, each the mean of what it covers; of pixels smaller than the picture's
     * own, the nearest.
     *
     * @param channels 3 for red, green and blue, 1 for their luminance
     * @param target row-major {@code [channels, high, wide]} from −1 to 1, written from {@code from} on
     */
    public void scaled(int channels, int high, int wide, float[] target, int from) {
        double step = Math.min((double) width / wide, (double) height / high);
        double left = (width - step * wide) / 2;
        double top = (height - step * high) / 2;
        double[] sums = new double[3];
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                mean(left + x * step, top + y * step, step, sums);
                for (int c = 0; c < channels; c++) {
                    double value = channels == 1 ? 0.299 * sums[0] + 0.587 * sums[1] + 0.114 * sums[2] : sums[c];
                    target[from + (c * high + y) * wide + x] = (float) (value / 127.5 - 1);
                }
            }
        }
    }

    /** The mean over a square of the picture: its pixels, weighted by how much of them it covers. */
    private void mean(double left, double top, double side, double[] sums) {
        java.util.Arrays.fill(sums, 0);
        double all = 0;
        for (int y = (int) top; y < Math.min(height, Math.ceil(top + side)); y++) {
            double tall = Math.min(y + 1, top + side) - Math.max(y, top);
            for (int x = (int) left; x < Math.min(width, Math.ceil(left + side)); x++) {
                double weight = tall * (Math.min(x + 1, left + side) - Math.max(x, left));
                int pixel = rgb[y * width + x];
                sums[0] += weight * (pixel >> 16 & 0xFF);
                sums[1] += weight * (pixel >> 8 & 0xFF);
                sums[2] += weight * (pixel & 0xFF);
                all += weight;
            }
        }
        for (int c = 0; c < 3; c++) {
            sums[c] /= all;
        }
    }
}
