package org.sdescript.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.files.AtomicFile;

/**
 * Images [n, channels, height, width] of one or three channels side by side in a picture, as nearly square as it gets. Their range is
 * [−1, 1] where there are negative numbers and [0, 1] where there are none; what lies beyond is cut off.
 */
final class ImageGrid {
    private static final int GAP = 2;
    private static final int SMALLEST = 64;
    private static final int WHITE = 0xff;

    private final NumberArray images;
    private final int count;
    private final int channels;
    private final int height;
    private final int width;
    private final int columns;
    /** Pixels of the picture for one of an image: small images are enlarged. */
    private final int zoom;

    private final double lowest;

    private ImageGrid(NumberArray images) {
        long[] shape = images.shape();
        this.images = images;
        this.count = (int) shape[0];
        this.channels = (int) shape[1];
        this.height = (int) shape[2];
        this.width = (int) shape[3];
        this.columns = Math.max(1, (int) Math.ceil(Math.sqrt(count)));
        this.zoom = Math.max(1, SMALLEST / Math.max(1, Math.max(height, width)));
        this.lowest = DoubleStream.of(images.values()).anyMatch(value -> value < 0) ? -1 : 0;
    }

    static void write(NumberArray images, Path path) {
        long[] shape = images.shape();
        if (shape.length != 4 || shape[1] != 1 && shape[1] != 3) {
            throw Diagnostic.error(
                            "E0793",
                            null,
                            "images have shape [n, 1, height, width], or 3 in the place of 1 for colours, and not "
                                    + java.util.Arrays.toString(shape))
                    .help("`reshape(x, [-1, 1, 28, 28])` makes images of rows")
                    .raise();
        }
        AtomicFile.write(path, out -> write(new ImageGrid(images).picture(), out));
    }

    private static void write(BufferedImage picture, OutputStream out) throws IOException {
        ImageIO.setUseCache(false);
        ImageIO.write(picture, "png", out);
    }

    private BufferedImage picture() {
        int rows = Math.max(1, (count + columns - 1) / columns);
        BufferedImage picture = new BufferedImage(
                columns * (width * zoom + GAP) + GAP, rows * (height * zoom + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        for (int image = 0; image < count; image++) {
            int left = GAP + image % columns * (width * zoom + GAP);
            int top = GAP + image / columns * (height * zoom + GAP);
            for (int y = 0; y < height * zoom; y++) {
                for (int x = 0; x < width * zoom; x++) {
                    picture.setRGB(left + x, top + y, colour(image, y / zoom, x / zoom));
                }
            }
        }
        return picture;
    }

    private int colour(int image, int y, int x) {
        int red = level(image, 0, y, x);
        return channels == 1
                ? red << 16 | red << 8 | red
                : red << 16 | level(image, 1, y, x) << 8 | level(image, 2, y, x);
    }

    private int level(int image, int channel, int y, int x) {
        double value = images.values()[((image * channels + channel) * height + y) * width + x];
        return (int) Math.round(WHITE * Math.clamp((value - lowest) / (1 - lowest), 0.0, 1.0));
    }
}
