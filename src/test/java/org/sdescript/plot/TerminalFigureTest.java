package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sdescript.runtime.TerminalAbilities;

class TerminalFigureTest {
    private static final double[] X = {0, 1, 2, 3};
    private static final double[] Y = {0, 10, 20, 30};

    @Test
    void a_rising_line_rises_from_the_lower_left_to_the_upper_right() {
        List<String> lines = drawn(new Layer.Line(X, Y, ""), 40, 14).lines().toList();

        assertThat(lines.getFirst().length()).isGreaterThan(30);
        int[] starts =
                lines.stream().limit(9).mapToInt(TerminalFigureTest::firstDot).toArray();
        assertThat(starts).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
        assertThat(String.join("\n", lines)).contains("20┤", "└", "┬");
    }

    @Test
    void lines_stay_within_the_terminal() {
        for (int columns : new int[] {20, 40, 80, 200}) {
            assertThat(drawn(new Layer.Scatter(X, Y, "points"), columns, 24).lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
        }
    }

    @Test
    void a_crowd_is_denser_where_there_are_more_points() {
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < 10_000; k++) {
            int times = k % 100 < 50 ? 20 : 1;
            points.addAll(Collections.nCopies(times, new double[] {k % 100, k / 100}));
        }
        double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
        double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
        List<String> lines = drawn(new Layer.Scatter(x, y, ""), 80, 24).lines().toList();
        int middle = lines.stream().mapToInt(String::length).max().orElseThrow() / 2;

        assertThat(dots(lines, 0, middle - 4)).isGreaterThan(2 * dots(lines, middle + 4, 80));
    }

    @Test
    void without_colours_layers_differ_by_their_signs() {
        TerminalAbilities screen = new TerminalAbilities(60, 20, false, TerminalAbilities.Images.NONE);
        String text = TerminalFigure.of(
                        Figure.of(List.of(new Layer.Scatter(X, X, "a"), new Layer.Scatter(X, Y, "b"))), screen)
                .text();

        assertThat(text).contains("● a   + b").doesNotContain("\u001B");
        assertThat(text.chars().filter(letter -> letter == '+').count()).isGreaterThan(2);
    }

    @Test
    void images_are_sent_in_the_terminals_own_way() {
        assertThat(image(TerminalAbilities.Images.KITTY))
                .startsWith("\u001B_Ga=T,f=100")
                .endsWith("\u001B\\");
        assertThat(image(TerminalAbilities.Images.ITERM))
                .startsWith("\u001B]1337;File=inline=1")
                .endsWith("\u0007");
        assertThat(image(TerminalAbilities.Images.SIXEL))
                .startsWith("\u001BPq\"1;1;")
                .endsWith("-\u001B\\");
    }

    @Test
    void a_sixel_image_has_as_many_columns_in_each_band_as_it_says() {
        String text = image(TerminalAbilities.Images.SIXEL);
        String bands = text.substring(text.indexOf('#', text.lastIndexOf(";2;")), text.length() - 2);
        int width = Integer.parseInt(text.split(";")[2]);
        String first = bands.substring(bands.indexOf('#'), bands.indexOf('$'));
        int columns = 0;
        for (var run : Pattern.compile("(?:!(\\d+))?([?-~])")
                .matcher(first.replaceFirst("#\\d+", ""))
                .results()
                .toList()) {
            columns += run.group(1) == null ? 1 : Integer.parseInt(run.group(1));
        }

        assertThat(columns).isEqualTo(width);
    }

    private static String image(TerminalAbilities.Images way) {
        return TerminalFigure.of(Figure.of(List.of(new Layer.Line(X, Y, ""))), new TerminalAbilities(80, 24, true, way))
                .text();
    }

    private static String drawn(Layer layer, int columns, int rows) {
        return TerminalFigure.of(
                        Figure.of(List.of(layer)),
                        new TerminalAbilities(columns, rows, false, TerminalAbilities.Images.NONE))
                .text();
    }

    private static int firstDot(String line) {
        return (int) line.chars()
                .takeWhile(letter -> letter < 0x2801 || letter > 0x28FF)
                .count();
    }

    /** Counts the Braille dots between two columns. */
    private static int dots(List<String> lines, int from, int to) {
        return lines.stream()
                .flatMapToInt(line -> line.chars().skip(from).limit(to - from))
                .map(letter -> letter >= 0x2800 && letter <= 0x28FF ? Integer.bitCount(letter - 0x2800) : 0)
                .sum();
    }
}
