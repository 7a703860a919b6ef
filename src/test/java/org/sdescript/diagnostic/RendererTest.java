package org.sdescript.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sdescript.source.Source;

class RendererTest {
    private static final Source SCRIPT = new Source("script.sde", "a = 1\n  b = 𝜎 + scor(x)\n");
    private final Renderer plain = new Renderer(false);

    @Test
    void carets_mark_the_place_below_its_line() {
        int place = SCRIPT.text().indexOf("scor");
        Diagnostic error = Diagnostic.error("E0301", SCRIPT.span(place, place + 4), "`scor` has no value")
                .label("here")
                .note("names are read from the top")
                .help("did you mean `score`?");

        assertThat(plain.render(error)).isEqualTo("""
                error[E0301]: `scor` has no value
                  ┌─ script.sde:2:11
                2 │   b = 𝜎 + scor(x)
                  │           ^^^^ here
                  = note: names are read from the top
                  = help: did you mean `score`?
                """);
    }

    @Test
    void an_error_without_a_place_has_no_excerpt() {
        assertThat(plain.render(
                        Diagnostic.warning("W0101", null, "nothing is drawn").help("call `plot`")))
                .isEqualTo("warning[W0101]: nothing is drawn\n  = help: call `plot`\n");
    }

    @Test
    void a_place_without_letters_and_one_over_several_lines_have_carets_too() {
        assertThat(plain.render(Diagnostic.error("E0101", SCRIPT.span(5, 5), "it ends here")))
                .contains("│      ^\n");
        assertThat(plain.render(Diagnostic.error("E0101", SCRIPT.span(4, 12), "too long")))
                .contains("1 │ a = 1\n  │     ^\n");
    }

    /** A line of 200 letters is cut to 160 on either side of the place. */
    @Test
    void a_long_line_is_cut_around_the_place() {
        Source wide = new Source("wide.sde", "a".repeat(100) + "b" + "c".repeat(199));
        String[] lines = plain.render(Diagnostic.error("E0101", wide.span(100, 101), "here"))
                .split("\n");

        assertThat(lines[2]).isEqualTo("1 │ …" + "a".repeat(80) + "b" + "c".repeat(79) + "…");
        assertThat(lines[3].indexOf('^')).isEqualTo(lines[2].indexOf('b'));
    }

    @Test
    void nothing_in_an_error_controls_the_terminal() {
        Source hostile = new Source("h.sde", "x\u001b[31m");

        assertThat(plain.render(Diagnostic.error("E0101", hostile.span(0, 1), "\u001b[2J")
                        .note("\u202e")
                        .help("\u0007")))
                .doesNotContain("\u001b", "\u202e", "\u0007");
    }

    @Test
    void colours_are_added_where_they_are_wanted() {
        Diagnostic error = Diagnostic.error("E0101", SCRIPT.span(0, 1), "wrong");

        assertThat(new Renderer(true).render(error)).startsWith("\u001b[31;1merror[E0101]\u001b[0m\u001b[1m: wrong");
        assertThat(new Renderer(true).render(error).replaceAll("\u001b\\[[\\d;]*m", ""))
                .isEqualTo(plain.render(error));
    }

    @Test
    void a_place_is_added_once() {
        Diagnostic placed = Diagnostic.error("E0101", null, "wrong").at(SCRIPT.span(0, 1));

        assertThat(placed.span().orElseThrow().start()).isZero();
        assertThat(placed.at(SCRIPT.span(4, 5)).span().orElseThrow().start()).isZero();
        assertThat(placed.isError()).isTrue();
        assertThat(placed.raise().diagnostics()).containsExactly(placed);
    }
}
