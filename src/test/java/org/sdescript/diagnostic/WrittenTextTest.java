package org.sdescript.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How numbers, foreign text and file names stand in messages. */
class WrittenTextTest {

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "-0.0, 0",
        "0.1, 0.1",
        "1e15, 1000000000000000",
        "1e16, 1e16",
        "1e-4, 0.0001",
        "9.5e-5, 9.5e-5",
        "-2.5e300, -2.5e300",
        "NaN, nan",
        "Infinity, inf",
        "-Infinity, -inf",
        "0.30000000000000004, 0.30000000000000004"
    })
    void a_number_is_as_short_as_it_can_be_read_back(double value, String text) {
        assertThat(NumberText.of(value)).isEqualTo(text);
    }

    @Test
    void a_float_has_the_digits_of_a_float() {
        assertThat(NumberText.of(0.1f)).isEqualTo("0.1");
        assertThat(NumberText.of(16777216f)).isEqualTo("16777216");
    }

    @Test
    void characters_that_move_or_colour_become_a_sign() {
        assertThat(PrintableText.line("a\tb\r\nc\u001b[0m\u202e")).isEqualTo("a b⏎c\uFFFD[0m\uFFFD");
        assertThat(PrintableText.lines("a\nb\u0007")).isEqualTo("a\nb\uFFFD");
        assertThat(PrintableText.withoutControls("a\tb\n\u001b\u202e")).isEqualTo("a\tb\n\uFFFD\u202e");
        assertThat(PrintableText.line("σ 𝜎 ö")).isEqualTo("σ 𝜎 ö");
    }

    @Test
    void a_file_name_with_another_ending_is_refused_with_those_that_are_known() {
        FileExtensions pictures =
                new FileExtensions("E0731", "no picture can be named ", List.of(".png", ".svg", ".jpg"));

        assertThat(pictures.refused("a/b.PNG", null)).isEmpty();
        assertThat(pictures.refused("b.pdf", null)).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo("E0731");
            assertThat(error.message()).isEqualTo("no picture can be named b.pdf");
            assertThat(error.help()).contains("known endings are .png, .svg and .jpg");
        });
        assertThat(new FileExtensions("E0731", "", List.of(".png"))
                        .refused("png", null)
                        .orElseThrow()
                        .help())
                .contains("the known ending is .png");
    }
}
