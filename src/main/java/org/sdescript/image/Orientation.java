package org.sdescript.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The orientation of a picture, from tag 0x0112 of EXIF and TIFF (Exif 2.32, 4.6.4 A), as a map from displayed to
 * stored pixels.
 *
 * @param swapped true if displayed rows are stored columns
 * @param fromRight true if stored columns are read from the last one
 * @param fromBelow true if stored rows are read from the last one
 */
record Orientation(boolean swapped, boolean fromRight, boolean fromBelow) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    /** @param number the value of the tag, 1 to 8; any other value is upright */
    static Orientation of(int number) {
        return switch (number) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, false, true);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, true, false);
            default -> UPRIGHT;
        };
    }

    /**
     * Returns the orientation in a TIFF file, or in the TIFF block of EXIF in another file; upright without the tag.
     */
    static Orientation ofTiff(byte[] bytes, int from, int length) {
        if (length < 8 || !(bytes[from] == bytes[from + 1] && (bytes[from] == 'I' || bytes[from] == 'M'))) {
            return UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(bytes, from, length)
                .slice()
                .order(bytes[from] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (directory > length - 2) {
            return UPRIGHT;
        }
        int count = Short.toUnsignedInt(tiff.getShort((int) directory));
        for (int i = 0; i < count; i++) {
            long at = directory + 2 + (long) i * ENTRY;
            if (at > length - ENTRY) {
                break;
            }
            if (Short.toUnsignedInt(tiff.getShort((int) at)) == TAG && tiff.getShort((int) at + 2) == SHORT) {
                return of(Short.toUnsignedInt(tiff.getShort((int) at + 8)));
            }
        }
        return UPRIGHT;
    }

    /**
     * Returns the orientation in the EXIF segment of a JPEG file. A segment is a marker, a length that includes
     * itself, and the content.
     */
    static Orientation ofJpeg(byte[] bytes) {
        int at = 2;
        while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
            int marker = bytes[at + 1] & 0xFF;
            int length = (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
            if (marker == 0xDA || length < 2 || at + 2 + length > bytes.length) {
                break;
            }
            boolean isExif = marker == 0xE1
                    && length >= 8
                    && new String(bytes, at + 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals("Exif");
            if (isExif) {
                return ofTiff(bytes, at + 10, length - 8);
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }
}
