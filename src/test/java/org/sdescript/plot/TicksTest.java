package org.sdescript.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void steps_are_round() {
        assertThat(Ticks.linear(new AxisRange(-1.3, 2.1), 6).labels()).containsExactly("−1", "0", "1", "2");
        assertThat(Ticks.linear(new AxisRange(-1.3, 2.1), 8).labels())
                .containsExactly("−1.0", "−0.5", "0.0", "0.5", "1.0", "1.5", "2.0");
        assertThat(Ticks.linear(new AxisRange(-800, 20_800), 5).labels())
                .containsExactly("0", "5000", "10\u2009000", "15\u2009000", "20\u2009000");
    }

    @Test
    void very_large_and_small_numbers_have_an_exponent() {
        assertThat(Ticks.linear(new AxisRange(0, 2.1e6), 4).labels()).containsExactly("0", "1×10⁶", "2×10⁶");
        assertThat(Ticks.linear(new AxisRange(-1e-5, 1.1e-5), 4).labels()).containsExactly("−1×10⁻⁵", "0", "1×10⁻⁵");
    }

    @Test
    void decades_are_labelled_and_divided() {
        Ticks many = Ticks.of(true, new AxisRange(-5.1, 0.1), 8);
        assertThat(many.labels()).containsExactly("10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰");
        assertThat(many.fine()).contains(-5 + Math.log10(2), -1 + Math.log10(9));
        assertThat(Ticks.of(true, new AxisRange(-1.1, 2.2), 8).labels()).containsExactly("0.1", "1", "10", "100");
        assertThat(Ticks.of(true, new AxisRange(-40, 40), 5).labels())
                .containsExactly("10⁻³²", "10⁻¹⁶", "10⁰", "10¹⁶", "10³²");
    }

    @Test
    void less_than_two_decades_are_divided_by_one_two_and_five() {
        assertThat(Ticks.of(true, new AxisRange(-0.9, 0.8), 8).labels()).containsExactly("0.2", "0.5", "1", "2", "5");
        assertThat(Ticks.of(true, new AxisRange(-3.6, -2.45), 8).labels())
                .containsExactly("0.0003", "0.0005", "0.001", "0.002", "0.003");
        assertThat(Ticks.of(true, new AxisRange(-7.9, -6.2), 8).labels())
                .containsExactly("2×10⁻⁸", "5×10⁻⁸", "1×10⁻⁷", "2×10⁻⁷", "5×10⁻⁷");
        assertThat(Ticks.of(true, new AxisRange(Math.log10(2.05), Math.log10(3.1)), 6)
                        .labels())
                .containsExactly("2.2", "2.4", "2.6", "2.8", "3.0");
    }
}
