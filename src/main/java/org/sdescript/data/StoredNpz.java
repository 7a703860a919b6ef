package org.sdescript.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import org.sdescript.files.FileText;
import org.sdescript.files.ZipArchive;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;

/**
 * The arrays in a file that {@link NpzWriting} wrote, with the places of their numbers. Nothing but headers is read.
 *
 * @param zip the archive, whose directory is validated
 * @param arrays the arrays in the order of the file
 */
record StoredNpz(ZipArchive zip, List<Stored> arrays) {
    private static final String ENDING = ".npy";

    /** The length of the magic, the version and the length of the header in version 1.0 of the format. */
    private static final int PREFIX = 10;

    /**
     * One array.
     *
     * @param array name, type and shape of a sample
     * @param count the number of samples
     * @param entry the entry of the archive
     * @param header the bytes before the numbers within the entry
     * @param at the offset of the first number in the file
     */
    record Stored(PartArray array, long count, ZipArchive.Entry entry, int header, long at) {}

    /** @throws ZipException with the reason, unless the file is as {@link NpzWriting} writes it, each array [n, …] */
    static StoredNpz of(Path path) throws IOException {
        ZipArchive zip = ZipArchive.of(path);
        List<Stored> arrays = new ArrayList<>();
        for (ZipArchive.Entry entry : zip.entries()) {
            arrays.add(stored(zip, entry));
        }
        if (arrays.isEmpty()) {
            throw new ZipException("it holds no array");
        }
        return new StoredNpz(zip, List.copyOf(arrays));
    }

    private static Stored stored(ZipArchive zip, ZipArchive.Entry entry) throws IOException {
        long at = zip.storedAt(entry);
        if (!entry.name().endsWith(ENDING) || entry.size() < PREFIX) {
            throw other(entry);
        }
        try (RandomAccessFile file = new RandomAccessFile(zip.file().toFile(), "r")) {
            file.seek(at);
            byte[] start = new byte[PREFIX];
            file.readFully(start);
            int length = Short.toUnsignedInt(
                    ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getShort(8));
            boolean isFirstVersion = new String(start, 0, 8, StandardCharsets.ISO_8859_1).equals("\u0093NUMPY\1\0");
            if (!isFirstVersion || length > entry.size() - PREFIX) {
                throw other(entry);
            }
            byte[] header = new byte[length];
            file.readFully(header);
            return stored(entry, new String(header, StandardCharsets.ISO_8859_1), at);
        }
    }

    private static Stored stored(ZipArchive.Entry entry, String text, long at) throws ZipException {
        NpyHeader header = NpyHeader.of(text).orElseThrow(() -> other(entry));
        DType type =
                switch (header.descr().orElse("")) {
                    case "<f4" -> DType.FLOAT32;
                    case "<f8" -> DType.FLOAT64;
                    default -> throw other(entry);
                };
        long[] shape = header.shape();
        if (header.byColumns() || shape.length == 0) {
            throw other(entry);
        }
        String name = entry.name().substring(0, entry.name().length() - ENDING.length());
        Shape sample = new Shape(Arrays.stream(shape).skip(1).boxed().toList());
        int before = PREFIX + text.length();
        if (bytes(shape, type) != entry.size() - before) {
            throw new ZipException("its entry " + FileText.shown(entry.name()) + " is not as long as its shape says");
        }
        return new Stored(new PartArray(name, type, sample), shape[0], entry, before, at + before);
    }

    /** Returns the bytes of the numbers; −1 if they are more than any file has. */
    private static long bytes(long[] shape, DType type) {
        try {
            return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        } catch (ArithmeticException beyond) {
            return -1;
        }
    }

    private static ZipException other(ZipArchive.Entry entry) {
        return new ZipException("its entry " + FileText.shown(entry.name()) + " is not an array of samples");
    }

    /** Returns the number of samples if all arrays have the same; else −1. */
    long count() {
        long count = arrays.getFirst().count();
        return arrays.stream().allMatch(each -> each.count() == count) ? count : -1;
    }

    List<PartArray> layout() {
        return arrays.stream().map(Stored::array).toList();
    }

    /** Throws unless the bytes of every array have the checksum of the archive. */
    void requireWhole() throws IOException {
        for (Stored each : arrays) {
            zip.read(each.entry());
        }
    }
}
