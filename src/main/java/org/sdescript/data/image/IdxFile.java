package org.sdescript.data.image;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.files.PlainBytes;

/**
 * A file in MNIST's IDX format (LeCun et al. 1998): two zero bytes, a type code, the number of axes, their sizes, and
 * the numbers in row-major order, all big-endian; often compressed with gzip.
 *
 * <pre>
 * E0750  another format
 * E0751  fewer or more numbers than the header declares
 * E0725  more numbers than an array of Java holds
 * </pre>
 *
 * @param bytes the bytes of all numbers, as in the file
 */
public record IdxFile(Element element, long[] shape, ByteBuffer bytes) {
    private static final int MOST_AXES = 32;

    /** The element types, with their codes and sizes in bytes. */
    enum Element {
        UBYTE(0x08, 1),
        BYTE(0x09, 1),
        SHORT(0x0B, 2),
        INT(0x0C, 4),
        FLOAT(0x0D, 4),
        DOUBLE(0x0E, 8);

        private final int code;
        private final int size;

        Element(int code, int size) {
            this.code = code;
            this.size = size;
        }

        boolean isWhole() {
            return this != FLOAT && this != DOUBLE;
        }
    }

    public static IdxFile read(Path path) {
        FileFault.requireReadable(path);
        try (DataInputStream in = new DataInputStream(PlainBytes.of(path))) {
            int start = in.readInt();
            Element element = Arrays.stream(Element.values())
                    .filter(each -> start >>> 8 == each.code)
                    .findFirst()
                    .orElseThrow(() -> otherFormat(path));
            long[] shape = new long[start & 0xFF];
            if (shape.length > MOST_AXES) {
                throw otherFormat(path);
            }
            for (int k = 0; k < shape.length; k++) {
                shape[k] = Integer.toUnsignedLong(in.readInt());
            }
            return new IdxFile(element, shape, numbers(in, path, shape, element.size));
        } catch (EOFException | ZipException short_) {
            throw otherFormat(path);
        } catch (IOException failure) {
            throw FileFault.reading(path, failure);
        }
    }

    private static ByteBuffer numbers(InputStream in, Path path, long[] shape, int size) throws IOException {
        long wanted = size;
        for (long axis : shape) {
            wanted *= Math.max(1, axis);
            if (wanted > Integer.MAX_VALUE - 8) {
                throw tooLarge(path, shape);
            }
        }
        if (Arrays.stream(shape).anyMatch(axis -> axis == 0)) {
            wanted = 0;
        }
        if (wanted > PlainBytes.MOST_UNPACKED * Files.size(path)) {
            throw cutOff(path, shape);
        }
        byte[] bytes;
        try {
            bytes = in.readNBytes((int) wanted);
            if (bytes.length == wanted && in.read() >= 0) { // reading the end also verifies the checksum of gzip
                throw tooMany(path, shape);
            }
        } catch (EOFException | ZipException damaged) {
            throw cutOff(path, shape);
        }
        if (bytes.length < wanted) {
            throw cutOff(path, shape);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Converts bytes to pixels: 0 becomes −1 and 255 becomes 1. */
    float[] pixels() {
        float[] pixels = new float[bytes.capacity()];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (bytes.get(k) & 0xFF) / 127.5f - 1;
        }
        return pixels;
    }

    public double[] numbers() {
        double[] numbers = new double[bytes.capacity() / element.size];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = number(k * element.size);
        }
        return numbers;
    }

    private double number(int at) {
        return switch (element) {
            case UBYTE -> bytes.get(at) & 0xFF;
            case BYTE -> bytes.get(at);
            case SHORT -> bytes.getShort(at);
            case INT -> bytes.getInt(at);
            case FLOAT -> bytes.getFloat(at);
            case DOUBLE -> bytes.getDouble(at);
        };
    }

    private static SdeError otherFormat(Path path) {
        return Diagnostic.error("E0750", null, path + " is not in the IDX format")
                .note("such files begin with two zero bytes, a type and a number of axes, as those of MNIST do")
                .help("`npy` and `csv` read other arrays, `images` a folder of pictures")
                .raise();
    }

    private static SdeError tooLarge(Path path, long[] shape) {
        return Diagnostic.error(
                        "E0725",
                        null,
                        path + " says that it has more numbers than can be read at once: " + Arrays.toString(shape))
                .help("divide it into files of at most 2 GiB; or it is damaged")
                .raise();
    }

    private static SdeError tooMany(Path path, long[] shape) {
        return Diagnostic.error(
                        "E0751",
                        null,
                        path + " is damaged: it has more numbers than its shape " + Arrays.toString(shape) + " holds")
                .help("get the file once more")
                .raise();
    }

    private static SdeError cutOff(Path path, long[] shape) {
        return Diagnostic.error(
                        "E0751",
                        null,
                        path + " is cut off or damaged: not all numbers of " + Arrays.toString(shape) + " are there")
                .help("get the file once more")
                .raise();
    }
}
