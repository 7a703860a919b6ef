package org.sdescript.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.sdescript.files.PlainBytes;

/**
 * Decodes a picture with ImageIO. Its readers throw nearly any exception for damaged files; this class catches all of
 * them.
 */
final class PictureFile {
    /** The largest number of JPEG scans, each of which costs a pass over the picture; cameras write far fewer. */
    private static final int MOST_SCANS = 100;

    private static final int WORD = 16;

    private PictureFile() {}

    /** The accepted formats, with the largest number of pixels that one byte can encode. */
    private enum Format {
        PNG("png", 8 * PlainBytes.MOST_UNPACKED),
        /** A block of 8 × 8 pixels takes at least one bit. */
        JPEG("jpeg", 512),
        /** LZW encodes at most 4096 pixels in 12 bits. */
        GIF("gif", TiffDirectory.MOST_UNPACKED),
        /** A run of 255 pixels takes two bytes; uncompressed 1-bit pixels are eight per byte. */
        BMP("bmp", 128),
        /** LZW over 1-bit pixels, or fax lines: a higher ratio than any photograph. */
        TIFF("tiff", 8 * TiffDirectory.MOST_UNPACKED);

        private final String name;
        private final int pixelsOfByte;

        Format(String name, int pixelsOfByte) {
            this.name = name;
            this.pixelsOfByte = pixelsOfByte;
        }

        static Optional<Format> of(byte[] file) {
            return startsWith(file, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)
                    ? Optional.of(PNG)
                    : startsWith(file, 0xFF, 0xD8, 0xFF)
                            ? Optional.of(JPEG)
                            : startsWith(file, 'G', 'I', 'F', '8')
                                    ? Optional.of(GIF)
                                    : startsWith(file, 'B', 'M')
                                            ? Optional.of(BMP)
                                            : startsWith(file, 'I', 'I', 42, 0) || startsWith(file, 'M', 'M', 0, 42)
                                                    ? Optional.of(TIFF)
                                                    : Optional.empty();
        }

        private static boolean startsWith(byte[] file, int... start) {
            for (int i = 0; i < start.length; i++) {
                if (i >= file.length || (file[i] & 0xFF) != start[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Decodes a picture; empty if the bytes are not a picture, are damaged, or have a colour space other than grey or
     * RGB.
     */
    static Optional<Picture> decoded(byte[] file) {
        try {
            Optional<Format> format = Format.of(file);
            return format.isEmpty() ? Optional.empty() : decoded(file, format.get());
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError | InternalError damaged) {
            return Optional.empty();
        }
    }

    private static Optional<Picture> decoded(byte[] file, Format format) throws IOException {
        Optional<PngChunks> png = format == Format.PNG ? PngChunks.of(file) : Optional.empty();
        if (format == Format.PNG && png.isEmpty() || format == Format.JPEG && scans(file) > MOST_SCANS) {
            return Optional.empty();
        }
        if (format == Format.TIFF && !TiffDirectory.isInside(file)) {
            return Optional.empty();
        }
        Optional<BufferedImage> image = image(file, format);
        if (image.isEmpty() || !isReadable(image.get())) {
            return Optional.empty();
        }
        Orientation orientation =
                switch (format) {
                    case PNG -> png.orElseThrow().orientation();
                    case JPEG -> Orientation.ofJpeg(file);
                    case TIFF -> Orientation.ofTiff(file, 0, file.length);
                    case GIF, BMP -> Orientation.UPRIGHT;
                };
        boolean isGrey = png.map(PngChunks::isGrey).orElseGet(() -> format != Format.GIF && isGrey(image.get()));
        return Optional.of(new Picture(image.get(), isGrey, orientation));
    }

    private static Optional<BufferedImage> image(byte[] file, Format format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name);
        ImageReader reader = readers.next();
        boolean[] isCut = new boolean[1];
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> isCut[0] |= isOfDamage(warning));
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels <= 0 || pixels > (long) format.pixelsOfByte * file.length) {
                return Optional.empty();
            }
            BufferedImage image = reader.read(0);
            return isCut[0] ? Optional.empty() : Optional.ofNullable(image);
        } finally {
            reader.dispose();
        }
    }

    /** True for libjpeg's warnings of missing data, which libjpeg fills with grey. */
    private static boolean isOfDamage(String warning) {
        return warning != null && (warning.contains("remature end") || warning.contains("bad Huffman"));
    }

    private static int scans(byte[] file) {
        int scans = 0;
        for (int i = 0; i + 1 < file.length; i++) {
            scans += (file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == 0xDA ? 1 : 0;
        }
        return scans;
    }

    private static boolean isReadable(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel) {
            return true;
        }
        int colours = image.getColorModel().getNumColorComponents();
        boolean isSigned = image.getRaster().getTransferType() == DataBuffer.TYPE_SHORT;
        boolean isOdd = Arrays.stream(image.getSampleModel().getSampleSize()).anyMatch(bits -> bits < 1 || bits > WORD);
        int space = image.getColorModel().getColorSpace().getType();
        boolean isKnown = colours == 1 && space == java.awt.color.ColorSpace.TYPE_GRAY
                || colours == 3 && space == java.awt.color.ColorSpace.TYPE_RGB;
        return isKnown && !isOdd && !isSigned;
    }

    private static boolean isGrey(BufferedImage image) {
        if (!(image.getColorModel() instanceof IndexColorModel palette)) {
            return image.getColorModel().getNumColorComponents() == 1;
        }
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }
}
