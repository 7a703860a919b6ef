package org.sdescript.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.RecordedConsole;
import org.sdescript.Script;
import org.sdescript.files.OutputFolders;
import org.sdescript.runtime.Settings;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.workspace.Workspace;

class MimeBundleTest {
    private static final Workspace WORKSPACE = new Workspace(
            Script.PIPELINE, Settings.standard(), OutputFolders.of(Script.temporary()), new RecordedConsole());

    private static Map<String, String> forms(String expression) {
        Map<String, String> forms = new HashMap<>();
        WORKSPACE.look(
                new Source(Workspace.NAME, expression),
                (statement, value) ->
                        forms.putAll(MimeBundle.of(value).orElseThrow().data()));
        return forms;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 1                      | text/plain",
                "\"text\"                   | text/plain",
                "zeros([2, 2])              | text/plain",
                "{a: 1}                     | text/plain",
                "VP                         | text/plain",
                "VP()                       | text/plain text/latex",
                "reverse(VP())              | text/plain text/latex",
                "flow(VP())                 | text/plain text/latex",
                "VP().transition            | text/plain text/latex",
                "VP().prior                 | text/plain text/latex",
                "explain(reverse(VP()))     | text/plain text/latex",
                "[{a: 1}, {a: 2}]           | text/plain text/html",
                "line([1, 2])               | text/plain text/html image/svg+xml image/png",
                "[line([1, 2]), line([2])]  | text/plain text/html image/svg+xml image/png",
                "[]                         | text/plain"
            })
    void each_kind_of_value_has_its_forms(String expression, String types) {
        assertThat(forms(expression).keySet()).isEqualTo(Set.of(types.split(" ")));
    }

    @Test
    void none_has_no_form() {
        assertThat(MimeBundle.of(Value.None.NONE)).isEmpty();
    }

    @Test
    void a_process_is_the_latex_that_the_script_gets_between_dollar_signs() {
        String latex = forms("latex(reverse(VP()))").get("text/plain");

        assertThat(forms("reverse(VP())")).containsEntry("text/latex", "$$" + latex + "$$");
    }

    @Test
    void an_explanation_has_its_steps_without_lists_that_pages_do_not_know() {
        assertThat(forms("explain(reverse(VP()))").get("text/latex"))
                .contains("\n\n1. ", "$$", "Anderson 1982")
                .doesNotContain("enumerate", "\\item", "subsection", "gather*");
    }

    @Test
    void converters_that_strip_pictures_find_the_smallest_form_in_an_element() {
        assertThat(forms("line([1, 2])").get("text/html")).startsWith("<img alt=\"picture\" src=\"data:image/svg+xml;");
        Map<String, String> many = forms("scatter(uniform(0, 1, [40_000, 1]), uniform(0, 3, [40_000, 1]))");
        assertThat(many.get("text/html"))
                .as("half as wide as its pixels, which begin with their number, 302")
                .startsWith("<img alt=\"picture\" width=\"151\" src=\"data:image/png;base64,iVBOR");
        assertThat(many).as("an SVG of more than a megabyte is left out").doesNotContainKey("image/svg+xml");
    }

    @Test
    void a_picture_is_an_element_of_a_page_without_the_head_of_a_file() {
        assertThat(forms("line([1, 2])").get("image/svg+xml"))
                .startsWith("<svg ")
                .endsWith("</svg>");
    }

    @Test
    void a_table_has_its_title_and_rounds_its_numbers() {
        Map<String, String> forms = forms("table([{a: 1/3, b: \"<\"}], title = \"One & only\")");

        assertThat(forms.get("text/html"))
                .startsWith("<table>\n<caption>One &amp; only</caption>")
                .contains("<tr><td>0.3333</td><td>&lt;</td></tr>");
        assertThat(forms.get("text/plain")).isEqualTo("One & only\n       a  b\n  0.3333  <");
    }

    @Test
    void a_table_is_escaped_and_leaves_out_the_rows_that_the_prompt_leaves_out() {
        String html = forms("[{text: \"<script>&\", n: k} for k in 1..40]").get("text/html");

        assertThat(html)
                .contains("<td>&lt;script&gt;&amp;</td>", "<td>…</td>", "<p>(40 rows)</p>")
                .doesNotContain("<script>", "<td>20</td>");
        assertThat(html.split("<tr>")).hasSize(1 + 1 + 12 + 1 + 3);
    }
}
