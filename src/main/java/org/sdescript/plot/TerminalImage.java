package org.sdescript.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.sdescript.runtime.TerminalAbilities;

/** Encodes an image in the protocol of a terminal. */
final class TerminalImage {
    private static final String ESCAPE = "\u001B";
    private static final String END = ESCAPE + "\\";
    /** The longest piece that Kitty accepts. */
    private static final int PIECE = 4096;

    private static final int SIXEL_WIDTH = 800;
    private static final int SIXEL_ROWS = 6;
    /** The number of levels per colour channel. */
    private static final int LEVELS = 6;

    private TerminalImage() {}

    static String of(BufferedImage image, TerminalAbilities screen) {
        int columns = Math.min(screen.columns() - 1, 80);
        return switch (screen.images()) {
            case NONE -> throw new IllegalArgumentException("no images");
            case KITTY -> kitty(png(image), columns);
            case ITERM ->
                ESCAPE + "]1337;File=inline=1;width=" + columns + ";preserveAspectRatio=1:" + png(image) + "\u0007";
            case SIXEL -> sixel(scaled(image));
        };
    }

    private static String png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    /** Encodes for Kitty: format 100 is PNG; m=1 announces more pieces. */
    private static String kitty(String data, int columns) {
        StringBuilder text = new StringBuilder();
        for (int start = 0; start < data.length(); start += PIECE) {
            int end = Math.min(data.length(), start + PIECE);
            text.append(ESCAPE)
                    .append("_G")
                    .append(start == 0 ? "a=T,f=100,q=2,c=" + columns + "," : "")
                    .append("m=")
                    .append(end < data.length() ? 1 : 0)
                    .append(';')
                    .append(data, start, end)
                    .append(END);
        }
        return text.toString();
    }

    private static BufferedImage scaled(BufferedImage image) {
        int width = Math.min(SIXEL_WIDTH, image.getWidth());
        int height = (int) Math.rint((double) image.getHeight() * width / image.getWidth());
        BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = smaller.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return smaller;
    }

    /**
     * Encodes as sixels: bands of six rows; in each band, for each of its colours, a character per column encodes the
     * rows with the colour.
     */
    private static String sixel(BufferedImage image) {
        StringBuilder text = new StringBuilder(ESCAPE + "Pq\"1;1;" + image.getWidth() + ";" + image.getHeight());
        for (int colour = 0; colour < LEVELS * LEVELS * LEVELS; colour++) {
            text.append('#').append(colour).append(";2");
            for (int level : new int[] {colour / (LEVELS * LEVELS), colour / LEVELS % LEVELS, colour % LEVELS}) {
                text.append(';').append(100 * level / (LEVELS - 1));
            }
        }
        for (int top = 0; top < image.getHeight(); top += SIXEL_ROWS) {
            band(text, image, top);
        }
        return text.append(END).toString();
    }

    private static void band(StringBuilder text, BufferedImage image, int top) {
        int[][] rows = new int[LEVELS * LEVELS * LEVELS][];
        for (int y = top; y < Math.min(top + SIXEL_ROWS, image.getHeight()); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int colour = colour(image.getRGB(x, y));
                rows[colour] = rows[colour] == null ? new int[image.getWidth()] : rows[colour];
                rows[colour][x] |= 1 << y - top;
            }
        }
        for (int colour = 0; colour < rows.length; colour++) {
            if (rows[colour] != null) {
                text.append('#').append(colour);
                repeated(text, rows[colour]);
                text.append('$');
            }
        }
        text.append('-');
    }

    /** Appends a run-length encoded band: {@code !n} repeats the next character n times. */
    private static void repeated(StringBuilder text, int[] columns) {
        for (int start = 0, end; start < columns.length; start = end) {
            end = start + 1;
            while (end < columns.length && columns[end] == columns[start]) {
                end++;
            }
            text.append(end - start > 1 ? "!" + (end - start) : "").append((char) ('?' + columns[start]));
        }
    }

    private static int colour(int rgb) {
        return level(rgb >> 16) * LEVELS * LEVELS + level(rgb >> 8) * LEVELS + level(rgb);
    }

    private static int level(int channel) {
        return ((channel & 0xFF) * (LEVELS - 1) + 127) / 255;
    }
}
