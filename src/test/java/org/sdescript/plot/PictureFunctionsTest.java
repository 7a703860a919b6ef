package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.Script;

class PictureFunctionsTest {
    @TempDir
    Path folder;

    @Test
    void an_image_fills_its_figure_without_axes() throws IOException {
        Script.run("plot(image(ones([1, 2, 2])*tensor([[[-1, 1], [1, 1]]])), to = \"a.png\")", folder);
        BufferedImage drawn = ImageIO.read(folder.resolve("a.png").toFile());
        int width = drawn.getWidth();
        int height = drawn.getHeight();

        assertThat(drawn.getRGB(width / 4, height / 4)).isEqualTo(0xFF000000);
        assertThat(drawn.getRGB(3 * width / 4, 3 * height / 4)).isEqualTo(0xFFFFFFFF);
        Script.run("plot(image(ones([2, 2])), to = \"a.svg\")", folder);
        assertThat(Files.readString(folder.resolve("a.svg"))).contains("<image").doesNotContain("<text");
    }

    @Test
    void the_rows_of_a_heat_map_go_up_and_its_ends_are_told() throws IOException {
        Script.run(
                "plot(heatmap(tensor([[0, 0], [-8, -8]]), label = \"depth\"), to = \"a.png\")\n"
                        + "plot(heatmap(tensor([[0, 0], [-8, -8]]), label = \"depth\"), to = \"a.svg\")",
                folder);
        BufferedImage drawn = ImageIO.read(folder.resolve("a.png").toFile());
        int middle = drawn.getWidth() / 2;

        assertThat(drawn.getRGB(middle, drawn.getHeight() / 4) & 0xFFFFFF).isEqualTo(Palette.rgb(0));
        assertThat(drawn.getRGB(middle, 3 * drawn.getHeight() / 4) & 0xFFFFFF).isEqualTo(Palette.rgb(1));
        assertThat(Files.readString(folder.resolve("a.svg"))).contains("depth, −8.00 to 0.00");
    }

    @Test
    void contours_lie_where_the_height_is_their_level() {
        double[] ends = SampleGrid.spread(new double[] {-2, 2}, 81);
        double[] heights = new double[81 * 81];
        for (int k = 0; k < heights.length; k++) {
            heights[k] = Math.pow(ends[k % 81], 2) + Math.pow(ends[k / 81], 2);
        }
        List<Contour> lines = Contour.of(heights, ends, ends, new double[] {1, 9});

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.level()).isZero();
            // linear between points 0.05 apart: an error of 0.05²/8 · 2 in the height
            assertThat(Math.hypot(line.x()[0], line.y()[0])).isCloseTo(1, within(1e-3));
        });
    }

    @Test
    void the_longest_arrow_reaches_to_the_next_point() {
        assertThat(Script.run("print(quiver(x -> -x, n = 5))\nprint(contour(x -> sum(x^2, axis = 1)))\n"
                        + "print(grid(zeros([4, 1, 8, 8]), columns = 4))"))
                .containsExactly("field of 25 arrows", "contours of 8 levels", "picture of 35 × 8 pixels");
    }

    @Test
    void frames_share_their_axes() throws IOException {
        Script.run(
                "animate([tensor([[0, 0], [1, 1]]), tensor([[5, 5], [9, 9]])], to = \"a.gif\")\n"
                        + "animate(ones([3, 2, 1, 8, 8]), to = \"b.gif\")",
                folder);

        assertThat(folder.resolve("a.gif")).isNotEmptyFile();
        assertThat(ImageIO.read(folder.resolve("b.gif").toFile()).getWidth()).isGreaterThanOrEqualTo(320);
    }

    @Test
    void the_palette_grows_lighter() {
        double before = -1;
        for (int k = 0; k <= 20; k++) {
            int rgb = Palette.rgb(k / 20.0);
            double light = 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
            assertThat(light).isGreaterThan(before);
            before = light;
        }
    }
}
