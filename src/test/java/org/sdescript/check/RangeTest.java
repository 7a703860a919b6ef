package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.diagnostic.Diagnostic;

class RangeTest {

    @Test
    void a_bound_is_taken_or_not_as_it_says() {
        assertThat(Range.DECAY.takes(0)).isTrue();
        assertThat(Range.DECAY.takes(1)).isFalse();
        assertThat(Range.SHARE.takes(1)).isTrue();
        assertThat(Range.POSITIVE.takes(0)).isFalse();
        assertThat(Range.POSITIVE.takes(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(Range.NOT_NEGATIVE.takes(-0.0)).isTrue();
        assertThat(Range.COUNT.takes(1)).isTrue();
        assertThat(Range.COUNT.takes(1.5)).isFalse();
    }

    @Test
    void what_is_no_number_is_in_no_range() {
        assertThat(Range.COUNT.takes(Double.NaN)).isFalse();
        assertThat(Range.DECAY.takes(Double.NaN)).isFalse();
        assertThat(Range.WHOLE.takes(Double.NaN)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | E0421 | n is 0, but must be at least 1",
                "0.5 | E0420 | n must be a whole number, but is 0.5",
                "-3  | E0421 | n is -3, but must be at least 1"
            })
    void a_refusal_names_the_number_and_what_it_must_be(double value, String code, String said) {
        Diagnostic refusal = Range.COUNT.refusal("n", value, null).orElseThrow();

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).isEqualTo(said);
    }

    @Test
    void a_number_inside_is_not_refused() {
        assertThat(Range.COUNT.refusal("n", 7, null)).isEmpty();
    }
}
