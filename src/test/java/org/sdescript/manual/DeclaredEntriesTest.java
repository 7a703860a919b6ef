package org.sdescript.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.runtime.Chapter;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

class DeclaredEntriesTest {

    @Test
    void the_lines_above_a_declaration_are_its_text_and_the_indented_ones_its_example() {
        ManualEntry entry = only("""
                ## Moves the state. It keeps
                ## the shape.
                ##
                ##     y = moved(1)
                ##     print(y)
                fn moved(x; by = 2) = x + by
                """);

        assertThat(entry.names()).containsExactly("moved");
        assertThat(entry.theme()).isEqualTo(Chapter.TENSORS);
        assertThat(entry.text()).isEqualTo("Moves the state. It keeps\nthe shape.");
        assertThat(entry.summary()).isEqualTo("Moves the state.");
        assertThat(entry.examples()).isEqualTo("y = moved(1)\nprint(y)");
        assertThat(entry.source()).contains("mine.sde:6");
    }

    @Test
    void a_signature_is_written_as_in_the_declaration() {
        assertThat(only("fn f(x, t; n = 1  in  1.., by = linear()) = x").signature())
                .isEqualTo("fn f(x, t; n = 1 in 1.., by = linear())");
        assertThat(only("kernel k(; n) = n").signature()).isEqualTo("kernel k(n)");
        assertThat(only("predictor p(process, score, x, t, dt; order = 2) of order order { return x, x }")
                        .signature())
                .isEqualTo("predictor p(process, score, x, t, dt; order = 2) of order order");
        assertThat(only("sde P(a = 1,\n      b = 2) { dx = -a*x dt + b dw }").signature())
                .isEqualTo("sde P(a = 1, b = 2)");
        assertThat(only("param far = 2*5").signature()).isEqualTo("param far = 2*5");
    }

    @Test
    void a_declaration_without_text_is_summed_up_by_its_signature() {
        ManualEntry entry = only("fn f(x) = x");

        assertThat(entry.text()).isEmpty();
        assertThat(entry.examples()).isEmpty();
        assertThat(entry.summary()).isEqualTo("fn f(x)");
    }

    @Test
    void only_declarations_and_parameters_have_entries() {
        assertThat(entries("param n = 1\na = 2\nfn f(x) = x\nprint(a)\nsde P() { dx = dw }"))
                .extracting(ManualEntry::name)
                .containsExactly("n", "f", "P");
    }

    private static ManualEntry only(String text) {
        List<ManualEntry> entries = entries(text);
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    private static List<ManualEntry> entries(String text) {
        return DeclaredEntries.of(Parser.parse(new Source("mine.sde", text)).orThrow(), Chapter.TENSORS);
    }
}
