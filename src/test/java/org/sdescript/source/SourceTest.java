package org.sdescript.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceTest {
    private static final Source LINES = new Source("f.sde", "ab\ncd\r\n\rπ𝜎x");

    @Test
    void a_line_ends_with_a_newline_a_carriage_return_or_both() {
        assertThat(LINES.lineCount()).isEqualTo(4);
        assertThat(LINES.lineText(1)).isEqualTo("ab");
        assertThat(LINES.lineText(2)).isEqualTo("cd");
        assertThat(LINES.lineText(3)).isEmpty();
        assertThat(LINES.lineText(4)).isEqualTo("π𝜎x");
    }

    @Test
    void an_offset_has_a_line_and_a_column_counted_from_1() {
        assertThat(LINES.line(0)).isEqualTo(1);
        assertThat(LINES.line(2)).as("the line end itself").isEqualTo(1);
        assertThat(LINES.line(3)).isEqualTo(2);
        assertThat(LINES.lineStart(2)).isEqualTo(3);
        assertThat(LINES.column(0)).isEqualTo(1);
        assertThat(LINES.column(4)).isEqualTo(2);
    }

    /** 𝜎 is two chars in Java and one letter for the reader. */
    @Test
    void columns_count_letters() {
        int x = LINES.text().indexOf('x');

        assertThat(LINES.column(x)).isEqualTo(3);
        assertThat(LINES.column(x + 1)).isEqualTo(4);
        assertThat(LINES.column(x + 9)).as("behind the text").isEqualTo(4);
    }

    @Test
    void an_empty_text_is_one_line() {
        Source empty = new Source("f.sde", "");

        assertThat(empty.lineCount()).isEqualTo(1);
        assertThat(empty.lineText(1)).isEmpty();
        assertThat(empty.span(0, 0).location()).isEqualTo("f.sde:1:1");
    }

    @Test
    void a_span_has_its_text_and_its_place() {
        Span span = LINES.span(3, 5);

        assertThat(span.text()).isEqualTo("cd");
        assertThat(span).hasToString("f.sde:2:1");
        assertThat(LINES.span(4, 99).text())
                .as("up to the end of the text")
                .startsWith("d")
                .endsWith("x");
    }

    @Test
    void a_span_joins_another_in_either_order() {
        Span joined = LINES.span(3, 5).to(LINES.span(0, 2));

        assertThat(joined.start()).isZero();
        assertThat(joined.end()).isEqualTo(5);
        assertThat(LINES.span(0, 5).to(LINES.span(3, 4)).end()).isEqualTo(5);
    }

    @Test
    void a_span_ends_after_its_start() {
        assertThatThrownBy(() -> LINES.span(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LINES.span(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void trees_that_differ_in_their_places_only_are_equal() {
        assertThat(LINES.span(0, 1)).isEqualTo(LINES.span(3, 4)).hasSameHashCodeAs(LINES.span(3, 4));
    }
}
