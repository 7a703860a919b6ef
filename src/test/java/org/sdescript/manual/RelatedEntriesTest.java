package org.sdescript.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sdescript.ast.Program;
import org.sdescript.runtime.Chapter;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/** How the entries of a small manual, with keywords and kinds of values, are found and linked. */
class RelatedEntriesTest {
    private static final Manual MANUAL = Manual.of(Map.of("processes", program("""
                    ## A process. Its score is `drawn(x)`; `width`, `repeat` and `process` are words.
                    sde Walk(width = 1, by = slow()) { dx = width dw }

                    ## Draws. Unlike Walk, it needs `Walk` twice: `Walk(2)`, and `drawn`.
                    fn drawn(x) = x

                    ## Slower and slower.
                    fn slow(t) = t

                    ## How wide.
                    fn width(x) = x
                    """)));

    @Test
    void an_entry_is_related_to_names_in_backticks_and_to_callables_as_defaults() {
        assertThat(related("Walk")).containsExactly("drawn", "slow");
        assertThat(related("drawn")).containsExactly("Walk");
        assertThat(related("slow")).isEmpty();
    }

    @Test
    void at_most_six_entries_are_related() {
        StringBuilder text =
                new StringBuilder("## All of `f1`, `f2`, `f3`, `f4`, `f5`, `f6`, `f7` and `f1`.\nfn all(x) = x\n");
        for (int i = 1; i <= 7; i++) {
            text.append("fn f").append(i).append("(x) = x\n");
        }
        Manual many = MANUAL.with(program(text.toString()));

        assertThat(many.related(many.named("all").getFirst())).containsExactly("f1", "f2", "f3", "f4", "f5", "f6");
    }

    @Test
    void a_scripts_own_entry_comes_before_that_of_the_library() {
        Manual with = MANUAL.with(program("## My own.\nfn slow(t) = 2*t"));

        assertThat(with.named("slow")).extracting(ManualEntry::text).containsExactly("My own.", "Slower and slower.");
        assertThat(with.of(Chapter.SCRIPT)).hasSize(1);
        assertThat(MANUAL.of(Chapter.SCRIPT)).isEmpty();
        assertThat(MANUAL.themes()).containsExactly(Chapter.PROCESSES, Chapter.VALUES, Chapter.WORDS);
    }

    @Test
    void a_misspelt_name_and_a_word_of_the_text_find_entries() {
        assertThat(MANUAL.nearest("drwan")).contains("drawn");
        assertThat(MANUAL.nearest("procesess")).contains("processes");
        assertThat(MANUAL.mentioning("SLOWER")).extracting(ManualEntry::name).containsExactly("slow");
        assertThat(MANUAL.mentioning("slowe")).isEmpty();
    }

    @Test
    void keywords_have_their_form_text_and_example() {
        ManualEntry loop = MANUAL.named("repeat").getFirst();

        assertThat(loop.theme()).isEqualTo(Chapter.WORDS);
        assertThat(loop.signature()).startsWith("repeat ");
        assertThat(loop.text()).isNotBlank().doesNotContain("```");
        assertThat(loop.examples()).contains("repeat ");
    }

    @Test
    void a_page_fills_its_paragraphs_and_indents_its_code() {
        assertThat(TerminalText.of("## Title\n\nTwo\nlines.\n- one\n- two\n\n```sde\na = 1\n```\n<!-- hidden -->\n"))
                .isEqualTo("Title\n\nTwo lines.\n  - one\n  - two\n\n    a = 1");
        assertThat(TerminalText.of("word ".repeat(40)).lines())
                .allMatch(line -> line.length() <= 96)
                .hasSize(3);
    }

    @Test
    void a_file_of_errors_has_a_page_per_heading() {
        assertThat(ErrorPages.in("# Area\n\n## E0101: one thing\n\nText.\n\n## W0203: another\n\nMore.\n"))
                .containsExactly(
                        new ErrorPage("E0101", "one thing", "Text."), new ErrorPage("W0203", "another", "More."));
    }

    private static List<String> related(String name) {
        return MANUAL.related(MANUAL.named(name).getFirst());
    }

    private static Program program(String text) {
        return Parser.parse(new Source("stdlib/processes.sde", text)).orThrow();
    }
}
