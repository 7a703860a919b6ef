package org.sdescript.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.Reader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Refusal;

class PipedEntriesTest {
    /** The same text for ever, as {@code yes} writes it. */
    private static final class Endless extends Reader {
        private final String text;
        private long given;

        Endless(String text) {
            this.text = text;
        }

        @Override
        public int read(char[] letters, int from, int count) {
            for (int i = 0; i < count; i++) {
                letters[from + i] = text.charAt((int) (given++ % text.length()));
            }
            return count;
        }

        @Override
        public void close() {}
    }

    /** Brackets that no line closes, brackets that lines close too seldom, and a line without an end. */
    @ParameterizedTest
    @ValueSource(strings = {"(\n", "f(x, [1],\n", "x"})
    void an_entry_without_an_end_is_refused(String text) {
        Endless endless = new Endless(text);
        PipedEntries entries = new PipedEntries(new BufferedReader(endless));

        assertThatThrownBy(entries::next).satisfies(Refusal.with("E0931"));
        assertThat(endless.given).isLessThan(1L << 25);
    }

    @Test
    void entries_of_several_lines_end_with_their_last_bracket() {
        String text = "fn f(x) {\n  y = [1,\n\n  2]\n  return \")\"\n}\r\nif a {\n}\nelse {\n}\nx = 1\n(";
        PipedEntries entries = new PipedEntries(new BufferedReader(new StringReader(text)));

        assertThat(entries.next()).contains("fn f(x) {\n  y = [1,\n\n  2]\n  return \")\"\n}\n");
        assertThat(entries.next()).contains("if a {\n}\nelse {\n}\n");
        assertThat(entries.next()).contains("x = 1\n");
        assertThat(entries.next()).contains("(\n");
        assertThat(entries.next()).isEmpty();
    }
}
