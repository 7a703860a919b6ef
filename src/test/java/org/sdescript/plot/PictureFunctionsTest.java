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
import org.sdescript.plot.canvas.Palette;

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
        assertThat(Files.readString(folder.resolve("a.svg"))).contains(">depth<", ">−8<", ">0<");
    }

    @Test
    void contours_lie_where_the_height_is_their_level() {
        double[] ends = SampleGrid.spread(new AxisRange(-2, 2), 81);
        double[] heights = new double[81 * 81];
        for (int k = 0; k < heights.length; k++) {
            heights[k] = Math.pow(ends[k % 81], 2) + Math.pow(ends[k / 81], 2);
        }
        List<Contour> lines = Contour.of(heights, ends, ends, new double[] {1, 9});

        // one circle, joined to one line: its last point is its first
        assertThat(lines).hasSize(1).allSatisfy(line -> {
            int last = line.x().length - 1;
            assertThat(line.x()[last]).isEqualTo(line.x()[0]);
            assertThat(line.y()[last]).isEqualTo(line.y()[0]);
        });
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.level()).isZero();
            // linear between points 0.05 apart: an error of 0.05²/8 · 2 in the height
            for (int k = 0; k < line.x().length; k++) {
                assertThat(Math.hypot(line.x()[k], line.y()[k])).isCloseTo(1, within(1e-3));
            }
        });
    }

    @Test
    void the_longest_arrow_reaches_to_the_next_point() {
        assertThat(Script.run("print(quiver(x -> -x, n = 5))\nprint(contour(x -> sum(x^2, axis = 1)))\n"
                        + "print(grid(zeros([4, 1, 8, 8]), columns = 4))"))
                .containsExactly("field of 25 arrows", "contours of a function", "picture of 35 × 8 pixels");
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
    void pictures_keep_their_proportions_in_any_grid() {
        Layout ten = layout("grid(zeros([3, 1, 2, 10]), columns = 1)");
        // three pictures of 10 × 2 pixels, with gaps of one
        assertThat(ten.box().height() / ten.box().width()).isCloseTo(8 / 10.0, within(1e-9));
        Layout column = layout("grid(zeros([4, 1, 1, 8]), columns = 1)");
        assertThat(column.box().height() / column.box().width()).isCloseTo(7 / 8.0, within(1e-9));
        Layout wide = layout("grid(zeros([40, 1, 2, 10]), columns = 40)");
        assertThat(wide.box().height() / wide.box().width()).isCloseTo(2 / (10.0 * 40 + 39), within(1e-9));
    }

    /** Returns the layout of a figure of one layer. */
    private static Layout layout(String layer) {
        Figure figure = Figure.of(List.of(Drawn.layer(layer)));
        return Layout.of(figure, LayerToMarks.of(figure));
    }

    @Test
    void a_function_lies_over_the_range_of_what_it_is_drawn_on() {
        LayerSource arrows = Drawn.layer("quiver(x -> -x, n = 5)");
        Layer points = new Layer.Scatter(new double[] {10, 20}, new double[] {-5, 0}, "");
        Layer.Arrows on =
                (Layer.Arrows) Figure.of(List.of(points, arrows)).layers().get(1);
        // the axis has margins of 4 % of the range of 10; five arrows stand in the middle of fifths of the axis
        assertThat(on.x()[0]).isCloseTo(10 - 0.4 + 10.8 / 10, within(1e-12));
        assertThat(on.x()[4]).isCloseTo(20 + 0.4 - 10.8 / 10, within(1e-12));
        assertThat(on.y()[24]).isCloseTo(0.2 - 5.4 / 10, within(1e-12));
        Figure figure = Figure.of(List.of(points, arrows));
        assertThat(Layout.of(figure, LayerToMarks.of(figure)).x().range().low()).isCloseTo(9.6, within(1e-12));
        Layer.Arrows alone = (Layer.Arrows) Figure.of(List.of(arrows)).layers().getFirst();
        assertThat(alone.x()[0]).isEqualTo(-3);
        Layer.Arrows own = (Layer.Arrows) Figure.of(List.of(points, Drawn.layer("quiver(x -> -x, n = 5, x = [0, 1])")))
                .layers()
                .get(1);
        assertThat(own.y()[24]).as("a square, if x alone is given").isEqualTo(1);
    }

    @Test
    void levels_of_a_log_density_hold_their_share_of_the_mass() {
        double[] shares = {0.5, 0.9};
        double[] ends = SampleGrid.spread(new AxisRange(-6, 6), 241);
        double[] heights = new double[241 * 241];
        for (int k = 0; k < heights.length; k++) {
            heights[k] = -(Math.pow(ends[k % 241], 2) + Math.pow(ends[k / 241], 2)) / 2;
        }
        ContourLevels levels = ContourLevels.ofMass(heights, shares);
        // of a standard normal law in the plane, the disc of radius r holds 1 − exp(−r²/2), so the level is log(1 −
        // mass)
        // a shell of the lattice, 0.05 wide, holds at most 0.05 r exp(−r²/2) of the mass, a change of 0.05 r of the
        // level
        assertThat(levels.names()).containsExactly("90 %", "50 %");
        for (int k = 0; k < 2; k++) {
            double share = shares[1 - k];
            double r = Math.sqrt(-2 * Math.log(1 - share));
            assertThat(levels.heights()[k]).isCloseTo(Math.log(1 - share), within(0.05 * r));
        }
        FunctionLayer law = (FunctionLayer) Drawn.layer("contour(normal().log_prob)");
        assertThat(((Layer.Contours) Figure.of(List.of(law)).layers().getFirst())
                        .levels()
                        .names())
                .containsExactly("99 %", "90 %", "75 %", "50 %", "25 %", "10 %");
    }

    @Test
    void the_density_of_points_has_the_mass_one() {
        Layer.Cells cells = (Layer.Cells) Drawn.layer("hist2d(tensor([[0, 0], [0, 0], [0, 0], [2, 4]]), bins = 2)");
        // three of four points lie in one of four cells of area 1 · 2
        assertThat(cells.graded()).contains(new AxisRange(0, 0.75 / 2));
        assertThat(cells.pixels().rgb())
                .containsExactly(Palette.rgb(0), Palette.rgb(1 / 3.0), Palette.rgb(1), Palette.rgb(0));
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
