package org.sdescript.plot.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.image.Typeface;

class TextLineTest {
    private static final TextStyle STYLE = TextStyle.LEGEND.withSize(10);

    private static TextLine line(String text) {
        return TextLine.of(text, STYLE);
    }

    @Test
    void words_are_one_run_of_their_width() {
        TextLine words = line("energy distance");
        assertThat(words.runs()).hasSize(1);
        assertThat(words.width())
                .isCloseTo(10.0 / Typeface.UNITS * Typeface.REGULAR.width("energy distance"), within(1e-9));
    }

    @Test
    void scripts_are_smaller_and_lie_below_and_above() {
        List<TextLine.Run> runs = line("$x_1^2$").runs();
        assertThat(runs.stream().map(TextLine.Run::letters)).containsExactly("x", "1", "2");
        assertThat(runs.get(0).italic()).isTrue();
        assertThat(runs.get(1).y()).isPositive();
        assertThat(runs.get(2).y()).isNegative();
        assertThat(runs.get(1).size()).isEqualTo(7);
        assertThat(runs.get(1).x()).isGreaterThan(runs.get(0).x());
    }

    @Test
    void a_fraction_has_a_bar_between_its_parts() {
        TextLine ratio = line("$\\frac{a}{b}$");
        assertThat(ratio.bars()).hasSize(1);
        double bar = ratio.bars().getFirst().box().top();
        assertThat(ratio.runs().get(0).y()).as("base line of a").isLessThan(bar);
        double heightOfB = 8.0 / Typeface.UNITS * Typeface.REGULAR.height("b");
        assertThat(ratio.runs().get(1).y() - heightOfB).as("top of b").isGreaterThan(bar);
    }

    @Test
    void a_root_covers_what_is_inside() {
        TextLine root = line("$\\sqrt{x + 1}$");
        Box bar = root.bars().getFirst().box();
        TextLine.Run first = root.runs().get(1);
        assertThat(bar.left()).isLessThanOrEqualTo(first.x());
        assertThat(bar.right()).isGreaterThan(root.runs().getLast().x());
        assertThat(bar.top()).isLessThan(-10.0 / Typeface.UNITS * Typeface.REGULAR.height("1"));
        assertThat(root.runs().getFirst().size())
                .as("a sign of nearly the size of text")
                .isBetween(9.0, 14.0);
    }

    @Test
    void parts_follow_each_other_from_left_to_right() {
        List<TextLine.Run> runs = line("loss $L(\\theta)$ in nats").runs();
        assertThat(runs.stream().map(TextLine.Run::letters)).containsExactly("loss ", "L", "(", "θ", ")", " in nats");
        assertThat(runs.stream().map(TextLine.Run::x)).isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"costs $5", "a \\$ sign", "$\\unknown$", "$x_$", "$", "$$"})
    void a_text_that_is_no_formula_is_drawn_as_it_is_written(String text) {
        assertThat(line(text).runs()).hasSize(1);
    }
}
