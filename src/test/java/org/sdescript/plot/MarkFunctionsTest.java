package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sdescript.plot.canvas.Colour;
import org.sdescript.plot.canvas.Palette;

class MarkFunctionsTest {
    @Test
    void a_step_lasts_until_the_next_place() {
        Marks.Curve steps = (Marks.Curve) Drawn.marks("steps([0, 1, 3], [5, 2])");
        assertThat(steps.x()).containsExactly(0, 1, 1, 3);
        assertThat(steps.y()).containsExactly(5, 5, 2, 2);
        Marks.Curve counted = (Marks.Curve) Drawn.marks("steps([5, 2])");
        assertThat(counted.x()).containsExactly(1, 2, 2, 3);
    }

    @Test
    void errors_are_one_number_or_one_for_each_point_or_two() {
        assertThat(whiskers("errorbar([1, 2], [10, 20], 1)")).containsExactly(9, 19, 11, 21);
        assertThat(whiskers("errorbar([1, 2], [10, 20], [1, 2])")).containsExactly(9, 18, 11, 22);
        assertThat(whiskers("errorbar([1, 2], [10, 20], tensor([[1, 2], [3, 4]]))"))
                .containsExactly(9, 17, 12, 24);
    }

    private static double[] whiskers(String expression) {
        Marks.Whiskers bars = (Marks.Whiskers) Drawn.marks(expression);
        return IntStream.range(0, 4)
                .mapToDouble(k -> k < 2 ? bars.low()[k] : bars.high()[k - 2])
                .toArray();
    }

    @Test
    void an_end_below_zero_reaches_to_the_bottom_of_a_logarithmic_axis() {
        Figure figure =
                Figure.of(List.of(Drawn.layer("errorbar([1, 2], [1, 2], 1.5)")), Axis.PLAIN, new Axis("", true));
        Marks.Whiskers bars = (Marks.Whiskers) LayerToMarks.of(figure).getFirst();
        assertThat(bars.low()[0]).isNaN();
        assertThat(bars.low()[1]).isCloseTo(Math.log10(0.5), within(1e-12));
        assertThat(bars.leftOut()).isZero();
    }

    @Test
    void bars_of_several_layers_stand_side_by_side() {
        Figure figure = Figure.of(List.of(Drawn.layer("bar([\"a\", \"b\"], [1, 2])"), Drawn.layer("bar([3, 4])")));
        List<Marks> marks = LayerToMarks.of(figure);
        Marks.Columns first = (Marks.Columns) marks.getFirst();
        Marks.Columns second = (Marks.Columns) marks.getLast();
        // four fifths of the distance of 1 are filled, half by each layer
        assertThat(first.left()[0]).isCloseTo(0.6, within(1e-12));
        assertThat(first.right()[0]).isCloseTo(1, within(1e-12));
        assertThat(second.left()[0]).isCloseTo(1, within(1e-12));
        assertThat(second.right()[1]).isCloseTo(2.4, within(1e-12));
        Layout layout = Layout.of(figure, marks);
        assertThat(layout.xTicks().labels()).containsExactly("a", "b");
        assertThat(layout.y().range().low()).isZero();
    }

    @Test
    void a_band_without_a_label_belongs_to_the_layer_before_it() {
        List<Marks> marks = LayerToMarks.of(Figure.of(List.of(
                Drawn.layer("line([1, 2])"),
                Drawn.layer("band([1, 2], 0, [1, 2])"),
                Drawn.layer("vline(1)"),
                Drawn.layer("line([2, 1])"),
                Drawn.layer("band([1, 2], 0, 1, label = \"own\")"))));
        assertThat(marks.stream().map(each -> each.look().colour()))
                .containsExactly(
                        Colour.series(0), Colour.series(0), Colour.SOFT_INK, Colour.series(1), Colour.series(2));
    }

    @Test
    void paths_are_columns_of_the_recorded_states() {
        Marks.Paths times = (Marks.Paths)
                Drawn.marks("trajectories(tensor([[[1], [2], [3]], [[4], [5], [6]]]), t = [0, 0.5], n = 2)");
        assertThat(times.curves()).hasSize(2);
        assertThat(times.curves().get(1).x()).containsExactly(0, 0.5);
        assertThat(times.curves().get(1).y()).containsExactly(2, 5);
        Marks.Paths plane = (Marks.Paths) Drawn.marks("trajectories(tensor([[[1, 2]], [[3, 4]]]))");
        assertThat(plane.plane()).isTrue();
        assertThat(plane.curves().getFirst().x()).containsExactly(1, 3);
        assertThat(plane.curves().getFirst().y()).containsExactly(2, 4);
    }

    @Test
    void numbers_become_colours_from_the_least_to_the_greatest() {
        Marks.Dots dots = (Marks.Dots) Drawn.marks("scatter([1, 2, 3], [1, nan, 3], by = [5, 7, 9])");
        assertThat(dots.x()).hasSize(2);
        assertThat(dots.look().colour(dots.elements()[0]).rgb()).isEqualTo(Palette.rgb(0));
        assertThat(dots.look().colour(dots.elements()[1]).rgb()).isEqualTo(Palette.rgb(1));
        ColourKey.Scale key = (ColourKey.Scale) ColourKey.of(dots).orElseThrow();
        assertThat(key.range()).isEqualTo(new AxisRange(5, 9));
    }

    @Test
    void a_style_is_what_the_script_says() {
        MarkStyle style = Drawn.marks("line([1, 2], color = \"#102030\", width = 3, dash = \"dotted\", alpha = 0.5)")
                .look()
                .style();
        assertThat(style.colour()).contains(new Colour(0x102030, 1));
        assertThat(style.lineWidth(0)).as("units of 1/96 inch").isCloseTo(4, within(1e-12));
        assertThat(style.opacity(1)).isEqualTo(0.5);
        assertThat(Drawn.marks("line([1, 2], color = 1)").look().colour()).isEqualTo(Colour.series(1));
    }
}
