package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.PictureFiles;
import org.sdescript.Refusal;

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

    /** Two images of 64 pixels are one above the other only if there are more than two of them. */
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
}
