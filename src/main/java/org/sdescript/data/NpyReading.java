package org.sdescript.data;

import java.io.BufferedInputStream;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;

/**
 * NumPy's files (numpy/lib/format.py): .npy, versions 1 to 3, and .npz, a zip of them. Numbers and truth values of any size
 * and byte order are read; strings, complex numbers and Python objects are refused.
 *
 * <pre>
 * E0755  no file of NumPy's, or a damaged one
 * E0756  something other than numbers in it
 * </pre>
 */
final class NpyReading {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z?])(\\d*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    /** An array and whether it counts something. */
    record Read(NumberArray array, boolean isWhole) {}

    private final String file;

    private NpyReading(String file) {
        this.file = file;
    }

    static Read npy(Path path) {
        return reading(path, in -> new NpyReading(path.toString()).array(in));
    }

    /** The arrays by their names, in the order of the file. */
    static Map<String, Read> npz(Path path) {
        return reading(path, in -> {
            Map<String, Read> arrays = new LinkedHashMap<>();
            try (ZipInputStream zip = new ZipInputStream(in)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    String name = entry.getName().replaceFirst("\\.npy$", "");
                    arrays.put(name, new NpyReading(name + " of " + path).array(zip));
                }
            }
            if (arrays.isEmpty()) {
                throw new NpyReading(path.toString()).otherFormat();
            }
            return arrays;
        });
    }

    private interface Content<T> {
        T of(InputStream in) throws IOException;
    }

    private static <T> T reading(Path path, Content<T> content) {
        FileFault.requireReadable(path);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            return content.of(in);
        } catch (ZipException damaged) {
            throw new NpyReading(path.toString()).otherFormat();
        } catch (IOException failure) {
            throw FileFault.reading(path, failure);
        }
    }

    private Read array(InputStream in) throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length < 8 || !Arrays.equals(MAGIC, Arrays.copyOf(start, 6))) {
            throw otherFormat();
        }
        byte[] length = in.readNBytes(start[6] == 1 ? 2 : 4);
        if (length.length < 2) {
            throw otherFormat();
        }
        ByteBuffer sized = ByteBuffer.wrap(Arrays.copyOf(length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = sized.getInt();
        if (headerLength < 0 || headerLength > 1 << 20) {
            throw otherFormat();
        }
        String header = new String(in.readNBytes(headerLength), StandardCharsets.UTF_8);
        Matcher descr = DESCR.matcher(header);
        if (!descr.find()) {
            throw notNumbers();
        }
        return numbers(in, header, descr);
    }

    private Read numbers(InputStream in, String header, Matcher descr) throws IOException {
        int size = descr.group(3).isEmpty() ? 1 : Integer.parseInt(descr.group(3));
        char kind = descr.group(2).charAt(0);
        if ("fiub?".indexOf(kind) < 0 || size > 8) {
            throw notNumbers();
        }
        long[] shape = shape(header);
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (count > Integer.MAX_VALUE / size) {
            throw otherFormat();
        }
        byte[] bytes = in.readNBytes((int) count * size);
        if (bytes.length < count * size) {
            throw otherFormat();
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes)
                .order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(numbers, i * size, kind, size);
        }
        boolean byColumns =
                FORTRAN.matcher(header).results().anyMatch(it -> it.group(1).equals("True"));
        double[] rows = byColumns ? byRows(values, shape) : values;
        return new Read(new NumberArray(shape, rows, kind == 'f' && size < 8), kind != 'f');
    }

    private long[] shape(String header) {
        Matcher shape = SHAPE.matcher(header);
        if (!shape.find()) {
            throw otherFormat();
        }
        return Arrays.stream(shape.group(1).split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private double number(ByteBuffer numbers, int at, char kind, int size) {
        boolean signed = kind != 'u' && kind != 'b' && kind != '?';
        return switch (size) {
            case 1 -> signed ? numbers.get(at) : numbers.get(at) & 0xFF;
            case 2 ->
                kind == 'f'
                        ? Float.float16ToFloat(numbers.getShort(at))
                        : signed ? numbers.getShort(at) : numbers.getShort(at) & 0xFFFF;
            case 4 ->
                kind == 'f'
                        ? numbers.getFloat(at)
                        : signed ? numbers.getInt(at) : Integer.toUnsignedLong(numbers.getInt(at));
            case 8 -> kind == 'f' ? numbers.getDouble(at) : numbers.getLong(at);
            default -> throw notNumbers();
        };
    }

    /** Fortran's order has the first axis fastest. */
    private static double[] byRows(double[] values, long[] shape) {
        double[] rows = new double[values.length];
        int[] index = new int[shape.length];
        for (int at = 0; at < rows.length; at++) {
            int from = 0;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from = from * (int) shape[axis] + index[axis];
            }
            rows[at] = values[from];
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return rows;
    }

    private SdeError otherFormat() {
        return Diagnostic.error("E0755", null, file + " is not a file of NumPy's, or it is damaged")
                .help("`numpy.save(\"f.npy\", x)` writes one array, `numpy.savez(\"f.npz\", x = x, y = y)` several")
                .raise();
    }

    private SdeError notNumbers() {
        return Diagnostic.error("E0756", null, file + " does not hold plain numbers")
                .help("save `x.astype(\"float32\")`; strings, complex numbers and objects are not read")
                .raise();
    }
}
