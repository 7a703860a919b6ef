package org.sdescript.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.sdescript.files.PlainBytes;

/**
 * The chunks of a PNG file (ISO/IEC 15948, 5.3). Each checksum is verified, since ImageIO's reader does not.
 *
 * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha
 */
record PngChunks(int width, int height, int depth, int colourType, Orientation orientation) {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;
    private static final int LARGEST = 1 << 24;

    /**
     * Reads the chunks; empty if a chunk is damaged, the last chunk is missing, or the data is too short for the
     * pixels of the header.
     */
    static Optional<PngChunks> of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        PngChunks header = null;
        Orientation orientation = Orientation.UPRIGHT;
        long data = 0;
        int at = SIGNATURE;
        while (at + FRAME <= file.length) {
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - at - FRAME || !isWhole(file, bytes, at, length)) {
                return Optional.empty();
            }
            String name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            switch (name) {
                case "IHDR" -> header = header == null && length == 13 ? header(bytes, at + 8) : null;
                case "IDAT" -> data += length;
                case "eXIf" -> orientation = Orientation.ofTiff(file, at + 8, length);
                case "IEND" -> {
                    return header != null && header.fits(data)
                            ? Optional.of(header.turned(orientation))
                            : Optional.empty();
                }
                default -> {
                    // text, time, profiles and similar chunks
                }
            }
            at += FRAME + length;
        }
        return Optional.empty();
    }

    private static boolean isWhole(byte[] file, ByteBuffer bytes, int at, int length) {
        CRC32 sum = new CRC32();
        sum.update(file, at + 4, 4 + length);
        return (int) sum.getValue() == bytes.getInt(at + 8 + length);
    }

    private static PngChunks header(ByteBuffer bytes, int at) {
        return new PngChunks(
                bytes.getInt(at), bytes.getInt(at + 4), bytes.get(at + 8), bytes.get(at + 9), Orientation.UPRIGHT);
    }

    private PngChunks turned(Orientation other) {
        return new PngChunks(width, height, depth, colourType, other);
    }

    private int samples() {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            case 6 -> 4;
            default -> 0;
        };
    }

    private boolean fits(long data) {
        boolean isSized = width > 0 && height > 0 && width <= LARGEST && height <= LARGEST && samples() > 0;
        return isSized && height * (1 + ((long) width * depth * samples() + 7) / 8) <= PlainBytes.MOST_UNPACKED * data;
    }

    boolean isGrey() {
        return colourType == 0 || colourType == 4;
    }
}
