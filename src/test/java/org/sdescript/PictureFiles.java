package org.sdescript;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Writes small files in the formats of image data sets. */
public final class PictureFiles {
    private PictureFiles() {}

    /** Writes one file per format, where the examples of the manual read them. */
    public static void in(Path folder) throws IOException {
        picture(folder.resolve("photographs/cats/one.png"), 8, 8, Color.RED);
        picture(folder.resolve("photographs/dogs/one.png"), 8, 8, Color.BLUE);
        for (String place : List.of(".", "data/mnist", "data/fashion_mnist")) {
            for (String part : List.of("train", "t10k")) {
                idx(folder.resolve(place).resolve(part + "-images-idx3-ubyte.gz"), new int[] {2, 4, 4}, pixels());
                idx(folder.resolve(place).resolve(part + "-labels-idx1-ubyte.gz"), new int[] {2}, new byte[] {7, 3});
            }
        }
        for (int i = 1; i <= 5; i++) {
            cifar(folder.resolve("data/cifar10/data_batch_" + i + ".bin"), i);
        }
        npz(folder.resolve("pictures.npz"));
    }

    /** The bytes of two different pictures. */
    private static byte[] pixels() {
        byte[] numbers = new byte[32];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (byte) (8 * i);
        }
        return numbers;
    }

    /** A picture of one colour. */
    public static Path picture(Path file, int width, int height, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        return picture(file, image);
    }

    public static Path picture(Path file, BufferedImage image) throws IOException {
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** Bytes of a shape in IDX format, compressed. */
    public static Path idx(Path file, int[] shape, byte[] numbers) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(new byte[] {0, 0, 0x08, (byte) shape.length});
            for (int axis : shape) {
                out.write(ByteBuffer.allocate(4).putInt(axis).array());
            }
            out.write(numbers);
        }
        return file;
    }

    /** One image whose first pixel is white in red, with a label. */
    public static Path cifar(Path file, int label) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] record = new byte[1 + 3 * 32 * 32];
        record[0] = (byte) label;
        record[1] = (byte) 255;
        return Files.write(file, record);
    }

    private static void npz(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(npy("<f4", "(2, 2)", new byte[16]));
            zip.putNextEntry(new ZipEntry("y.npy"));
            zip.write(npy("|u1", "(2,)", new byte[] {1, 0}));
        }
    }

    /** Version 1.0 of NumPy's format. */
    public static byte[] npy(String type, String shape, byte[] numbers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(numbers);
        return out.toByteArray();
    }

    /** Adds an EXIF segment with an orientation to a JPEG. */
    public static byte[] turned(byte[] jpeg, int orientation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0});
        out.write(tiffBlock(orientation));
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** A TIFF header with a directory of one entry: the orientation. */
    public static byte[] tiffBlock(int orientation) {
        return ByteBuffer.allocate(26)
                .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1})
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }
}
