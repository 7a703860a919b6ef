package org.sdescript.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes several arrays by name, as {@code numpy.savez}: a zip archive of .npy files that are stored uncompressed.
 * Equal arrays give equal bytes on every machine, so that a checksum tells whether two results are the same; and
 * single rows can be read without unpacking the rest.
 */
final class NpzWriting {
    private static final int BUFFER = 1 << 16;

    /**
     * The time of every entry. Zip files begin at the start of 1980 and count in steps of two seconds. The JDK takes the
     * very first step for a time before 1980 and adds the time in the machine's time zone, so this is the second step.
     */
    private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

    private NpzWriting() {}

    static void write(Map<String, NumberArray> arrays, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NumberArray> array : arrays.entrySet()) {
            zip.putNextEntry(entry(array.getKey(), array.getValue()));
            writeBuffered(array.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish(); // the opener of the stream closes the stream
        zip.flush();
    }

    /** Returns the entry with its size and checksum, which precede the bytes: the array is written once to measure it. */
    private static ZipEntry entry(String name, NumberArray array) throws IOException {
        Measure measure = new Measure();
        writeBuffered(array, measure);
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(measure.size);
        entry.setCompressedSize(measure.size);
        entry.setCrc(measure.sum.getValue());
        entry.setTimeLocal(WRITTEN);
        return entry;
    }

    private static void writeBuffered(NumberArray array, OutputStream to) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(to, BUFFER);
        NumberFile.writeNpy(array, buffered);
        buffered.flush();
    }

    /** Counts and sums bytes, and drops them. */
    private static final class Measure extends OutputStream {
        private final CRC32 sum = new CRC32();
        private long size;

        @Override
        public void write(int single) {
            sum.update(single);
            size++;
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            sum.update(bytes, from, count);
            size += count;
        }
    }
}
