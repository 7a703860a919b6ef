package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.syntax.format.Formatter;

class ServerTest {
    private static final String PROCESS =
            "## A process.\nsde P(rate = 1) {\n  s = 2\n  dx = -rate*s*x dt + dw\n}\n\nfn f(x) {\n  return x\n}\n\nparam n = 3\np = P()\nprint(p, f(n))\n";

    @TempDir
    static Path folder;

    private static Editor editor;

    @BeforeAll
    static void start() {
        editor = new Editor(folder);
    }

    @AfterAll
    static void stop() {
        editor.close();
    }

    private static String open(String text) {
        return EditorSession.open(editor, folder, "‸" + text).uri();
    }

    @Test
    void positions_are_in_utf_16_units_and_changes_incremental() {
        assertThat(editor.capabilities().getCapabilities().getPositionEncoding())
                .isEqualTo("utf-16");
        assertThat(editor.capabilities().getServerInfo().getName()).isEqualTo("sde");
    }

    @ParameterizedTest
    @MethodSource("org.sdescript.lsp.TwentyScripts#all")
    void formatting_writes_what_fmt_writes(Path script) {
        String text = ScriptFile.read(script).text();
        String untidy = text.replace(" = ", "  =  ");
        String uri = editor.open(folder.resolve(script.getFileName()), untidy);

        assertThat(Editor.edited(untidy, editor.format(uri)))
                .isEqualTo(Formatter.format(new org.sdescript.source.Source("s", untidy))
                        .text());
        editor.close(uri);
    }

    @Test
    void symbols_of_a_script_and_of_the_folder() throws IOException {
        Files.writeString(folder.resolve("closed.sde"), "fn unseen_function(x) = x\n");
        List<DocumentSymbol> symbols =
                Editor.answer(editor.texts().documentSymbol(new DocumentSymbolParams(Editor.id(open(PROCESS)))))
                        .stream()
                        .map(each -> each.getRight())
                        .toList();

        assertThat(symbols).extracting(DocumentSymbol::getName).containsExactly("P", "f", "n", "p");
        assertThat(symbols.getFirst().getChildren())
                .extracting(DocumentSymbol::getName)
                .containsExactly("s", "x");
        assertThat(Editor.answer(editor.server().getWorkspaceService().symbol(new WorkspaceSymbolParams("unseen")))
                        .getRight())
                .singleElement()
                .satisfies(symbol -> assertThat(symbol.getName()).isEqualTo("unseen_function"));
    }

    @Test
    void a_statement_with_an_error_stays_in_the_outline() {
        List<String> names = Editor.answer(editor.texts()
                        .documentSymbol(
                                new DocumentSymbolParams(Editor.id(open("fn a(x = ) = 1\nfn b(x) = 2*x\nc = (\n")))))
                .stream()
                .map(each -> each.getRight().getName())
                .toList();

        assertThat(names).containsExactly("a", "b", "c");
    }

    @Test
    void blocks_and_comments_fold() {
        assertThat(Editor.answer(editor.texts()
                        .foldingRange(new FoldingRangeRequestParams(Editor.id(open("# one\n# two\n" + PROCESS))))))
                .extracting(fold -> fold.getStartLine() + "-" + fold.getEndLine())
                .containsExactlyInAnyOrder("0-2", "3-5", "8-9");
    }

    @Test
    void each_word_has_the_colour_of_its_meaning() {
        List<Integer> data = Editor.answer(editor.texts()
                        .semanticTokensFull(new SemanticTokensParams(Editor.id(open("p = VP(beta = 2) # x\n")))))
                .getData();
        List<String> types = editor.capabilities()
                .getCapabilities()
                .getSemanticTokensProvider()
                .getLegend()
                .getTokenTypes();

        assertThat(Stream.iterate(3, at -> at < data.size(), at -> at + 5).map(at -> types.get(data.get(at))))
                .containsExactly("variable", "operator", "class", "parameter", "operator", "number", "comment");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = zeros([100, 2]) | : tensor [100, 2]",
                "x = tensor([[1, 2, 3], [4, 5, 6]]) | : tensor [2, 3]",
                "n = 4; x = 2*randn([n, 1]) + ones([1, 3]) | : tensor [4, 3]",
                "x = zeros([3]) > 1 | : tensor [3] of truth values",
                "x = zeros([2, 3]) @ ones([3, 5]) | : tensor [2, 5]",
                "x = VP() | : process",
                "x = moons(100) | : data set",
                "x = 3 | ''",
                "param n = 4; x = zeros([n]) | ''",
                "x = zeros([2]) + ones([3]) | ''",
                "n = 4; n += 1; x = zeros([n]) | ''",
                "x = zeros([0]) + ones([1]) | : tensor [0]"
            })
    void hints_show_what_is_certain(String text, String hint) {
        Range whole = new Range(new Position(0, 0), new Position(9, 0));
        List<String> hints =
                Editor.answer(editor.texts().inlayHint(new InlayHintParams(Editor.id(open(text)), whole))).stream()
                        .map(each -> each.getLabel().getLeft())
                        .toList();

        assertThat(hints).isEqualTo(hint.isEmpty() ? List.of() : List.of(hint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "print(2**3) | print(2^3)",
                "print(2^3 && true) | print(2^3 and true)",
                "print(tensro([1, 2])) | print(tensor([1, 2]))",
                "sde P { dx = -x + dw } | sde P { dx = -x dt + dw }",
                "for i in 1:3 { print(i) } | for i in 1..3 { print(i) }",
                "fn f(x; width = 3) = width*x; print(f(1, widht = 2)) | fn f(x; width = 3) = width*x; print(f(1, width = 2))",
                "print('a') | print(\"a\")",
                "let x = 1; print(x) | x = 1; print(x)",
                "x = 1; x++; print(x) | x = 1; x += 1; print(x)"
            })
    void help_lines_become_fixes(String wrong, String right) {
        String uri = open(wrong);
        Range whole = new Range(new Position(0, 0), new Position(0, wrong.length()));
        String fixed = Editor.answer(
                        editor.texts().codeAction(new CodeActionParams(Editor.id(uri), whole, new CodeActionContext())))
                .stream()
                .map(each -> each.getRight().getEdit().getChanges().get(uri))
                .map(edits -> Editor.edited(wrong, edits))
                .findFirst()
                .orElse("");

        assertThat(fixed).isEqualTo(right);
        assertThat(Script.PIPELINE.check(new org.sdescript.source.Source("fixed", fixed)))
                .noneMatch(found -> found.isError());
    }

    @Test
    void lenses_run_the_script_and_derive_each_process() {
        String uri = open(PROCESS);

        List<? extends CodeLens> lenses = Editor.answer(editor.texts().codeLens(new CodeLensParams(Editor.id(uri))));

        assertThat(lenses.stream()
                        .map(lens -> lens.getRange().getStart().getLine() + " "
                                + lens.getCommand().getCommand()))
                .containsExactly("0 sde.run", "1 sde.derive");
    }

    @Test
    void the_command_and_the_request_give_the_derivation() {
        String uri = open(PROCESS);
        DerivationAnswer derived = Editor.answer(editor.server().derivation(new DerivationQuery(uri, "P")));
        Object shown = Editor.answer(editor.server()
                .getWorkspaceService()
                .executeCommand(new ExecuteCommandParams("sde.derive", List.of(uri, "P"))));

        assertThat(derived.text())
                .contains("Anderson's theorem")
                .isEqualTo(String.valueOf(shown).replaceAll("^\"|\"$", ""));
        assertThat(derived.latex()).contains("\\section*{P}");
        assertThat(derived.json()).contains("\"reverse\"");
        assertThatThrownBy(() -> Editor.answer(editor.server().derivation(new DerivationQuery(uri, "Q"))))
                .hasMessageContaining("declares no `sde` Q");
    }

    @Test
    void a_cancelled_request_ends() {
        String uri = open(PROCESS);
        CompletableFuture<Hover> hover = editor.texts().hover(new HoverParams(Editor.id(uri), new Position(11, 0)));
        hover.cancel(true);

        assertThat(editor.hover(uri, new Position(11, 0)).toLowerCase(Locale.ROOT))
                .contains("# reverse");
    }

    @Test
    void an_editor_that_leaves_ends_the_server() throws IOException {
        assertThat(new Editor(folder).leave()).isEqualTo(1);
        assertThat(new Editor(folder).quit()).isZero();
    }
}
