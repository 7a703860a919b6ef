package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
    @RegisterExtension
    private static final EditorSession SESSION = new EditorSession();

    private static EditorSession.Cursor open(String marked) {
        return SESSION.open(marked);
    }

    private static List<? extends Location> definitions(EditorSession.Cursor at) {
        return Editor.answer(
                        SESSION.editor().texts().definition(new DefinitionParams(Editor.id(at.uri()), at.position())))
                .getLeft();
    }

    private static String definition(String marked) {
        List<? extends Location> places = definitions(open(marked));
        return places.isEmpty()
                ? ""
                : places.getFirst().getRange().getStart().getLine() + ":"
                        + places.getFirst().getRange().getStart().getCharacter();
    }

    @Test
    void a_name_leads_to_its_binding() {
        assertThat(definition("x = 1\nprint(‸x)")).isEqualTo("0:0");
        assertThat(definition("fn f(x; width = 3) = wid‸th*x")).isEqualTo("0:8");
        assertThat(definition("fn f(x; width = 3) = width*x\nprint(f(1, wid‸th = 2))"))
                .isEqualTo("0:8");
        assertThat(definition("sde P {\n  s = 2\n  dx = -‸s*x dt + dw\n}")).isEqualTo("1:2");
        assertThat(definition("fn broken(x = ) = 2\nprint(bro‸ken(1))")).isEqualTo("0:3");
    }

    @Test
    void a_name_of_the_library_leads_into_a_file_of_the_library() throws IOException {
        Location place = definitions(open("p = ‸VP()")).getFirst();
        List<String> lines = Files.readAllLines(Editor.path(place.getUri()));

        assertThat(lines.get(place.getRange().getStart().getLine())).startsWith("sde VP(");
        assertThat(Files.isWritable(Editor.path(place.getUri()))
                        && !System.getProperty("user.name").equals("root"))
                .isFalse();
        Location builtin = definitions(open("print(ex‸p(1))")).getFirst();
        assertThat(builtin.getUri()).endsWith("stdlib/native/functions.sde");
    }

    @Test
    void files_of_the_library_have_definitions_of_their_own_and_no_errors() {
        Location place = definitions(open("p = ‸VP()")).getFirst();
        String uri = SESSION.editor().open(Editor.path(place.getUri()));

        assertThat(SESSION.editor().hover(uri, place.getRange().getStart())).contains("sde VP(", "# reverse");
    }

    @Test
    void an_imported_name_leads_into_its_file() throws IOException {
        Path parts = Files.writeString(SESSION.folder().resolve("brought.sde"), "# parts\nfn twice(x) = 2*x\n");

        Location plain =
                definitions(open("import \"brought.sde\"\nprint(tw‸ice(1))")).getFirst();
        Location inModule = definitions(open("import \"brought.sde\" as b\nprint(b.tw‸ice(1))"))
                .getFirst();
        Location file =
                definitions(open("import \"brou‸ght.sde\"\nprint(twice(1))")).getFirst();

        assertThat(Editor.path(plain.getUri())).isEqualTo(parts);
        assertThat(plain.getRange().getStart().getLine()).isEqualTo(1);
        assertThat(inModule).isEqualTo(plain);
        assertThat(Editor.path(file.getUri())).isEqualTo(parts);
    }

    @Test
    void an_address_may_be_written_in_several_ways() {
        Path file = SESSION.folder().resolve("a b.sde");
        String uri = SESSION.editor().open(file, "x = 1\nprint(x)");
        String other = uri.replace("a%20b.sde", "%61%20b%2Esde");

        assertThat(other).isNotEqualTo(uri);
        assertThat(references(new EditorSession.Cursor(SESSION.editor(), other, new Position(1, 6), ""), true))
                .hasSize(2)
                .allSatisfy(place -> assertThat(place.getUri()).isEqualTo(uri));
    }

    @Test
    void references_with_and_without_the_binding() {
        EditorSession.Cursor at = open("x = 1\nfn f(x) = x\nprint(x, f(‸x))\n");

        assertThat(references(at, true)).hasSize(3);
        assertThat(references(at, false)).hasSize(2);
        assertThat(references(open("print(exp(1), ‸exp(2))"), true)).hasSize(2);
    }

    private static List<? extends Location> references(EditorSession.Cursor at, boolean bindings) {
        return Editor.answer(SESSION.editor()
                .texts()
                .references(new ReferenceParams(Editor.id(at.uri()), at.position(), new ReferenceContext(bindings))));
    }

    private static String renamed(String marked, String name) {
        EditorSession.Cursor at = open(marked);
        return Editor.edited(
                at.text(),
                SESSION.editor()
                        .rename(at.uri(), at.position(), name)
                        .getChanges()
                        .get(at.uri()));
    }

    @Test
    void a_rename_stays_in_its_scope() {
        assertThat(renamed("x = 1\nfn f(x) = ‸x + 1\nprint(x, f(x))\n", "y"))
                .isEqualTo("x = 1\nfn f(y) = y + 1\nprint(x, f(x))\n");
        assertThat(renamed("for i in 1..3 { print(‸i) }\n", "k")).isEqualTo("for k in 1..3 { print(k) }\n");
        assertThat(renamed("a = [‸v*2 for v in 1..3]\nprint(a)\n", "w"))
                .isEqualTo("a = [w*2 for w in 1..3]\nprint(a)\n");
        assertThat(renamed("n = 2\nprint(\"{‸n} and {n + 1}\")\n", "m"))
                .isEqualTo("m = 2\nprint(\"{m} and {m + 1}\")\n");
    }

    @Test
    void a_parameter_is_renamed_with_the_arguments_that_name_it() {
        assertThat(renamed("fn f(x; wi‸dth = 3) = width*x\ng = f(width = 2)\nprint(f(1, width = 4), g(1))\n", "w"))
                .isEqualTo("fn f(x; w = 3) = w*x\ng = f(w = 2)\nprint(f(1, w = 4), g(1))\n");
    }

    @Test
    void an_argument_of_a_module_s_function_keeps_its_name() throws IOException {
        Files.writeString(SESSION.folder().resolve("wide.sde"), "fn f(x; width = 3) = width*x\n");
        String use =
                "import \"wide.sde\" as m\nfn f(x; ‸width = 3) = width*x\nprint(f(1, width = 2), m.f(1, width = 2))\n";

        assertThat(renamed(use, "w")).endsWith("fn f(x; w = 3) = w*x\nprint(f(1, w = 2), m.f(1, width = 2))\n");
    }

    @Test
    void names_of_an_sde_are_renamed_with_their_differentials() {
        String text = "sde P(rate = 1) {\n  s(t) = rate*t\n  d‸x = -s(t)*x dt + dw\n}\nprint(P(rate = 2))\n";

        assertThat(renamed(text, "y"))
                .isEqualTo("sde P(rate = 1) {\n  s(t) = rate*t\n  dy = -s(t)*y dt + dw\n}\nprint(P(rate = 2))\n");
        assertThat(renamed(text.replace("‸", "").replaceFirst("rate", "ra‸te"), "r"))
                .isEqualTo("sde P(r = 1) {\n  s(t) = r*t\n  dx = -s(t)*x dt + dw\n}\nprint(P(r = 2))\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "print(‸exp(1)) | a | is a name of the library",
                "‸for i in 1..2 { print(i) } | a | is a word of the language",
                "p = VP(); print(p.‸prior) | a | is a field",
                "sde P { dx = -x*‸t dt + dw } | a | in the body of an sde",
                "x = 1; print(‸x) | 2a | is no name",
                "x = 1; print(‸x) | while | is no name",
                "x = 1; y = 2; print(‸x, y) | y | is bound in this place already",
                "x = 1; print(‸x, exp(x)) | exp | would mean the renamed value",
                "sde P { d‸x = -x dt + dw } | w | has a meaning of its own in the body of an sde",
                "sde P { ‸s = 2; dx = -s*x dt + dw } | prior | has a meaning of its own in the body of an sde",
                "s = 2; sde P { dx = -‸s*x dt + dw } | dt | has a meaning of its own in the body of an sde",
                "x = 1; print(‸x); y = ( | z | syntax errors"
            })
    void what_cannot_be_renamed_says_why(String marked, String name, String reason) {
        EditorSession.Cursor at = open(marked);

        assertThatThrownBy(() -> SESSION.editor().rename(at.uri(), at.position(), name))
                .hasMessageContaining(reason);
    }

    @Test
    void an_editor_learns_before_a_rename_that_a_name_is_not_the_script_s() {
        EditorSession.Cursor at = open("print(‸exp(1))");

        assertThatThrownBy(() -> Editor.answer(SESSION.editor()
                        .texts()
                        .prepareRename(new PrepareRenameParams(Editor.id(at.uri()), at.position()))))
                .hasMessageContaining("is a name of the library");
    }
}
