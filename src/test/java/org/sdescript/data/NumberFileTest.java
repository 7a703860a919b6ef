package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.PictureFiles;
import org.sdescript.Python;
import org.sdescript.Refusal;
import org.sdescript.Script;

class NumberFileTest {
    @TempDir
    Path folder;

    @Test
    void npy_is_laid_out_as_numpy_reads_it() throws IOException {
        Path path = folder.resolve("a.npy");
        NumberFile.write(NumberArray.of(new float[] {1, 2.5f, -3, 4, 5, 6}, 3, 2), path);
        byte[] bytes = Files.readAllBytes(path);
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(start).startsWith("\u0093NUMPY\u0001\0");
        assertThat(start).contains("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2,), }");
        int header = bytes[8] + 256 * bytes[9];
        assertThat((10 + header) % 64).isZero();
        assertThat(bytes).hasSize(10 + header + 6 * 4);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(10 + header + 4))
                .isEqualTo(2.5f);
    }

    @Test
    void json_nests_as_the_shape_does_and_keeps_every_digit() throws IOException {
        Path path = folder.resolve("a.json");
        NumberFile.write(NumberArray.of(new double[] {0.1, 1.0 / 3, 2, Double.NaN}, 2, 2), path);
        assertThat(path).hasContent("[[0.1,0.3333333333333333],[2.0,\"NaN\"]]");
        NumberFile.write(NumberArray.of(new double[] {5}), path);
        assertThat(path).hasContent("5.0");
    }

    @Test
    void csv_has_a_line_for_each_row() {
        Path path = folder.resolve("a.csv");
        NumberFile.write(NumberArray.of(new double[] {1, 2, 3, 4.5}, 2, 2), path);
        assertThat(path).hasContent("1,2\n3,4.5\n");
        assertThatThrownBy(() -> NumberFile.write(NumberArray.of(new double[8], 2, 2, 2), path))
                .hasMessage("an array of 3 dimensions does not fit into the rows of a.csv");
    }

    @Test
    void columns_are_named_in_the_first_line_of_a_csv() {
        Path path = folder.resolve("a.csv");
        NumberFile.write(NumberArray.of(new double[] {1, 2, 3, 4.5}, 2, 2), List.of("a", "b, c"), path);
        assertThat(path).hasContent("a,\"b, c\"\n1,2\n3,4.5\n");
        assertThatThrownBy(() -> NumberFile.write(NumberArray.of(new double[4], 2, 2), List.of("a"), path))
                .hasMessage("1 name for the 2 columns of a.csv");
    }

    @Test
    void single_precision_is_written_with_its_own_digits() {
        Path path = folder.resolve("a.csv");
        NumberFile.write(NumberArray.of(new float[] {0.1f, 1 / 3f}, 1, 2), path);
        assertThat(path).hasContent("0.1,0.33333334\n");
    }

    @Test
    void npz_is_a_zip_of_arrays_by_name() throws IOException {
        Path path = folder.resolve("a.npz");
        NumberArray array = NumberArray.of(new double[] {1, 2, 3}, 3);
        NumberFile.write(Map.of("x", array), path);
        NumberFile.write(array, folder.resolve("x.npy"));
        try (ZipFile zip = new ZipFile(path.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("x.npy")))
                    .hasBinaryContent(Files.readAllBytes(folder.resolve("x.npy")));
        }
    }

    /** The hash is that of the first machine that wrote these bytes. */
    @Test
    void equal_arrays_give_equal_npz_files_at_any_time_and_place() throws Exception {
        Map<String, NumberArray> arrays = new LinkedHashMap<>();
        arrays.put("x", NumberArray.of(new float[] {1, 2.5f, -3, Float.NaN}, 2, 2));
        arrays.put("vitesse_é", NumberArray.of(new double[] {1e300}, 1));
        Path here = folder.resolve("here.npz");
        Path there = folder.resolve("there.npz");
        NumberFile.write(arrays, here);
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            Thread.sleep(2001); // zip files count time in steps of 2 s
            NumberFile.write(arrays, there);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
        assertThat(there).hasSameBinaryContentAs(here);
        assertThat(PartFile.sha256(here)).isEqualTo("cc8b091c24d69df3f361be53e208099f996b5fce951a13f89981a86a1f9d0bb5");
        assertThat(NpyReading.npz(here).get("x").array().values()).containsExactly(1, 2.5, -3, Double.NaN);
        assertThat(NpyReading.npz(here)).containsOnlyKeys("x", "vitesse_é");
    }

    @Test
    void numpy_reads_an_npz() throws Exception {
        Optional<Python> python = Python.with("numpy");
        assumeThat(python).as("Python with NumPy").isPresent();
        NumberFile.write(Map.of("x", NumberArray.of(new float[] {1, 2.5f, -3, 4}, 2, 2)), folder.resolve("a.npz"));
        assertThat(python.get().run("arrays_of_npz.py", folder))
                .containsExactly("x float32 (2, 2) [[1.0, 2.5], [-3.0, 4.0]]");
    }

    /** Two images of 64 × 64 pixels lie side by side; only three or more take two rows. */
    @Test
    void images_lie_side_by_side_in_a_grid() throws IOException {
        Path path = folder.resolve("a.png");
        double[] pixels = new double[2 * 64 * 64];
        Arrays.fill(pixels, 64 * 64, pixels.length, 1);
        pixels[64 * 64] = -1;
        NumberFile.write(NumberArray.of(pixels, 2, 1, 64, 64), path);
        BufferedImage picture = ImageIO.read(path.toFile());
        assertThat(new int[] {picture.getWidth(), picture.getHeight()}).containsExactly(2 * 64 + 4, 64);
        assertThat(picture.getRGB(10, 10) & 0xff).as("0 of [-1, 1]").isEqualTo(128);
        assertThat(picture.getRGB(68, 0) & 0xff).as("-1").isZero();
        assertThat(picture.getRGB(100, 40) & 0xff).as("1").isEqualTo(255);
    }

    @Test
    void other_endings_are_refused() {
        assertThatThrownBy(() -> NumberFile.write(NumberArray.of(new double[1], 1), folder.resolve("a.xls")))
                .hasMessage("numbers are not saved as a.xls");
    }

    @Test
    void npy_files_are_read_as_they_were_written_whatever_the_order_and_size_of_their_numbers() throws IOException {
        Path path = folder.resolve("a.npy");
        NumberFile.write(NumberArray.of(new double[] {1, 2.5, -3, 1e300}, 2, 2), path);
        assertThat(NpyReading.npy(path).array().values()).containsExactly(1, 2.5, -3, 1e300);

        Files.write(path, PictureFiles.npy(">i2", "(2,)", new byte[] {1, 0, -1, -1}));
        assertThat(NpyReading.npy(path).array().values()).containsExactly(256, -1);
        assertThat(NpyReading.npy(path).isWhole()).isTrue();

        byte[] columns = PictureFiles.npy("|u1", "(2, 3)", new byte[] {1, 4, 2, 5, 3, (byte) 200});
        String header = new String(columns, StandardCharsets.ISO_8859_1).replace("False", "True ");
        Files.write(path, header.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(NpyReading.npy(path).array().values()).containsExactly(1, 2, 3, 4, 5, 200);
    }

    @Test
    void what_is_not_numbers_is_refused() throws IOException {
        Path path = Files.write(folder.resolve("a.npy"), PictureFiles.npy("<U1", "(1,)", new byte[4]));
        assertThatThrownBy(() -> NpyReading.npy(path)).satisfies(Refusal.with("E0756"));
        Files.write(path, PictureFiles.npy("<f8", "(2,)", new byte[9]));
        assertThatThrownBy(() -> NpyReading.npy(path)).satisfies(Refusal.with("E0755"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<f4 | (-1,) | E0755",
                "<f4 | (a, b) | E0755",
                "<f4 | (2, 1,) (2,) | E0755",
                "<f4 | (2) | E0755",
                "<f4 | (4611686018427387904, 4) | E0725",
                "<f4 | (4294967296, 4294967296) | E0725",
                "<f4 | (99999999999999999999,) | E0725",
                "<f4 | (0, 4294967296) | E0725",
                "<f4 | (3,) | E0755",
                "<f4 | (1,) | E0755",
                "<f4 | (2, 0) | E0755",
                "<f0 | (2,) | E0756",
                "<f16 | (2,) | E0756",
                "<c8 | (1,) | E0756",
                "'|O' | (1,) | E0756",
                "'|V8' | (1,) | E0756",
                "<i3 | (2,) | E0756",
                "f | (2,) | E0756"
            })
    void a_header_that_does_not_fit_the_file_is_refused(String type, String shape, String code) throws IOException {
        Path path = Files.write(folder.resolve("a.npy"), PictureFiles.npy(type, shape, new byte[8]));
        assertThatThrownBy(() -> NpyReading.npy(path)).satisfies(Refusal.with(code));
    }

    @Test
    void structured_types_and_unknown_versions_are_refused() throws IOException {
        String plain = new String(PictureFiles.npy("<f4", "(2,)", new byte[8]), StandardCharsets.ISO_8859_1);
        String fields = plain.replace("'<f4'", "[('a', '<f4')]");
        byte[] bytes = fields.getBytes(StandardCharsets.ISO_8859_1);
        bytes[8] += (byte) ("[('a', '<f4')]".length() - "'<f4'".length());
        Path path = Files.write(folder.resolve("a.npy"), bytes);
        assertThatThrownBy(() -> NpyReading.npy(path)).satisfies(Refusal.with("E0756"));
        byte[] later = plain.getBytes(StandardCharsets.ISO_8859_1);
        later[6] = 4;
        Files.write(path, later);
        assertThatThrownBy(() -> NpyReading.npy(path)).satisfies(Refusal.with("E0755"));
    }

    @Test
    void whole_numbers_and_doubles_arrive_as_they_are() throws IOException {
        Files.write(
                folder.resolve("i.npy"), PictureFiles.npy("<i8", "(2,)", longs(Long.MAX_VALUE, -9007199254740993L)));
        Files.write(folder.resolve("u.npy"), PictureFiles.npy("<u8", "(3,)", longs(1, -1, Long.MIN_VALUE)));
        Files.write(
                folder.resolve("h.npy"), PictureFiles.npy("<f2", "(3,)", new byte[] {0, 0x3C, 1, 0, 0, (byte) 0xFC}));

        assertThat(NpyReading.npy(folder.resolve("i.npy")).wholes())
                .containsExactly(Long.MAX_VALUE, -9007199254740993L);
        assertThat(Script.run("""
                i = npy("i.npy")
                u = npy("u.npy")
                print(i.dtype, u.dtype, u[1] == 2^64, u[2] == 2^63)
                print(npy("h.npy"))
                """, folder))
                .containsExactly("int64 float64 true true", "tensor([1, 5.9604645e-8, -inf])");
    }

    /** Steps of a second at 1.7e9 are below the spacing of float32 there, 128. */
    @Test
    void doubles_are_scaled_in_double_precision() throws IOException {
        int n = 200;
        ByteBuffer numbers = ByteBuffer.allocate(16 * n).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            numbers.putDouble(1.7e9 + i).putDouble(i % 2);
        }
        Files.write(folder.resolve("t.npy"), PictureFiles.npy("<f8", "(200, 2)", numbers.array()));
        double std = Math.sqrt((n * n - 1) / 12.0);
        double[] printed = Script.run("""
                d = npy("t.npy").standardised()
                print(list(d.x[:, 0][[0, 1, 199]]))
                print(list(d.restored(d.x[0:2]).x[:, 0] - 1700000000))
                """, folder).stream()
                .flatMap(line -> Arrays.stream(line.replaceAll("[\\[\\] ]", "").split(",")))
                .mapToDouble(Double::parseDouble)
                .toArray();
        // float32 prints seven digits
        assertThat(printed[0]).isCloseTo(-99.5 / std, within(1e-6));
        assertThat(printed[1]).isCloseTo(-98.5 / std, within(1e-6));
        assertThat(printed[2]).isCloseTo(99.5 / std, within(1e-6));
        assertThat(printed).hasSize(5).endsWith(0, 1);
    }

    @Test
    void an_npz_that_is_cut_off_or_lies_about_its_sizes_is_refused() throws IOException {
        Path path = folder.resolve("a.npz");
        NumberFile.write(Map.of("x", NumberArray.of(new double[] {1, 2, 3}, 3)), path);
        byte[] whole = Files.readAllBytes(path);
        for (int length : new int[] {0, 20, whole.length / 2, whole.length - 1}) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NpyReading.npz(path)).satisfies(Refusal.with("E0755"));
        }
        byte[] changed = whole.clone();
        changed[new String(whole, StandardCharsets.ISO_8859_1).indexOf("NUMPY") + 140]++;
        Files.write(path, changed);
        assertThatThrownBy(() -> NpyReading.npz(path)).satisfies(Refusal.with("E0755"));
    }

    private static byte[] longs(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(bytes::putLong);
        return bytes.array();
    }
}
