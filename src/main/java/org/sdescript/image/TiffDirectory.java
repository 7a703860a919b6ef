package org.sdescript.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Checks the first directory of a TIFF file (TIFF 6.0, section 2), which ImageIO's reader does not validate. */
final class TiffDirectory {
    private static final int ENTRY = 12;
    private static final int[] BYTES_OF_TYPE = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    private static final int TILE_WIDTH = 322;
    private static final int TILE_LENGTH = 323;
    private static final int SAMPLES = 277;
    private static final int LARGEST_TILE = 1 << 13;
    private static final int MOST_SAMPLES = 4;

    private TiffDirectory() {}

    /** True if all data of the directory lies inside the file, and tiles and samples have usual sizes. */
    static boolean isInside(byte[] file) {
        if (file.length < 8) {
            return false;
        }
        ByteBuffer tiff = ByteBuffer.wrap(file).order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (directory > file.length - 2) {
            return false;
        }
        int count = Short.toUnsignedInt(tiff.getShort((int) directory));
        if (directory + 2 + (long) count * ENTRY > file.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int at = (int) directory + 2 + i * ENTRY;
            int type = Short.toUnsignedInt(tiff.getShort(at + 2));
            long values = Integer.toUnsignedLong(tiff.getInt(at + 4));
            long bytes = type < BYTES_OF_TYPE.length ? values * BYTES_OF_TYPE[type] : 0;
            if (bytes > 4 && Integer.toUnsignedLong(tiff.getInt(at + 8)) + bytes > file.length) {
                return false;
            }
            long value = type == 3
                    ? Short.toUnsignedInt(tiff.getShort(at + 8))
                    : Integer.toUnsignedLong(tiff.getInt(at + 8));
            boolean isTooLarge =
                    switch (Short.toUnsignedInt(tiff.getShort(at))) {
                        case TILE_WIDTH, TILE_LENGTH -> value > LARGEST_TILE;
                        case SAMPLES -> value > MOST_SAMPLES;
                        default -> false;
                    };
            if (isTooLarge) {
                return false;
            }
        }
        return true;
    }
}
