package org.sdescript.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.check.Checker;
import org.sdescript.check.Globals;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Renderer;
import org.sdescript.source.Source;
import org.sdescript.syntax.format.Formatter;

/** Texts that no one writes by hand are parsed nevertheless, and fast. */
class OddTextsTest {
    private static final int MANY = 100_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "{",
                "f(",
                "-",
                "not ",
                "2^",
                "a + ",
                "a*",
                "a or ",
                "if a then ",
                "x -> ",
                "{a: ",
                "x[",
                "[(",
                "if a {\n",
                "fn f(x) {\n",
                "repeat 2 { ",
                "\"{",
                "x = \"{",
                "f(a = ",
                "[1 for i in "
            })
    void what_is_opened_a_hundred_thousand_times_is_refused_with_a_place(String opener) {
        List<Diagnostic> found = check("x = " + opener.repeat(MANY));

        assertThat(found).isNotEmpty().allSatisfy(mistake -> assertThat(mistake.span())
                .isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" + 1", " * 1", " - x", "^2", " < 1", " or x", ".a", "[0]", "()", "..1", " if x", "]", ")", "}"})
    void long_chains_are_refused_with_a_place(String link) {
        List<Diagnostic> found = check("x = 1" + link.repeat(MANY));

        assertThat(found).isNotEmpty().allSatisfy(mistake -> assertThat(mistake.span())
                .isPresent());
    }

    @Test
    void closers_of_the_wrong_kind_cost_no_search_each() {
        assertThat(check("x = " + "(".repeat(MANY) + "]".repeat(MANY))).isNotEmpty();
    }

    @Test
    void sums_of_hundreds_of_terms_are_read_checked_and_written() {
        String text = "x = 1" + " + 1".repeat(900) + "\n";

        assertThat(check(text)).isEmpty();
        assertThat(Formatter.format(new Source("long", text)).errors()).isEmpty();
    }

    @Test
    void a_line_of_ten_megabytes_is_read() {
        assertThat(check("x = \"" + "a".repeat(10_000_000) + "\"")).isEmpty();
        assertThat(check("x = 1 #" + " a".repeat(5_000_000))).isEmpty();
        assertThat(check("\0".repeat(MANY))).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void a_hundred_thousand_blank_lines_cost_no_search_each() {
        assertThat(check("\n".repeat(MANY) + "x = (" + "\n".repeat(MANY) + "1)"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lines_are_counted_whatever_ends_them(String end) {
        assertThat(check("x = 1" + end + "y = 2" + end + "z = (" + end))
                .singleElement()
                .satisfies(mistake ->
                        assertThat(mistake.span().orElseThrow().location()).isEqualTo("odd:3:5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u2028", "\u2029", "\u0085", "\u200B", "\u202E", "\u2066", "\u00AD"})
    void a_character_that_cannot_be_seen_is_named_by_its_number_and_not_printed(String character) {
        List<Diagnostic> found = check("x = 1" + character + "\n");

        assertThat(found).singleElement().satisfies(mistake -> {
            assertThat(mistake.code()).isEqualTo("E0102");
            assertThat(mistake.message()).contains(String.format("U+%04X", character.codePointAt(0)));
            assertThat(new Renderer(false).render(mistake)).doesNotContain(character);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDC00", "\uDC00\uD800"})
    void lone_surrogates_are_named_by_their_number(String surrogate) {
        assertThat(check("x = " + surrogate)).isNotEmpty().first().satisfies(mistake -> assertThat(mistake.message())
                .contains("U+D"));
    }

    @Test
    void a_mark_at_the_start_and_letters_from_right_to_left_are_read() {
        assertThat(check("\uFEFFא = 1\nx = \"\u202E abc\" # ب\ny = א")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "# only", "## only\n", ";;;", "\uFEFF"})
    void texts_without_a_statement_have_no_mistake(String text) {
        assertThat(check(text)).isEmpty();
    }

    private static List<Diagnostic> check(String text) {
        return Checker.check(Parser.parse(new Source("odd", text)), Globals.NONE);
    }
}
