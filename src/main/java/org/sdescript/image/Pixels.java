package org.sdescript.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sdescript.interrupt.StopRequest;

/**
 * A rectangle of colours.
 *
 * @param rgb row-major from the top left, with red in the third byte and blue in the first
 */
public record Pixels(int width, int height, int[] rgb) {
    private static final int GAP_COLOUR = 0xFFFFFF;

    public Pixels {
        if (rgb.length != width * height) {
            throw new IllegalArgumentException(rgb.length + " pixels, not " + width + " × " + height);
        }
    }

    /**
     * Converts numbers {@code [1 or 3, height, width]}, from {@code from} on, from −1 (dark) to 1; values outside are
     * clamped.
     */
    public static Pixels of(double[] values, int from, int channels, int height, int width) {
        int[] rgb = new int[width * height];
        for (int k = 0; k < rgb.length; k++) {
            for (int c = 0; c < 3; c++) {
                double value = values[from + k + (channels == 1 ? 0 : c * rgb.length)];
                rgb[k] = rgb[k] << 8
                        | (int) Math.rint(127.5 * (Math.clamp(Double.isNaN(value) ? -1 : value, -1, 1) + 1));
            }
        }
        return new Pixels(width, height, rgb);
    }

    /** Tiles pictures of one size, row by row, with white gaps. */
    public static Pixels tiled(Pixels[] tiles, int columns, int gap) {
        int rows = Math.ceilDiv(tiles.length, columns);
        int high = tiles[0].height + gap;
        int wide = tiles[0].width + gap;
        Pixels sheet = new Pixels(
                columns * wide - gap, rows * high - gap, new int[(columns * wide - gap) * (rows * high - gap)]);
        Arrays.fill(sheet.rgb, GAP_COLOUR);
        for (int i = 0; i < tiles.length; i++) {
            for (int y = 0; y < tiles[i].height; y++) {
                StopRequest.poll();
                int to = (i / columns * high + y) * sheet.width + i % columns * wide;
                System.arraycopy(tiles[i].rgb, y * tiles[i].width, sheet.rgb, to, tiles[i].width);
            }
        }
        return sheet;
    }

    /** Enlarges each pixel to a square of factor × factor pixels. */
    public Pixels enlarged(int factor) {
        int[] large = new int[rgb.length * factor * factor];
        for (int k = 0; k < large.length; k++) {
            large[k] = rgb[k / (width * factor) / factor * width + k % (width * factor) / factor];
        }
        return new Pixels(width * factor, height * factor, large);
    }

    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }

    public void writePng(OutputStream out) throws IOException {
        try (ImageOutputStream image = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image(), "png", image);
        }
    }

    public byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writePng(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
