package org.sdescript.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.diagnostic.Diagnostic;

class NumberRangeTest {

    @Test
    void a_bound_is_taken_or_not_as_it_says() {
        assertThat(NumberRange.DECAY.takes(0)).isTrue();
        assertThat(NumberRange.DECAY.takes(1)).isFalse();
        assertThat(NumberRange.SHARE.takes(1)).isTrue();
        assertThat(NumberRange.POSITIVE.takes(0)).isFalse();
        assertThat(NumberRange.POSITIVE.takes(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(NumberRange.NOT_NEGATIVE.takes(-0.0)).isTrue();
        assertThat(NumberRange.COUNT.takes(1)).isTrue();
        assertThat(NumberRange.COUNT.takes(1.5)).isFalse();
    }

    @Test
    void what_is_no_number_is_in_no_range() {
        assertThat(NumberRange.COUNT.takes(Double.NaN)).isFalse();
        assertThat(NumberRange.DECAY.takes(Double.NaN)).isFalse();
        assertThat(NumberRange.WHOLE.takes(Double.NaN)).isFalse();
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
        Diagnostic refusal = NumberRange.COUNT.refusal("n", value, null).orElseThrow();

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).isEqualTo(said);
    }

    @Test
    void a_number_inside_is_not_refused() {
        assertThat(NumberRange.COUNT.refusal("n", 7, null)).isEmpty();
    }
}
