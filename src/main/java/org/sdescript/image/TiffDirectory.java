package org.sdescript.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Checks the first directory of a TIFF file (TIFF 6.0, section 2), which ImageIO's reader does not validate. */
final class TiffDirectory {
    private static final int ENTRY = 12;
    private static final int[] BYTES_OF_TYPE = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int MOST_SAMPLES = 4;
    private static final int MOST_BITS = 16;
    private static final long USUAL_TILE = 1 << 20;

    /** LZW makes at most 4096 bytes of 12 bits, more than any other compression. */
    static final int MOST_UNPACKED = 2731;

    private final ByteBuffer tiff;
    private final Map<Integer, Integer> entries = new HashMap<>();

    private TiffDirectory(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /** The fields that decide how much memory a reader takes. */
    private enum Tag {
        WIDTH(256),
        LENGTH(257),
        BITS(258),
        STRIP_OFFSETS(273),
        SAMPLES(277),
        ROWS_OF_STRIP(278),
        STRIP_BYTES(279),
        TILE_WIDTH(322),
        TILE_LENGTH(323),
        TILE_OFFSETS(324),
        TILE_BYTES(325),
        /** JPEGInterchangeFormatLength: the bytes of a picture in the old form of JPEG in TIFF. */
        JPEG_BYTES(514);

        private final int number;

        Tag(int number) {
            this.number = number;
        }
    }

    /**
     * True if all data of the directory lies inside the file without overlaps, samples have a usual size, and the picture and
     * its strips or tiles are no larger than the file can hold.
     */
    static boolean isInside(byte[] file) {
        if (file.length < 8) {
            return false;
        }
        ByteBuffer tiff = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        TiffDirectory directory = new TiffDirectory(tiff);
        return directory.holdsItsEntries() && directory.holdsItsPixels();
    }

    private boolean holdsItsEntries() {
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (directory > tiff.capacity() - 2) {
            return false;
        }
        int count = Short.toUnsignedInt(tiff.getShort((int) directory));
        if (directory + 2 + (long) count * ENTRY > tiff.capacity()) {
            return false;
        }
        long all = 0;
        for (int i = 0; i < count; i++) {
            int at = (int) directory + 2 + i * ENTRY;
            entries.putIfAbsent(Short.toUnsignedInt(tiff.getShort(at)), at);
            long bytes = bytes(at);
            all += bytes;
            if (bytes > 4 && Integer.toUnsignedLong(tiff.getInt(at + 8)) + bytes > tiff.capacity()) {
                return false;
            }
        }
        return all <= tiff.capacity();
    }

    private boolean holdsItsPixels() {
        long width = most(Tag.WIDTH, 0);
        long length = most(Tag.LENGTH, 0);
        long samples = most(Tag.SAMPLES, 1);
        long bits = most(Tag.BITS, 1);
        if (width < 1 || length < 1 || samples > MOST_SAMPLES || bits > MOST_BITS) {
            return false;
        }
        boolean isTiled = entries.containsKey(Tag.TILE_WIDTH.number);
        long wide = isTiled ? most(Tag.TILE_WIDTH, 0) : width;
        long high = isTiled ? most(Tag.TILE_LENGTH, 0) : Math.min(length, most(Tag.ROWS_OF_STRIP, length));
        if (wide < 1 || high < 1 || isTiled && wide > Math.max(USUAL_TILE, width * length) / high) {
            return false;
        }
        long pieces = Math.ceilDiv(width, wide) * Math.ceilDiv(length, high);
        long held = isTiled ? count(Tag.TILE_OFFSETS) : count(Tag.STRIP_OFFSETS);
        long rowBytes = Math.ceilDiv(width * samples * bits, Byte.SIZE);
        return pieces <= held
                && rowBytes <= (long) MOST_UNPACKED * tiff.capacity() / length
                && sum(isTiled ? Tag.TILE_BYTES : Tag.STRIP_BYTES) <= tiff.capacity()
                && sum(Tag.JPEG_BYTES) <= tiff.capacity();
    }

    private long bytes(int entry) {
        int type = Short.toUnsignedInt(tiff.getShort(entry + 2));
        return type < BYTES_OF_TYPE.length ? Integer.toUnsignedLong(tiff.getInt(entry + 4)) * BYTES_OF_TYPE[type] : 0;
    }

    private long count(Tag tag) {
        Integer entry = entries.get(tag.number);
        return entry == null ? 0 : Integer.toUnsignedLong(tiff.getInt(entry + 4));
    }

    /** The largest of the whole numbers of a field. */
    private long most(Tag tag, long otherwise) {
        long most = -1;
        for (int i = 0; i < present(tag); i++) {
            most = Math.max(most, value(tag, i));
        }
        return most < 0 ? otherwise : most;
    }

    private long sum(Tag tag) {
        long sum = 0;
        for (int i = 0; i < present(tag); i++) {
            sum += value(tag, i);
        }
        return sum;
    }

    /** How many whole numbers a field holds; none where it is missing or of another type. */
    private int present(Tag tag) {
        Integer entry = entries.get(tag.number);
        if (entry == null) {
            return 0;
        }
        int type = Short.toUnsignedInt(tiff.getShort(entry + 2));
        return type == SHORT || type == LONG ? (int) count(tag) : 0;
    }

    private long value(Tag tag, int i) {
        int entry = Objects.requireNonNull(entries.get(tag.number));
        int each = BYTES_OF_TYPE[Short.toUnsignedInt(tiff.getShort(entry + 2))];
        int from = bytes(entry) > 4 ? tiff.getInt(entry + 8) : entry + 8;
        return each == 2
                ? Short.toUnsignedInt(tiff.getShort(from + 2 * i))
                : Integer.toUnsignedLong(tiff.getInt(from + 4 * i));
    }
}
