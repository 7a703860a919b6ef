package org.sdescript.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.files.FileText;
import org.sdescript.files.ZipArchive;
import org.sdescript.interrupt.StopRequest;

/**
 * Reads NumPy's files (numpy/lib/format.py): .npy, versions 1 to 3, and .npz, a zip archive of .npy files. Accepts
 * numbers and truth values of any size and byte order; refuses strings, complex numbers and Python objects. The
 * header is checked against the file size before memory is allocated.
 *
 * <pre>
 * E0755  not a file of NumPy, or a damaged one
 * E0756  elements that are not numbers
 * E0725  more numbers than an array of Java holds
 * </pre>
 */
final class NpyReading {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("([<>|=]?)(?:([fiub])([1248])|(\\?))");
    private static final int LONGEST_HEADER = 1 << 20;

    /** Floating-point numbers of 2, 4 or 8 bytes, whole numbers of 1 to 8 bytes, truth values of one byte. */
    private static final Pattern KNOWN = Pattern.compile("f[248]|[iu][1248]|b1|\\?");

    /**
     * An array from a file.
     *
     * @param array the numbers in double precision
     * @param wholes the exact numbers if all are whole and at most 2⁶³ − 1; else null
     * @param isWhole true for whole numbers and truth values
     */
    record Read(NumberArray array, long @Nullable [] wholes, boolean isWhole) {}

    private final String file;

    private NpyReading(String file) {
        this.file = file;
    }

    static Read npy(Path path) {
        NpyReading reading = new NpyReading(path.toString());
        FileFault.requireReadable(path);
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > Integer.MAX_VALUE - 8) {
                throw reading.tooLarge();
            }
            return reading.array(in.readNBytes((int) size));
        } catch (IOException failure) {
            throw FileFault.reading(path, failure);
        }
    }

    /** Returns the arrays by name, in file order. */
    static Map<String, Read> npz(Path path) {
        FileFault.requireReadable(path);
        try {
            Map<String, Read> arrays = new LinkedHashMap<>();
            ZipArchive zip = ZipArchive.of(path);
            for (ZipArchive.Entry entry : zip.entries()) {
                String name = entry.name().replaceFirst("\\.npy$", "");
                arrays.put(name, new NpyReading(FileText.shown(name) + " of " + path).array(zip.read(entry)));
            }
            if (arrays.isEmpty()) {
                throw new NpyReading(path.toString()).otherFormat("it holds no array");
            }
            return arrays;
        } catch (ZipException damaged) {
            throw new NpyReading(path.toString()).otherFormat(String.valueOf(damaged.getMessage()));
        } catch (IOException failure) {
            throw FileFault.reading(path, failure);
        }
    }

    private Read array(byte[] file) {
        if (file.length < 10 || !Arrays.equals(MAGIC, Arrays.copyOf(file, 6))) {
            throw otherFormat("it does not begin as one");
        }
        if (file[6] < 1 || file[6] > 3 || file[7] != 0) {
            throw otherFormat("it is of version " + file[6] + "." + file[7] + ", and 1.0 to 3.0 are read");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int from = file[6] == 1 ? 10 : 12;
        long length = file[6] == 1 ? Short.toUnsignedInt(bytes.getShort(8)) : file.length < 12 ? -1 : bytes.getInt(8);
        if (length < 0 || length > Math.min(LONGEST_HEADER, file.length - from)) {
            throw otherFormat("its header has no sensible length");
        }
        String text = new String(
                file, from, (int) length, file[6] == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        NpyHeader header = NpyHeader.of(text).orElseThrow(() -> otherFormat("its header is not as NumPy writes it"));
        return numbers(bytes.position(from + (int) length).slice(), header);
    }

    private Read numbers(ByteBuffer bytes, NpyHeader header) {
        Matcher type = TYPE.matcher(header.descr().orElse(""));
        if (!type.matches()) {
            throw notNumbers(header);
        }
        char kind = type.group(2) == null ? '?' : type.group(2).charAt(0);
        int size = type.group(3) == null ? 1 : Integer.parseInt(type.group(3));
        if (!KNOWN.matcher(kind == '?' ? "?" : kind + "" + size).matches()) {
            throw notNumbers(header);
        }
        int count = count(header.shape(), size, bytes.remaining());
        bytes.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[count];
        long[] wholes = kind == 'f' ? null : new long[count];
        boolean fits = kind != 'f';
        for (int i = 0; i < count; i++) {
            if (wholes == null) {
                values[i] = decimal(bytes, i * size, size);
            } else {
                wholes[i] = whole(bytes, i * size, size, kind == 'i');
                boolean isBeyond = kind == 'u' && size == 8 && wholes[i] < 0;
                values[i] = isBeyond ? unsigned(wholes[i]) : wholes[i];
                fits &= !isBeyond;
            }
        }
        if (header.byColumns()) {
            int[] order = byRows(header.shape(), count);
            double[] columns = values;
            long[] whole = wholes;
            values = Arrays.stream(order).mapToDouble(k -> columns[k]).toArray();
            wholes = whole == null
                    ? null
                    : Arrays.stream(order).mapToLong(k -> whole[k]).toArray();
        }
        NumberArray array = new NumberArray(header.shape(), values, kind == 'f' && size < 8);
        return new Read(array, fits ? wholes : null, kind != 'f');
    }

    /** Returns the number of elements; throws unless their bytes fill the rest of the file exactly. */
    private int count(long[] shape, int size, int remaining) {
        long count = 1;
        for (long axis : shape) {
            if (axis > Integer.MAX_VALUE || Math.max(1, axis) > Integer.MAX_VALUE / count) {
                throw tooLarge();
            }
            count *= Math.max(1, axis);
        }
        if (Arrays.stream(shape).anyMatch(axis -> axis == 0)) {
            count = 0;
        }
        if (count * size != remaining) {
            throw otherFormat("its shape " + Arrays.toString(shape) + " takes " + count * size + " bytes, and it has "
                    + remaining);
        }
        return (int) count;
    }

    private static double decimal(ByteBuffer bytes, int at, int size) {
        return switch (size) {
            case 2 -> Float.float16ToFloat(bytes.getShort(at));
            case 4 -> bytes.getFloat(at);
            default -> bytes.getDouble(at);
        };
    }

    private static long whole(ByteBuffer bytes, int at, int size, boolean signed) {
        return switch (size) {
            case 1 -> signed ? bytes.get(at) : bytes.get(at) & 0xFF;
            case 2 -> signed ? bytes.getShort(at) : Short.toUnsignedInt(bytes.getShort(at));
            case 4 -> signed ? bytes.getInt(at) : Integer.toUnsignedLong(bytes.getInt(at));
            default -> bytes.getLong(at);
        };
    }

    /**
     * Returns the nearest double of an unsigned number: halved with its last bit merged in, so that rounding is
     * correct.
     */
    private static double unsigned(long bits) {
        return ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    /**
     * Returns for each element in row-major order its position in a file in Fortran order, with the first axis
     * fastest.
     */
    private static int[] byRows(long[] shape, int count) {
        int[] order = new int[count];
        int[] index = new int[shape.length];
        for (int at = 0; at < count; at++) {
            StopRequest.poll();
            int from = 0;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from = from * (int) shape[axis] + index[axis];
            }
            order[at] = from;
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return order;
    }

    private SdeError otherFormat(String why) {
        return Diagnostic.error("E0755", null, file + " is not a file of NumPy's, or it is damaged")
                .note(why)
                .help("`numpy.save(\"f.npy\", x)` writes one array, `numpy.savez(\"f.npz\", x = x, y = y)` several")
                .raise();
    }

    private SdeError notNumbers(NpyHeader header) {
        return Diagnostic.error("E0756", null, file + " does not hold plain numbers")
                .note("its type is "
                        + header.descr()
                                .map(FileText::shown)
                                .map(descr -> "'" + descr + "'")
                                .orElse("one of several fields"))
                .help("save `x.astype(\"float32\")`; strings, complex numbers and objects are not read")
                .raise();
    }

    private SdeError tooLarge() {
        return Diagnostic.error("E0725", null, file + " says that it has more numbers than can be read at once")
                .note("an array has at most 2³¹ − 1 numbers, and a file at most 2 GiB")
                .help("save parts of it, such as `x[:n]`; or it is damaged")
                .raise();
    }
}
