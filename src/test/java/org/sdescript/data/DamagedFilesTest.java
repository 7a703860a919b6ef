package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.DamagedFiles;
import org.sdescript.PictureFiles;
import org.sdescript.data.csv.CsvOptions;
import org.sdescript.data.csv.CsvTable;
import org.sdescript.data.csv.Table;
import org.sdescript.data.image.IdxFile;
import org.sdescript.data.image.ImageFolder;

/**
 * A damaged data file is either read or refused by a diagnostic, never by an exception; {@link DamagedFiles} runs
 * longer.
 */
class DamagedFilesTest {
    /** The largest number of pixels that are checked one by one. */
    private static final int LOOKED_AT = 1 << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void without_files_for_pixels() {
        ImageIO.setUseCache(false);
    }

    @Test
    void npy() throws Exception {
        byte[] large = NumPy.version(3, ">f2", "(2, 2)", new byte[8]);
        DamagedFiles.areToldOrRead(
                "npy",
                folder,
                List.of(
                        PictureFiles.npy("<f4", "(2, 3)", new byte[24]),
                        PictureFiles.npy(">i8", "(5,)", new byte[40]),
                        PictureFiles.npy("|b1", "()", new byte[1]),
                        NumPy.columns("<f8", "(3, 2, 2)", new byte[96]),
                        large),
                Set.of("E0755", "E0756", "E0725"),
                file -> sized(NpyReading.npy(file)));
    }

    private static void sized(NpyReading.Read read) {
        long[] shape = read.array().shape();
        assertThat(read.array().values().length).isEqualTo(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        assertThat(read.wholes() == null || read.wholes().length == read.array().values().length)
                .isTrue();
    }

    @Test
    void npz() throws Exception {
        Path own = folder.resolve("own.npz");
        NumberFile.write(
                Map.of("x", NumberArray.of(new double[] {1, 2, 3}, 3), "y", NumberArray.of(new double[2], 2)), own);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (String name : List.of("a.npy", "b.npy")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(PictureFiles.npy("<f4", "(4, 4)", new byte[64]));
            }
        }
        DamagedFiles.areToldOrRead(
                "npz",
                folder,
                List.of(Files.readAllBytes(own), packed.toByteArray()),
                Set.of("E0755", "E0756", "E0725"),
                file -> NpyReading.npz(file).values().forEach(DamagedFilesTest::sized));
    }

    @Test
    void csv() throws Exception {
        List<byte[]> valid = new ArrayList<>();
        for (String text : List.of(
                "age,height\n30,170\n40,180.5\n",
                "1,2,3\n4,5,6\n",
                "a;b\n1,5;2\n\"3\";-4e-3\n",
                "\"x\"\t\"y \"\"z\"\"\"\n1\t2\n\n3\t4",
                "n\n1\n2\nNA\n")) {
            valid.add(text.getBytes(StandardCharsets.UTF_8));
        }
        valid.removeLast(); // a missing value has its own error
        valid.add("\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE));
        valid.add(zipped("1 ,2\r\n3,4\r\n".getBytes(StandardCharsets.UTF_8)));
        DamagedFiles.areToldOrRead(
                "csv",
                folder,
                valid,
                Set.of(
                        "E0711", "E0712", "E0713", "E0714", "E0715", "E0716", "E0718", "E0719", "E0720", "E0721",
                        "E0725"),
                file -> {
                    Table table = CsvTable.read(file, CsvOptions.DEFAULT).table();
                    assertThat(table.rows() * table.width()).isEqualTo(table.cells().length);
                    assertThat(table.cells()).isNotEmpty().doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
                });
    }

    @Test
    void idx() throws Exception {
        byte[] bytes = Files.readAllBytes(PictureFiles.idx(folder.resolve("i.gz"), new int[] {2, 3, 3}, new byte[18]));
        byte[] plain = ByteBuffer.allocate(12 + 16)
                .putInt(0x0E02)
                .putInt(2)
                .putInt(1)
                .putDouble(0.5)
                .putDouble(-1)
                .array();
        byte[] labels = ByteBuffer.allocate(8 + 6).putInt(0x0B01).putInt(3).array();
        DamagedFiles.areToldOrRead(
                "idx", folder, List.of(bytes, plain, labels), Set.of("E0750", "E0751", "E0725"), file -> {
                    IdxFile read = IdxFile.read(file);
                    assertThat(read.numbers())
                            .hasSize((int) Arrays.stream(read.shape()).reduce(1, (a, b) -> a * b));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tif"})
    void pictures(String format) throws Exception {
        Path one = Files.createDirectory(folder.resolve("pictures"));
        DamagedFiles.areToldOrRead(format, one, written(format), Set.of("E0758", "E0757"), file -> {
            ImageFolder read = ImageFolder.of(one, OptionalInt.empty(), OptionalInt.empty());
            long pixels = (long) read.height() * read.width();
            assertThat(pixels).isPositive();
            if (pixels < LOOKED_AT) {
                float[] values = read.pixels(new int[] {0});
                assertThat(values).hasSize((int) pixels * read.channels());
                boolean isWithin = true;
                for (float value : values) {
                    isWithin &= value >= -1 && value <= 1;
                }
                assertThat(isWithin).isTrue();
            }
        });
    }

    private static List<byte[]> written(String format) throws IOException {
        List<byte[]> valid = new ArrayList<>();
        for (int type : new int[] {
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_INT_ARGB
        }) {
            String writer = format.equals("tif") ? "tiff" : format;
            written(picture(type), writer, null).ifPresent(valid::add);
            if (type == BufferedImage.TYPE_INT_RGB && List.of("jpg", "png").contains(format)) {
                written(picture(type), writer, "progressive").ifPresent(valid::add);
            }
        }
        if (format.equals("tif")) {
            for (String compression : List.of("LZW", "PackBits", "Deflate", "JPEG")) {
                written(picture(BufferedImage.TYPE_INT_RGB), "tiff", compression)
                        .ifPresent(valid::add);
            }
            written(picture(BufferedImage.TYPE_BYTE_BINARY), "tiff", "CCITT T.6")
                    .ifPresent(valid::add);
        }
        if (format.equals("jpg")) {
            valid.add(PictureFiles.turned(valid.getFirst(), 6));
        }
        return valid;
    }

    private static BufferedImage picture(int type) {
        BufferedImage image = type == BufferedImage.TYPE_BYTE_INDEXED
                ? new BufferedImage(
                        19, 11, type, new IndexColorModel(2, 3, new byte[] {0, 9, 90}, new byte[3], new byte[3]))
                : new BufferedImage(19, 11, type);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, 0xFF000000 | 13 * x << 16 | 23 * y << 8 | x * y);
            }
        }
        return image;
    }

    /** Returns the encoded picture; empty if the writer does not support the image. */
    private static java.util.Optional<byte[]> written(BufferedImage image, String format, String how)
            throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if ("progressive".equals(how)) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            } else if (how != null) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType(how);
            }
            if (!writer.getOriginatingProvider().canEncodeImage(image)) {
                return java.util.Optional.empty();
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException unsuited) {
            return java.util.Optional.empty();
        } finally {
            writer.dispose();
        }
        return java.util.Optional.of(bytes.toByteArray());
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Files with headers that {@link PictureFiles#npy} does not write. */
    private static final class NumPy {
        static byte[] columns(String type, String shape, byte[] numbers) throws IOException {
            String text = new String(PictureFiles.npy(type, shape, numbers), StandardCharsets.ISO_8859_1);
            String other = text.replace("'fortran_order': False,", "'fortran_order': True, ");
            return other.getBytes(StandardCharsets.ISO_8859_1);
        }

        static byte[] version(int version, String type, String shape, byte[] numbers) {
            byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n")
                    .getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(12 + header.length + numbers.length)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0})
                    .putInt(header.length)
                    .put(header)
                    .put(numbers)
                    .array();
        }
    }
}
