package org.sdescript.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.PictureFiles;
import org.sdescript.Refusal;
import org.sdescript.Script;

class ImageDataTest {
    @TempDir
    Path folder;

    private List<String> run(String script) {
        return Script.run(script, folder);
    }

    @Test
    void glyphs_are_bright_digits_on_dark_with_their_labels_whatever_fonts_there_are() {
        String fonts = System.getProperty("sde.plot.fonts");
        System.setProperty("sde.plot.fonts", "none");
        try {
            assertThat(run("""
                    set(seed = 1)
                    d = glyphs(200, size = 12)
                    print(d, min(d.y), max(d.y), min(d.x) == -1, max(d.x) > 0.9, mean(d.x) < -0.2)
                    border = concat([d.x[:, 0, 0], d.x[:, 0, -1]], axis = 1)
                    print(mean(border) < -0.8)
                    set(seed = 2)
                    set(seed = 1)
                    print(max(abs(glyphs(200, size = 12).x - d.x)) == 0)
                    """))
                    .containsExactly("data [200, 1, 12, 12] with labels 0 9 true true true", "true", "true");
        } finally {
            if (fonts == null) {
                System.clearProperty("sde.plot.fonts");
            } else {
                System.setProperty("sde.plot.fonts", fonts);
            }
        }
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
}
