package org.sdescript.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void numbers_stand_right_and_words_left() {
        TextTable table = new TextTable(List.of("name", "count", "note"));
        table.row(List.of("β̇", "1,024", "a"));
        table.row(List.of("long", "−3", ""));
        table.row(List.of("…", "inf"));

        assertThat(table.lines()).containsExactly("name  count  note", "β̇     1,024  a", "long     −3", "…       inf");
    }

    @Test
    void a_table_without_titles_has_its_rows_only() {
        TextTable table = new TextTable(List.of());
        table.row(List.of("a\u001b[31m", "b"));

        assertThat(table.lines()).containsExactly("a\uFFFD[31m  b");
    }
}
