package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.plot.canvas.Box;

class PanelsTest {
    @TempDir
    Path folder;

    private static Figure line(double... y) {
        double[] x = new double[y.length];
        Arrays.setAll(x, k -> k);
        return Figure.of(List.of(new Layer.Line(x, y, "")));
    }

    private static PanelsLayout of(boolean shareX, boolean shareY, Figure... figures) {
        List<List<Optional<Figure>>> rows = List.of(
                List.of(Optional.of(figures[0]), Optional.of(figures[1])),
                List.of(Optional.of(figures[2]), Optional.empty()));
        return PanelsLayout.of(new Panels("", rows, shareX, shareY, Optional.of(new Figure.Size(600, 400)), 200));
    }

    @Test
    void plots_have_one_size_and_common_sides() {
        PanelsLayout layout = of(false, false, line(0, 1e5), line(0, 1, 2).title("a title"), line(-1, 1));
        List<Box> boxes =
                layout.placed().stream().map(each -> each.layout().box()).toList();
        for (Box box : boxes) {
            assertThat(box.width()).isCloseTo(boxes.getFirst().width(), within(1e-9));
            assertThat(box.height()).isCloseTo(boxes.getFirst().height(), within(1e-9));
            assertThat(box.right()).isLessThan(600);
            assertThat(box.bottom()).isLessThan(400);
        }
        assertThat(boxes.get(0).top()).isCloseTo(boxes.get(1).top(), within(1e-9));
        assertThat(boxes.get(0).left()).isCloseTo(boxes.get(2).left(), within(1e-9));
        assertThat(boxes.get(1).left()).isGreaterThan(boxes.get(0).right());
    }

    @Test
    void shared_axes_have_one_range_and_their_numbers_once() {
        PanelsLayout layout = of(true, true, line(0, 1), line(0, 5, 2), line(-1, 1));
        for (PanelsLayout.Placed each : layout.placed()) {
            // four hundredths of each range are margin
            assertThat(each.layout().x().range()).isEqualTo(new AxisRange(-0.08, 2.08));
            assertThat(each.layout().y().range().low()).isCloseTo(-1.08, within(1e-12));
            assertThat(each.layout().y().range().high()).isCloseTo(5.2, within(1e-12));
        }
        assertThat(layout.placed().stream().map(each -> each.layout().sides()))
                .containsExactly(
                        new Layout.Sides(false, true), new Layout.Sides(true, false), new Layout.Sides(true, true));
    }

    @Test
    void a_figure_is_a_value_and_shows_itself_where_nothing_uses_it() {
        RecordedConsole console = new RecordedConsole();
        List<String> lines = Script.run("""
                a = plot(line([1, 2]), title = "first")
                b = plot(hist([1, 2, 2]), scatter([1], [1]))
                print(a, b)
                panels([[a, b], [none, a]], share = "y", to = "both.svg")
                panels([a, b])
                b
                """, folder, console);
        assertThat(lines).containsExactly("figure: line of 2 points figure of 2 layers");
        assertThat(folder.resolve("both.svg")).isNotEmptyFile();
        assertThat(folder.resolve("plot.png")).isNotEmptyFile();
        assertThat(folder.resolve("plot-2.png")).isNotEmptyFile();
        assertThat(folder.resolve("plot-3.png")).doesNotExist();
    }

    @Test
    void older_arguments_draw_what_the_new_ones_draw() throws Exception {
        Script.run("""
                plot(line([1, 2, 3]), to = "old.svg", x_label = "a", y_label = "b", log_x = true, log_y = true)
                plot(line([1, 2, 3]), to = "new.svg", xlabel = "a", ylabel = "b", log = "xy")
                """, folder);
        assertThat(Files.readString(folder.resolve("old.svg"))).isEqualTo(Files.readString(folder.resolve("new.svg")));
    }

    @Test
    void sizes_are_centimetres_and_limits_are_the_ends_of_the_axes() throws Exception {
        Script.run("""
                plot(line([1, 2, 3]), to = "a.svg", size = [8.5, 6], xlim = [1, 2], ylim = [0, 10])
                plot(line([1, 2, 3]), to = "a.png", size = [5.08, 2.54], dpi = 100)
                """, folder);
        // 8.5 cm are 8.5/2.54 · 96 units of CSS
        assertThat(Files.readString(folder.resolve("a.svg"))).contains("width=\"321.26\" height=\"226.77\"");
        BufferedImage image = ImageIO.read(folder.resolve("a.png").toFile());
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(200, 100);
        Figure figure = line(0, 1).x(Axis.PLAIN.limits(new AxisRange(-7, 7)));
        assertThat(Layout.of(figure, LayerToMarks.of(figure)).x().range()).isEqualTo(new AxisRange(-7, 7));
    }
}
