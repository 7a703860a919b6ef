package org.sdescript.ast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {

    @Test
    void a_format_is_read_as_python_reads_it() {
        assertThat(TextFormat.read("*^+12,.3f"))
                .contains(new TextFormat('*', '^', '+', 12, ",", OptionalInt.of(3), 'f'));
        assertThat(TextFormat.read("08.2e")).contains(new TextFormat('0', '=', '-', 8, "", OptionalInt.of(2), 'e'));
        assertThat(TextFormat.read("<05")).contains(new TextFormat('0', '<', '-', 5, "", OptionalInt.empty(), ' '));
        assertThat(TextFormat.read("")).contains(new TextFormat(' ', ' ', '-', 0, "", OptionalInt.empty(), ' '));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", ".f", "..2f", "1000", "f.2", "++", ".123f", "=<>"})
    void other_texts_are_no_formats(String text) {
        assertThat(TextFormat.read(text)).isEmpty();
    }

    @Test
    void signs_separators_and_types_of_numbers_are_for_numbers() {
        assertThat(TextFormat.read(".2f").orElseThrow().isNumeric()).isTrue();
        assertThat(TextFormat.read("+").orElseThrow().isNumeric()).isTrue();
        assertThat(TextFormat.read(",").orElseThrow().isNumeric()).isTrue();
        assertThat(TextFormat.read(">12s").orElseThrow().isNumeric()).isFalse();
        assertThat(TextFormat.read("05").orElseThrow().isNumeric()).isFalse();
    }
}
