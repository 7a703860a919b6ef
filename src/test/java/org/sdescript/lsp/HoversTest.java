package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;

class HoversTest {
    private static final String INVENTED = """
            ## A process of this test.
            sde Invented(speed = 2, width = 0.3) {
              dx = -speed*x dt + width*exp(-t) dw
            }
            """;

    @RegisterExtension
    private static final EditorSession SESSION = new EditorSession();

    private static String hover(String marked) {
        Editor.Marked text = Editor.Marked.of(marked);
        String uri = SESSION.editor().open(SESSION.folder().resolve("hover.sde"), text.text());
        String shown = SESSION.editor().hover(uri, text.position());
        SESSION.editor().close(uri);
        return shown;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"VP()", "VE(hi = 5)", "SubVP()", "CLD()", "OrnsteinUhlenbeck(theta = 2)", "Invented(speed = 3)"})
    void a_process_shows_reverse_flow_transition_and_prior_as_print_gives_them(String process) {
        List<String> printed = Script.run(INVENTED + "p = " + process + "\n"
                + "print(p)\nprint(reverse(p))\nprint(flow(p))\nprint(p.transition)\nprint(p.prior)\n");
        String expected = String.join("\n", printed);

        String overName = hover(INVENTED + "p = " + process + "\nprint(‸p)\n");
        String overCall = hover(INVENTED + "p = ‸" + process + "\nprint(p)\n");

        assertThat(printed).hasSizeGreaterThanOrEqualTo(5);
        assertThat(withoutTitles(overName)).contains(expected);
        assertThat(withoutTitles(overCall)).contains(expected);
        assertThat(overName).contains("# reverse", "# flow", "# transition", "# prior");
    }

    private static String withoutTitles(String markdown) {
        return Stream.of(markdown.split("\n"))
                .filter(line -> !line.startsWith("# "))
                .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void a_declared_sde_shows_its_text_and_what_its_defaults_give() {
        String shown = hover(INVENTED.replace("Invented", "Inv‸ented"));

        assertThat(shown).contains("A process of this test.", "sde Invented(speed = 2, width = 0.3)");
        assertThat(shown).contains("dx = −2 x dt");
    }

    @Test
    void a_process_that_has_no_transition_says_why() {
        String shown = hover("sde Odd‸() {\n  dx = -x^3 dt + dw\n}\n");

        assertThat(shown).contains("# transition (none)").contains("# reverse\ndx =");
    }

    @Test
    void a_name_shows_the_page_of_the_manual() {
        assertThat(hover("print(ex‸p(1))")).contains("fn exp(x)").contains("The exponential");
        assertThat(hover("for i in 1..3 { print(i) ‸}")).isEmpty();
        assertThat(hover("fo‸r i in 1..3 { print(i) }")).contains("for");
    }

    @Test
    void fields_arguments_and_parameters_show_their_meaning() {
        assertThat(hover("p = VP()\nprint(p.t_m‸ax)")).contains("the ends of its time domain");
        assertThat(hover("fn f(x; width = 3 in (0, inf)) = width‸*x")).contains("parameter width = 3 in (0, inf)");
        assertThat(hover("fn f(x; width = 3) = width*x\nprint(f(1, wi‸dth = 2))"))
                .contains("width = 3");
    }

    @Test
    void training_is_never_started_by_a_pointer() {
        String shown = hover("network net(x, t) = x\nm = train(net, moons(10), VP())\nprint(‸m)\n");

        assertThat(shown).doesNotContain("# reverse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p = VP()\nprint(‸p)\np = VE()\n",
                "k = 1\nk += 4\np = OrnsteinUhlenbeck(theta = k)\nprint(‸p)\n",
                "k = 1\nif 2 > 1 { k = 5 }\np = OrnsteinUhlenbeck(theta = k)\nprint(‸p)\n",
                "if 2 > 1 { p = VP() }\nprint(‸p)\n",
                "p = VP()\nfn f(k) {\n  p = OrnsteinUhlenbeck(theta = k)\n  return ‸p\n}\nprint(f(3), p)\n"
            })
    void a_process_that_depends_on_the_run_is_not_shown(String marked) {
        assertThat(hover(marked)).isNotEmpty().doesNotContain("# reverse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fn slow(n) {\n  while true { n = n }\n  return n\n}\np = OrnsteinUhlenbeck(theta = slow(1))\nprint(‸p)\n",
                "fn deep(n) = deep(n) + 1\np = OrnsteinUhlenbeck(theta = deep(1))\nprint(‸p)\n",
                "fn slow(n) = sum(tensor([i for i in 1..n]))\np = OrnsteinUhlenbeck(theta = slow(3))\nprint(‸p)\n",
                "p = OrnsteinUhlenbeck(theta = sum(tensor([i for i in 1..100000000])))\nprint(‸p)\n",
                "p = OrnsteinUhlenbeck(theta = sum(tensor([i*j for i in 1..50 for j in 1..50])))\nprint(‸p)\n",
                "p = OrnsteinUhlenbeck(theta = sum(1..100000000))\nprint(‸p)\n",
                "fn slow() = moons(10)\nsde P(d = slow()) {\n  dx = -x dt + dw\n}\np = P()\nprint(‸p)\n",
                "sde ‸P(d = moons(10)) {\n  dx = -x dt + dw\n}\n",
                "import \"slow.sde\"\np = OrnsteinUhlenbeck(theta = long(1))\nprint(‸p)\n",
                "import \"slow.sde\" as m\np = OrnsteinUhlenbeck(theta = m.long(1))\nprint(‸p)\n"
            })
    void work_that_may_take_long_is_not_begun(String marked) throws IOException {
        Files.writeString(
                SESSION.folder().resolve("slow.sde"), "fn long(n) {\n  while true { n = n }\n  return n\n}\n");

        assertThat(hover(marked)).isNotEmpty().doesNotContain("# reverse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k = 1\nfn twice(x) = 2*x\np = OrnsteinUhlenbeck(theta = twice(k))\nprint(‸p)\n",
                "import \"quick.sde\"\np = OrnsteinUhlenbeck(theta = twice(1))\nprint(‸p)\n",
                "import \"quick.sde\" as m\np = OrnsteinUhlenbeck(theta = m.twice(1))\nprint(‸p)\n",
                "import \"quick.sde\"\np = Brought()\nprint(‸p)\n",
                "p = OrnsteinUhlenbeck(theta = sum([k for k in [0.5, 1.5]]))\nprint(‸p)\n"
            })
    void functions_of_the_script_and_of_its_imports_are_called_if_they_are_quick(String marked) throws IOException {
        Files.writeString(
                SESSION.folder().resolve("quick.sde"),
                "fn twice(x) = 2*x\nsde Brought(a = 2) {\n  dx = -a*x dt + dw\n}\n");

        assertThat(hover(marked)).contains("−2 x dt", "# reverse");
    }

    @Test
    void a_mistake_in_one_statement_leaves_the_pages_of_the_others() {
        assertThat(hover(INVENTED + "x = pc(\nprint(Inv‸ented())\n")).contains("A process of this test.", "# reverse");
        assertThat(hover("fn broken(x = ) = 2*x\nprint(brok‸en(1))\n")).contains("fn broken(x = )");
    }
}
