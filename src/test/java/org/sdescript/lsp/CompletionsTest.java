package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CompletionsTest {
    @RegisterExtension
    private static final EditorSession SESSION = new EditorSession();

    private static List<CompletionItem> items(String marked) {
        EditorSession.Cursor at = SESSION.open(marked);
        return SESSION.editor().completion(at.uri(), at.position());
    }

    private static List<String> labels(String marked) {
        return items(marked).stream().map(CompletionItem::getLabel).toList();
    }

    @Test
    void names_of_the_scope_the_library_and_the_language() {
        String text = "sheet = 3\nfn f(shape; shift = 2) {\n  shadow = 1\n  return sh‸\n}\nfn g(ship) = ship\n";

        assertThat(labels(text))
                .contains("shape", "shift", "shadow", "sheet", "shuffle")
                .doesNotContain("ship");
        assertThat(labels("whi‸")).containsExactly("while");
    }

    @Test
    void items_carry_kind_and_signature_and_replace_the_letters_typed() {
        CompletionItem langevin = items("c = langev‸").getFirst();

        assertThat(langevin.getKind()).isEqualTo(CompletionItemKind.Function);
        assertThat(langevin.getDetail()).startsWith("corrector langevin(");
        assertThat(langevin.getTextEdit().getLeft().getRange().getStart().getCharacter())
                .isEqualTo(4);
        assertThat(Editor.answer(SESSION.editor().texts().resolveCompletionItem(langevin))
                        .getDocumentation()
                        .getRight()
                        .getValue())
                .contains("corrector langevin(");
    }

    @Test
    void fields_of_a_process_a_transition_a_record_and_a_module() throws IOException {
        Files.writeString(SESSION.folder().resolve("other.sde"), "fn twice(x) = 2*x\nlevel = 3\n");

        assertThat(labels("p = VP()\nprint(p.‸)")).contains("drift", "transition", "prior", "t_max");
        assertThat(labels("p = VP()\nprint(p.transition.‸)")).contains("mean", "std", "score");
        assertThat(labels("r = {left: 1, right: {up: 2}}\nprint(r.‸)")).containsExactly("left", "right");
        assertThat(labels("r = {left: 1, right: {up: 2}}\nprint(r.right.‸)")).containsExactly("up");
        assertThat(labels("import \"other.sde\" as o\nprint(o.‸)")).containsExactly("level", "twice");
    }

    @Test
    void arguments_by_name_with_their_defaults_and_the_values_of_a_choice() {
        assertThat(labels("fn f(x; width = 3) = width*x\nprint(f(‸))")).contains("x", "width = 3");
        assertThat(labels("fn f(x; kind = \"a\" in \"a\" | \"b\") = x\nprint(f(1, kind = \"‸\"))"))
                .containsExactly("a", "b");
        assertThat(labels("s = pc(corrector = ‸)")).contains("langevin").doesNotContain("log");
    }

    @Test
    void files_beside_the_script() throws IOException {
        Files.createDirectories(SESSION.folder().resolve("numbers"));
        Files.writeString(SESSION.folder().resolve("numbers/points.csv"), "1,2\n");

        assertThat(labels("d = csv(\"num‸\")")).containsExactly("numbers/");
        assertThat(labels("d = csv(\"numbers/‸\")")).containsExactly("points.csv");
    }

    @Test
    void a_broken_line_above_does_not_reach_the_cursor() {
        String text = "fn known(a; depth = 2) = a\nx = pc(predictor = (\ny = known(1, de‸";

        assertThat(labels(text)).contains("depth = 2").doesNotContain("corrector = none");
        assertThat(labels("half = VP(\nprint(hal‸")).contains("half");
    }

    /** Replaces a line of an open text, as a user who types it, and returns the completions at its end. */
    private static List<String> typed(EditorSession.Cursor at, int version, int line, String before, String after) {
        Range range = new Range(new Position(line, 0), new Position(line, before.length()));
        SESSION.editor().change(at.uri(), version, range, after);
        return SESSION.editor().completion(at.uri(), new Position(line, after.length())).stream()
                .map(CompletionItem::getLabel)
                .toList();
    }

    @Test
    void a_name_is_offered_from_the_key_that_binds_it_until_the_key_that_removes_it() {
        EditorSession.Cursor at = SESSION.open("‸\n\nfn bend(x) {\n  \n  return x\n}\n");
        assertThat(typed(at, 2, 3, "  ", "  y = velo")).doesNotContain("velocity");

        assertThat(typed(at, 3, 0, "", "velocity = 3")).contains("velocity");
        assertThat(typed(at, 4, 3, "  y = velo", "  y = veloc")).contains("velocity");
        assertThat(typed(at, 5, 0, "velocity = 3", "velocities = 3")).contains("velocities");
        assertThat(typed(at, 6, 3, "  y = veloc", "  y = velo"))
                .contains("velocities")
                .doesNotContain("velocity");
        assertThat(typed(at, 7, 0, "velocities = 3", "")).isNotEmpty();
        assertThat(typed(at, 8, 3, "  y = velo", "  y = velocit")).isEmpty();
    }

    @Test
    void what_is_known_of_a_name_follows_each_key() {
        EditorSession.Cursor at = SESSION.open("r = {left: 1}\n‸\n");
        assertThat(typed(at, 2, 1, "", "print(r.")).containsExactly("left");

        assertThat(typed(at, 3, 0, "r = {left: 1}", "r = {up: 1, down: 2}")).isNotNull();
        assertThat(typed(at, 4, 1, "print(r.", "x = r.")).containsExactly("up", "down");
        assertThat(typed(at, 5, 0, "r = {up: 1, down: 2}", "r = VP()")).isNotNull();
        assertThat(typed(at, 6, 1, "x = r.", "print(r.tr")).containsExactly("transition");
    }

    @Test
    void nothing_is_offered_in_a_comment() {
        assertThat(labels("# lan‸")).isEmpty();
        assertThat(labels("x = (\n# lan‸")).isEmpty();
        assertThat(labels("x = 1 # lan\nlan‸")).contains("langevin");
    }

    @Test
    void the_signature_of_the_open_call_with_the_argument_under_the_cursor() {
        assertThat(signature("fn f(x; width = 3) = x\nf(1, ‸")).isEqualTo("fn f(x; width = 3) @1");
        assertThat(signature("fn f(x; width = 3) = x\nf(width = ‸")).isEqualTo("fn f(x; width = 3) @1");
        assertThat(signature("fn f(x; width = 3) = x\nf([1, 2, ‸")).isEqualTo("fn f(x; width = 3) @0");
        assertThat(signature("x = 1‸")).isEmpty();
    }

    private static String signature(String marked) {
        EditorSession.Cursor at = SESSION.open(marked);
        SignatureHelp help = Editor.answer(
                SESSION.editor().texts().signatureHelp(new SignatureHelpParams(Editor.id(at.uri()), at.position())));
        return help == null ? "" : help.getSignatures().getFirst().getLabel() + " @" + help.getActiveParameter();
    }
}
