package org.sdescript.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.sdescript.data.csv.CsvFault;
import org.sdescript.data.csv.CsvTable;
import org.sdescript.data.csv.Table;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.files.AtomicFile;
import org.sdescript.image.ImageStack;
import org.sdescript.image.Java2D;
import org.sdescript.image.Pixels;
import org.sdescript.interrupt.StopRequest;

/**
 * Saves an array in the format of its file name: {@code .csv}, {@code .npy}, {@code .npz}, {@code .json} or, for
 * images, {@code .png}.
 */
public final class NumberFile {
    /** The file name extension for tensors of any type, which the backend writes directly. */
    static final String TENSORS = ".safetensors";

    public static final FileExtensions KINDS = new FileExtensions(
            "E0722", "numbers are not saved as ", List.of(".csv", ".npy", ".npz", ".json", ".png", TENSORS));

    private NumberFile() {}

    /**
     * Writes as {@link #write(NumberArray, Path)}, with column names in the first line of a .csv file; other formats
     * have no column names.
     */
    public static void write(NumberArray array, List<String> names, Path path) {
        if (!isCsv(path)) {
            write(array, path);
            return;
        }
        Table rows = rows(array, path);
        if (names.size() != rows.width()) {
            throw CsvFault.error(
                            "E0723",
                            names.size() + (names.size() == 1 ? " name" : " names") + " for the " + rows.width()
                                    + (rows.width() == 1 ? " column" : " columns") + " of " + path.getFileName())
                    .help("`columns` has one name for each column of the value")
                    .raise();
        }
        CsvTable.write(new Table(rows.origin(), names, true, rows.cells()), path);
    }

    private static boolean isCsv(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    public static void write(NumberArray array, Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (isCsv(path)) {
            CsvTable.write(rows(array, path), path);
        } else if (name.endsWith(".npy")) {
            AtomicFile.write(path, out -> writeNpy(array, out));
        } else if (name.endsWith(".npz")) {
            write(Map.of("arr_0", array), path);
        } else if (name.endsWith(".json")) {
            AtomicFile.write(path, out -> writeJson(array, out));
        } else if (isPicture(path)) {
            writePicture(array, 0, path);
        } else {
            throw KINDS.refused(path.getFileName().toString(), null)
                    .orElseThrow()
                    .raise();
        }
    }

    static boolean isPicture(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /** @param columns the number of columns in a sheet of several images; 0 for an almost square sheet */
    static void writePicture(NumberArray array, int columns, Path path) {
        ImageStack images = ImageStack.of(array.shape(), array.values()).orElseThrow(() -> Diagnostic.error(
                        "E0766", null, "numbers of shape " + Arrays.toString(array.shape()) + " are no picture")
                .help("an image is [height, width] or [channels, height, width] with 1 or 3 channels, several are"
                        + " [n, channels, height, width]; from −1 to 1")
                .raise());
        Java2D.with("save the numbers as .npy", () -> {
            Pixels sheet = images.grid(columns);
            AtomicFile.write(path, sheet::writePng);
            return sheet;
        });
    }

    /** Writes several arrays by name to one .npz file. */
    public static void write(Map<String, NumberArray> arrays, Path path) {
        AtomicFile.write(path, out -> NpzWriting.write(arrays, out));
    }

    private static Table rows(NumberArray array, Path path) {
        if (array.shape().length > 2) {
            throw CsvFault.error(
                            "E0724",
                            "an array of " + array.shape().length + " dimensions does not fit into the rows of "
                                    + path.getFileName())
                    .help("save it as .npy or .json, or reshape it to [n, m]")
                    .raise();
        }
        int width = array.shape().length < 2 ? 1 : Math.max(1, Math.toIntExact(array.shape()[1]));
        return new Table(
                "array", IntStream.range(0, width).mapToObj(k -> "column_" + k).toList(), false, decimals(array));
    }

    /** Converts single-precision numbers through their shortest decimal: 0.1, not 0.10000000149011612. */
    static double[] decimals(NumberArray array) {
        return array.single()
                ? DoubleStream.of(array.values())
                        .map(value -> Double.parseDouble(Float.toString((float) value)))
                        .toArray()
                : array.values();
    }

    /**
     * Writes version 1.0 of numpy/lib/format.py: magic, length of the header, a Python literal padded to 64 bytes,
     * numbers.
     */
    static void writeNpy(NumberArray array, OutputStream out) throws IOException {
        String shape =
                LongStream.of(array.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" ", "(", ")"));
        String header = "{'descr': '" + (array.single() ? "<f4" : "<f8") + "', 'fortran_order': False, 'shape': "
                + shape + ", }";
        int unpadded = 10 + header.length() + 1;
        header += " ".repeat(Math.floorMod(-unpadded, 64)) + "\n";
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        out.write(new byte[] {(byte) header.length(), (byte) (header.length() >> 8)});
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer number = ByteBuffer.allocate(array.single() ? 4 : 8).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : array.values()) {
            number.clear();
            if (array.single()) {
                number.putFloat((float) value);
            } else {
                number.putDouble(value);
            }
            out.write(number.array());
        }
    }

    /** Writes nested lists in double precision; {@link JsonWriting} has the form of values that JSON lacks. */
    private static void writeJson(NumberArray array, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            writeJson(array, json, json::writeNumber);
        }
    }

    /** Writes one number of an array. */
    @FunctionalInterface
    interface NumberWriting {
        void write(double number) throws IOException;
    }

    /** Writes an array as nested lists. */
    static void writeJson(NumberArray array, JsonGenerator json, NumberWriting number) throws IOException {
        writeJson(array, json, number, 0, 0);
    }

    /**
     * Writes the part of the array that starts at {@code offset}, below the first {@code depth} axes; returns the
     * offset of the next part.
     */
    private static int writeJson(NumberArray array, JsonGenerator json, NumberWriting number, int depth, int offset)
            throws IOException {
        if (depth == array.shape().length) {
            number.write(array.values()[offset]);
            return offset + 1;
        }
        int next = offset;
        json.writeStartArray();
        for (long k = 0; k < array.shape()[depth]; k++) {
            StopRequest.poll();
            next = writeJson(array, json, number, depth + 1, next);
        }
        json.writeEndArray();
        return next;
    }
}
