package org.sdescript.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.PictureFiles;
import org.sdescript.RecordedConsole;
import org.sdescript.Refusal;
import org.sdescript.Script;

class ImageDataTest {
    @TempDir
    Path folder;

    private List<String> run(String script) {
        return Script.run(script, folder);
    }

    @Test
    void glyphs_are_bright_digits_on_dark_with_their_labels() {
        assertThat(run("""
                set(seed = 1)
                d = glyphs(200, size = 12)
                print(d, min(d.y), max(d.y), min(d.x) == -1, max(d.x) > 0.9, mean(d.x) < -0.2)
                border = concat([d.x[:, 0, 0], d.x[:, 0, -1]], axis = 1)
                print(mean(border) < -0.8)
                set(seed = 2)
                set(seed = 1)
                print(max(abs(glyphs(200, size = 12).x - d.x)) == 0)
                """)).containsExactly("data [200, 1, 12, 12] with labels 0 9 true true true", "true", "true");
    }

    @Test
    void idx_files_are_images_from_minus_one_to_one_or_whole_numbers() throws IOException {
        byte[] pixels = new byte[2 * 2 * 3];
        pixels[0] = (byte) 255;
        pixels[11] = (byte) 51;
        PictureFiles.idx(folder.resolve("i.gz"), new int[] {2, 2, 3}, pixels);
        PictureFiles.idx(folder.resolve("l.gz"), new int[] {2}, new byte[] {9, 4});

        assertThat(run("""
                d = idx("i.gz", labels = "l.gz")
                print(d.shape, d.y, d.x[0, 0, 0, 0], d.x[1, 0, 1], idx("l.gz"))
                print(d[1:2], d[1:2].y)
                """))
                .containsExactly(
                        "[2, 1, 2, 3] tensor([9, 4]) 1 tensor([-1, -1, -0.6]) tensor([9, 4])",
                        "data [1, 1, 2, 3] with labels tensor([4])");
    }

    @Test
    void a_file_that_is_cut_off_is_named() throws IOException {
        PictureFiles.idx(folder.resolve("i.gz"), new int[] {2, 2, 3}, new byte[5]);

        assertThatThrownBy(() -> run("print(idx(\"i.gz\"))"))
                .satisfies(Refusal.with("E0751"))
                .hasMessageContaining("i.gz");
    }

    @Test
    void public_data_sets_are_read_from_their_original_files() throws IOException {
        PictureFiles.in(folder);

        assertThat(run("""
                print(mnist(folder = "data/mnist"), mnist(folder = "data/mnist").y)
                print(fashion_mnist(folder = "data/fashion_mnist").classes[9])
                d = cifar10(folder = "data/cifar10")
                print(d, d.y, d.x[0, 0, 0, 0:2], d.x[0, 1, 0, 0], d.classes[d.y[1]])
                """))
                .containsExactly(
                        "data [2, 1, 4, 4] with labels tensor([7, 3])",
                        "Ankle boot",
                        "data [5, 3, 32, 32] with labels tensor([1, 2, 3, 4, 5]) tensor([1, -1]) -1 bird");
    }

    @Test
    void pictures_become_squares_of_one_size_with_folders_as_labels() throws IOException {
        PictureFiles.picture(folder.resolve("p/b/1.png"), 30, 20, Color.WHITE);
        PictureFiles.picture(folder.resolve("p/a/1.png"), 7, 9, Color.BLACK);
        PictureFiles.picture(folder.resolve("p/a/2.png"), 4, 4, Color.RED);

        assertThat(run("""
                d = images("p", size = 4)
                print(d, d.y, d.classes)
                print(max(d.x[0]), min(d.x[2]), d.x[1, :, 0, 0])
                print(images("p", size = 4, channels = 1).shape)
                """))
                .containsExactly(
                        "data [3, 3, 4, 4] with labels tensor([0, 0, 1]) [\"a\", \"b\"]",
                        "-1 1 tensor([1, -1, -1])",
                        "[3, 1, 4, 4]");
    }

    @Test
    void a_picture_is_made_smaller_by_means_of_what_its_pixels_cover() throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 255);
        PictureFiles.picture(folder.resolve("p/1.png"), image);

        assertThat(run("print(images(\"p\", size = 2).x)")).containsExactly("tensor([[[[-0.5, -1], [-1, -1]]]])");
    }

    @Test
    void what_streams_is_the_same_data_and_trains_to_the_same_losses() throws IOException {
        for (int i = 0; i < 6; i++) {
            PictureFiles.picture(folder.resolve("p/" + i % 2 + "/" + i + ".png"), 8, 8, new Color(40 * i, 10 * i, 0));
        }
        assertThat(run("""
                a = images("p").flipped()
                b = images("p", stream = true).flipped()
                print(b, b[0:4].shape, [part.shape for part in b.split(0.5)])
                print(max(abs(a.x - b.x)), a.y == b.y)
                network small(x, t, label = none) = conv2d(x, 3) + align(dense(sinusoidal(t, 8), 3) + embedding(label, 2, 3), x)
                one = train(small, a, VP(), steps = 7, batch = 4, seed = 1)
                other = train(small, b, VP(), steps = 7, batch = 4, seed = 1)
                print(one.losses == other.losses)
                """))
                .containsExactly(
                        "data [12, 3, 8, 8] with labels, read batch by batch [4, 3, 8, 8] [[6, 3, 8, 8], [6, 3, 8, 8]]",
                        "0 tensor([true, true, true, true, true, true, true, true, true, true, true, true])",
                        "true");
    }

    @Test
    void a_file_that_is_no_picture_is_named_and_so_is_one_of_another_size() throws IOException {
        PictureFiles.picture(folder.resolve("p/1.png"), 4, 4, Color.RED);
        PictureFiles.picture(folder.resolve("p/2.png"), 4, 5, Color.RED);
        assertThatThrownBy(() -> run("print(images(\"p\").shape)"))
                .satisfies(Refusal.with("E0759"))
                .hasMessageContaining("2.png");

        Files.writeString(folder.resolve("p/2.png"), "not a picture");
        assertThatThrownBy(() -> run("print(images(\"p\").shape)"))
                .satisfies(Refusal.with("E0758"))
                .hasMessageContaining("2.png");
    }

    @Test
    void a_saved_sheet_has_the_images_side_by_side() throws IOException {
        run("save(concat([ones([1, 1, 2, 2]), -ones([2, 1, 2, 2])], axis = 0), \"sheet.png\", columns = 3)");
        BufferedImage sheet =
                javax.imageio.ImageIO.read(folder.resolve("sheet.png").toFile());

        assertThat(sheet.getWidth()).isEqualTo(3 * 2 + 2);
        assertThat(sheet.getHeight()).isEqualTo(2);
        assertThat(sheet.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
        assertThat(sheet.getRGB(3, 0)).isEqualTo(0xFF000000);
    }

    @Test
    void greys_are_as_they_stand_in_the_file_with_alpha_or_in_few_bits() throws IOException {
        // 0, 64, 128, 255, all opaque; then 2 bits, in which 3 is white
        write("a/1.png", Png.of(4, 1, 8, 4, new int[] {0, 255, 64, 255, 128, 255, 255, 255}));
        write("b/1.png", Png.of(4, 1, 2, 0, new int[] {0b00_01_10_11}));
        write("c/1.png", Png.of(8, 1, 1, 0, new int[] {0b0110_0001}));
        write("d/1.png", Png.of(2, 1, 4, 0, new int[] {0x1F}));

        assertThat(run("""
                for p in ["a", "b", "c", "d"] {
                  d = images(p)
                  print(d.shape, list(round((d.x[0, 0, 0] + 1)*127.5)))
                }
                """))
                .containsExactly(
                        "[1, 1, 1, 4] [0, 64, 128, 255]",
                        "[1, 1, 1, 4] [0, 85, 170, 255]",
                        "[1, 1, 1, 8] [0, 255, 255, 0, 0, 0, 0, 255]",
                        "[1, 1, 1, 2] [17, 255]");
    }

    @Test
    void sixteen_bits_are_kept_and_what_is_transparent_is_white() throws IOException {
        write("a/1.png", Png.of(3, 1, 16, 0, new int[] {0x12, 0x34, 0x12, 0x35, 0xFF, 0xFF}));
        write("b/1.png", Png.of(1, 1, 16, 2, new int[] {0x00, 0x01, 0x80, 0x00, 0xFF, 0xFE}));
        write("c/1.png", Png.of(2, 1, 8, 6, new int[] {10, 20, 30, 0, 10, 20, 30, 255}));

        // float32 has 24 bits, so the largest sample has an error below 2⁻²⁴·65535 < 0.01
        assertThat(run("""
                print(list(round((images("a").x[0, 0, 0] + 1)*32767.5)))
                print(list(round((images("b").x[0, :, 0, 0] + 1)*32767.5)))
                print(round((images("c").x[0, :, 0] + 1)*127.5))
                """))
                .containsExactly(
                        "[4660, 4661, 65535]", "[1, 32768, 65534]", "tensor([[255, 10], [255, 20], [255, 30]])");
    }

    /**
     * The six samples of a picture of 3 × 2 pixels, as displayed for each orientation of the same file (Exif 2.32,
     * 4.6.4).
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | [[1, 2, 3], [4, 5, 6]]", "2 | [[3, 2, 1], [6, 5, 4]]", "3 | [[6, 5, 4], [3, 2, 1]]",
                "4 | [[4, 5, 6], [1, 2, 3]]", "5 | [[1, 4], [2, 5], [3, 6]]", "6 | [[4, 1], [5, 2], [6, 3]]",
                "7 | [[6, 3], [5, 2], [4, 1]]", "8 | [[3, 6], [2, 5], [1, 4]]", "9 | [[1, 2, 3], [4, 5, 6]]"
            })
    void pictures_are_turned_as_their_exif_says(int orientation, String seen) throws IOException {
        byte[] png = Png.of(3, 2, 8, 0, new int[] {10, 20, 30, 40, 50, 60});
        write("png/1.png", Png.with(png, "eXIf", PictureFiles.tiffBlock(orientation)));
        BufferedImage blocks = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                blocks.getRaster().setSample(x, y, 0, 10 * (1 + x / 16 + y / 16 * 3));
            }
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        javax.imageio.ImageIO.write(blocks, "jpeg", jpeg);
        write("jpeg/1.jpg", PictureFiles.turned(jpeg.toByteArray(), orientation));

        // JPEG changes blocks of one grey only by rounding their mean, at most 2 of 255; the greys are 10 apart
        assertThat(run("""
                print(round((images("png").x[0, 0] + 1)*12.75))
                print(round((images("jpeg").x[0, 0][8::16, 8::16] + 1)*12.75))
                """)).containsExactly("tensor(" + seen + ")", "tensor(" + seen + ")");
    }

    @Test
    void what_is_left_out_of_a_folder_is_said() throws IOException {
        PictureFiles.picture(folder.resolve("p/1.png"), 4, 4, Color.RED);
        write("p/b.webp", new byte[] {'R', 'I', 'F', 'F'});
        PictureFiles.picture(folder.resolve("p/more/1.png"), 4, 4, Color.RED);
        PictureFiles.picture(folder.resolve("q/a/1.png"), 4, 4, Color.RED);
        write("q/a/labels.csv", new byte[1]);
        write("q/read\u001bme", new byte[1]);
        RecordedConsole console = new RecordedConsole();
        Script.run("print(images(\"p\").shape, images(\"q\").shape)", folder, console);

        assertThat(console.lines()).containsExactly("[1, 3, 4, 4] [1, 3, 4, 4]");
        assertThat(console.notes()).hasSize(3).noneMatch(note -> note.contains("\u001b"));
        assertThat(console.notes().get(0)).startsWith("1 file of ").endsWith("are read: b.webp");
        assertThat(console.notes().get(1)).startsWith("1 folder of ").endsWith("beside them: more");
        assertThat(console.notes().get(2)).startsWith("2 files of ").contains("labels.csv");
    }

    @Test
    void colour_after_grey_asks_for_the_channels() throws IOException {
        write("p/1.png", Png.of(1, 1, 8, 0, new int[] {7}));
        PictureFiles.picture(folder.resolve("p/2.png"), 1, 1, Color.RED);

        assertThatThrownBy(() -> run("print(images(\"p\").shape)"))
                .satisfies(Refusal.with("E0726"))
                .hasMessageContaining("2.png");
        assertThat(run("print(images(\"p\", channels = 3).shape, images(\"p\", channels = 1).shape)"))
                .containsExactly("[2, 3, 1, 1] [2, 1, 1, 1]");
    }

    @Test
    void pictures_that_say_more_than_they_hold_are_refused() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        javax.imageio.ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        byte[] large = Png.of(60_000, 60_000, 8, 0, new int[60]);
        byte[] changed = Png.of(4, 1, 8, 0, new int[] {1, 2, 3, 4});
        changed[16 + 3] = 3; // the width, which no longer matches the checksum
        for (byte[] damaged : List.of(large, changed, Arrays.copyOf(jpeg.toByteArray(), jpeg.size() - 90))) {
            write("p/1.png", damaged);
            assertThatThrownBy(() -> run("print(images(\"p\").shape)")).satisfies(Refusal.with("E0758"));
        }
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), bytes);
    }

    /** PNG files in depths and colour types that ImageIO does not write. */
    private static final class Png {
        /** @param bytes the bytes of all lines */
        static byte[] of(int width, int height, int depth, int colourType, int[] bytes) throws IOException {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
                for (int i = 0; i < bytes.length; i++) {
                    if (i % Math.max(1, bytes.length / height) == 0) {
                        packed.write(0); // no filter
                    }
                    packed.write(bytes[i]);
                }
            }
            byte[] header = ByteBuffer.allocate(13)
                    .putInt(width)
                    .putInt(height)
                    .put((byte) depth)
                    .put((byte) colourType)
                    .array();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A});
            out.write(chunk("IHDR", header));
            out.write(chunk("IDAT", data.toByteArray()));
            out.write(chunk("IEND", new byte[0]));
            return out.toByteArray();
        }

        /** Adds a chunk after the header. */
        static byte[] with(byte[] png, String name, byte[] content) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(png, 0, 33);
            out.write(chunk(name, content));
            out.write(png, 33, png.length - 33);
            return out.toByteArray();
        }

        private static byte[] chunk(String name, byte[] content) {
            byte[] named = ByteBuffer.allocate(4 + content.length)
                    .put(name.getBytes(StandardCharsets.US_ASCII))
                    .put(content)
                    .array();
            CRC32 sum = new CRC32();
            sum.update(named);
            return ByteBuffer.allocate(8 + named.length)
                    .putInt(content.length)
                    .put(named)
                    .putInt((int) sum.getValue())
                    .array();
        }
    }
}
