package org.sdescript.repl;

import static org.assertj.core.api.Assertions.assertThat;

import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.workspace.EntryCompleteness;

class EditingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1",
                "f(x)",
                "sde A {\n  dx = x dt\n}",
                ":time 1 + 1",
                ":quit",
                "\"open",
                "a ) b",
                "",
                "# remark"
            })
    void an_entry_ends_where_nothing_is_open(String text) {
        assertThat(EntryCompleteness.isWhole(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x =", "f(x", "sde A {\n  dx = x dt", "1 +", ":time f(", "## doc", "fn f(x) =", "x ->", "if a {"
            })
    void an_entry_goes_on_where_something_is_open(String text) {
        assertThat(EntryCompleteness.isWhole(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sampler s(x) { # way\n  return \"a{b}\" + 0.5 }",
                ":time langevin(snr = 1)",
                "§ \"open",
                "pc(predictor = none)"
            })
    void colours_change_nothing_that_is_typed(String text) {
        assertThat(new Highlighting(true).highlight(null, text).toString()).isEqualTo(text);
        assertThat(new Highlighting(false).highlight(null, text)).isEqualTo(new AttributedString(text));
    }

    @Test
    void words_that_open_a_declaration_are_coloured_only_there() {
        assertThat(ansi("loss l(x) = x")).startsWith("\u001B[35mloss\u001B[0m");
        assertThat(ansi("loss = 3")).startsWith("loss = ");
    }

    private static String ansi(String text) {
        return new Highlighting(true).highlight(null, text).toAnsi();
    }
}
