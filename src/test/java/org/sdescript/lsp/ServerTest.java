package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sdescript.Script;
import org.sdescript.pipeline.ScriptFile;
import org.sdescript.syntax.format.Formatter;

class ServerTest {
    private static final String PROCESS =
            "## A process.\nsde P(rate = 1) {\n  s = 2\n  dx = -rate*s*x dt + dw\n}\n\nfn f(x) {\n  return x\n}\n\nparam n = 3\np = P()\nprint(p, f(n))\n";

    @RegisterExtension
    private static final EditorSession SESSION = new EditorSession();

    private static String open(String text) {
        return SESSION.open("‸" + text).uri();
    }

    @Test
    void positions_are_in_utf_16_units_and_changes_incremental() {
        assertThat(SESSION.editor().capabilities().getCapabilities().getPositionEncoding())
                .isEqualTo("utf-16");
        assertThat(SESSION.editor().capabilities().getServerInfo().getName()).isEqualTo("sde");
    }

    @ParameterizedTest
    @MethodSource("org.sdescript.lsp.TwentyScripts#all")
    void formatting_writes_what_fmt_writes(Path script) {
        String text = ScriptFile.read(script).text();
        String untidy = text.replace(" = ", "  =  ");
        String uri = SESSION.editor().open(SESSION.folder().resolve(script.getFileName()), untidy);

        assertThat(Editor.edited(untidy, SESSION.editor().format(uri)))
                .isEqualTo(Formatter.format(new org.sdescript.source.Source("s", untidy))
                        .text());
        SESSION.editor().close(uri);
    }

    @Test
    void symbols_of_a_script_and_of_the_folder() throws IOException {
        Files.writeString(SESSION.folder().resolve("closed.sde"), "fn unseen_function(x) = x\n");
        List<DocumentSymbol> symbols = Editor.answer(
                        SESSION.editor().texts().documentSymbol(new DocumentSymbolParams(Editor.id(open(PROCESS)))))
                .stream()
                .map(each -> each.getRight())
                .toList();

        assertThat(symbols).extracting(DocumentSymbol::getName).containsExactly("P", "f", "n", "p");
        assertThat(symbols.getFirst().getChildren())
                .extracting(DocumentSymbol::getName)
                .containsExactly("s", "x");
        assertThat(Editor.answer(SESSION.editor()
                                .server()
                                .getWorkspaceService()
                                .symbol(new WorkspaceSymbolParams("unseen")))
                        .getRight())
                .singleElement()
                .satisfies(symbol -> assertThat(symbol.getName()).isEqualTo("unseen_function"));
    }

    @Test
    void a_statement_with_an_error_stays_in_the_outline() {
        List<String> names = Editor.answer(SESSION.editor()
                        .texts()
                        .documentSymbol(
                                new DocumentSymbolParams(Editor.id(open("fn a(x = ) = 1\nfn b(x) = 2*x\nc = (\n")))))
                .stream()
                .map(each -> each.getRight().getName())
                .toList();

        assertThat(names).containsExactly("a", "b", "c");
    }

    @Test
    void blocks_and_comments_fold() {
        assertThat(Editor.answer(SESSION.editor()
                        .texts()
                        .foldingRange(new FoldingRangeRequestParams(Editor.id(open("# one\n# two\n" + PROCESS))))))
                .extracting(fold -> fold.getStartLine() + "-" + fold.getEndLine())
                .containsExactlyInAnyOrder("0-2", "3-5", "8-9");
    }

    @Test
    void each_word_has_the_colour_of_its_meaning() {
        List<Integer> data = Editor.answer(SESSION.editor()
                        .texts()
                        .semanticTokensFull(new SemanticTokensParams(Editor.id(open("p = VP(beta = 2) # x\n")))))
                .getData();
        List<String> types = SESSION.editor()
                .capabilities()
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
                Editor.answer(SESSION.editor().texts().inlayHint(new InlayHintParams(Editor.id(open(text)), whole)))
                        .stream()
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
        String fixed = Editor.answer(SESSION.editor()
                        .texts()
                        .codeAction(new CodeActionParams(Editor.id(uri), whole, new CodeActionContext())))
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

        List<? extends CodeLens> lenses =
                Editor.answer(SESSION.editor().texts().codeLens(new CodeLensParams(Editor.id(uri))));

        assertThat(lenses.stream()
                        .map(lens -> lens.getRange().getStart().getLine() + " "
                                + lens.getCommand().getCommand()))
                .containsExactly("0 sde.run", "1 sde.derive");
    }

    @Test
    void the_command_and_the_request_give_the_derivation() {
        String uri = open(PROCESS);
        DerivationAnswer derived = Editor.answer(SESSION.editor().server().derivation(new DerivationQuery(uri, "P")));
        Object shown = Editor.answer(SESSION.editor()
                .server()
                .getWorkspaceService()
                .executeCommand(new ExecuteCommandParams("sde.derive", List.of(uri, "P"))));

        assertThat(derived.text())
                .contains("Anderson's theorem")
                .isEqualTo(String.valueOf(shown).replaceAll("^\"|\"$", ""));
        assertThat(derived.latex()).contains("\\section*{P}");
        assertThat(derived.json()).contains("\"reverse\"");
        assertThatThrownBy(() -> Editor.answer(SESSION.editor().server().derivation(new DerivationQuery(uri, "Q"))))
                .hasMessageContaining("declares no `sde` Q");
    }

    /** Starts derivations without end, more than there are processors. */
    private static List<CompletableFuture<DerivationAnswer>> endlessDerivations() {
        String uri = open(
                "fn slow(n) {\n  while true { n = n }\n  return n\n}\nsde P(d = slow(1)) {\n  dx = -d*x dt + dw\n}\n");
        return Stream.generate(() -> SESSION.editor().server().derivation(new DerivationQuery(uri, "P")))
                .limit(Runtime.getRuntime().availableProcessors() + 2L)
                .toList();
    }

    @Test
    void slow_derivations_delay_neither_completion_nor_diagnostics_and_end_when_they_are_cancelled() {
        List<CompletableFuture<DerivationAnswer>> endless = endlessDerivations();
        String uri = open("print(unknown)\n");

        assertThat(SESSION.editor().diagnostics(uri, 1)).hasSize(1);
        assertThat(SESSION.editor().completion(uri, new Position(0, 2))).isNotEmpty();
        assertThat(endless).noneMatch(CompletableFuture::isDone);

        endless.forEach(answer -> answer.cancel(true));
        assertThat(SESSION.editor().hover(open(PROCESS), new Position(11, 0))).contains("# reverse");
    }

    @Test
    void the_server_answers_only_between_initialize_and_shutdown() {
        Lifecycle server = new Lifecycle(new Endpoint() {
            @Override
            public CompletableFuture<?> request(String method, Object parameter) {
                return CompletableFuture.completedFuture(method);
            }

            @Override
            public void notify(String method, Object parameter) {}
        });

        assertThat(code(server, "textDocument/hover")).isEqualTo(ResponseErrorCode.ServerNotInitialized.getValue());
        assertThat(code(server, "initialize")).isZero();
        assertThat(code(server, "textDocument/hover")).isZero();
        assertThat(code(server, "initialize")).isEqualTo(ResponseErrorCode.InvalidRequest.getValue());
        assertThat(code(server, "shutdown")).isZero();
        assertThat(code(server, "textDocument/hover")).isEqualTo(ResponseErrorCode.InvalidRequest.getValue());
    }

    /** The code of the error with which a request is refused; 0 for an answer. */
    private static int code(Lifecycle server, String method) {
        return server.request(method, null)
                .handle((answer, refusal) -> refusal instanceof ResponseErrorException error
                        ? error.getResponseError().getCode()
                        : 0)
                .join();
    }

    @Test
    void a_request_before_initialize_is_refused() throws IOException {
        try (Editor early = Editor.notInitialized(SESSION.folder())) {
            assertThatThrownBy(() -> Editor.answer(
                            early.texts().hover(new HoverParams(Editor.id("file:///a.sde"), new Position(0, 0)))))
                    .hasMessageContaining("the first request is `initialize`");
        }
    }

    @Test
    void fixes_are_sent_only_where_their_kind_is_wanted() {
        String uri = open("print(2**3)");

        assertThat(fixes(uri, null)).hasSize(1);
        assertThat(fixes(uri, List.of(CodeActionKind.QuickFix))).hasSize(1);
        assertThat(fixes(uri, List.of(CodeActionKind.Empty))).hasSize(1);
        assertThat(fixes(uri, List.of(CodeActionKind.Refactor, "quickfix.spelling")))
                .isEmpty();
    }

    private static List<?> fixes(String uri, List<String> kinds) {
        CodeActionContext context = new CodeActionContext(List.of());
        context.setOnly(kinds);
        Range whole = new Range(new Position(0, 0), new Position(1, 0));
        return Editor.answer(SESSION.editor().texts().codeAction(new CodeActionParams(Editor.id(uri), whole, context)));
    }

    /** Stands for {@code sde}: prints its folder and its arguments, and ends with the number of a file's letters. */
    static final class ProgramForTests {
        private ProgramForTests() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("in " + Path.of("").toAbsolutePath());
            System.out.println(String.join(" ", arguments));
            System.exit(Files.readString(Path.of(arguments[1])).length());
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 0, is done", "abc, 3, ended with status 3"})
    void the_command_run_runs_the_saved_file_and_sends_its_output(String text, int status, String said)
            throws IOException, URISyntaxException {
        Path folder = Files.createDirectories(SESSION.folder().resolve("saved")).toRealPath();
        Path file = Files.writeString(folder.resolve("own.sde"), text);
        Path classes = Path.of(ProgramForTests.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> program = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.toString(),
                ProgramForTests.class.getName());
        try (Editor editor = new Editor(SESSION.folder(), program)) {
            String uri = editor.open(file, "not saved");
            Object ended = Editor.answer(editor.server()
                    .getWorkspaceService()
                    .executeCommand(new ExecuteCommandParams("sde.run", List.of(uri))));

            assertThat(((Number) ended).intValue()).isEqualTo(status);
            assertThat(editor.message().getMessage()).isEqualTo("in " + folder);
            assertThat(editor.message().getMessage()).isEqualTo("run " + file);
            assertThat(editor.message().getMessage()).startsWith("own.sde " + said);
        }
    }

    @Test
    void the_command_run_refuses_a_text_that_is_no_file() {
        assertThatThrownBy(() -> Editor.answer(SESSION.editor()
                        .server()
                        .getWorkspaceService()
                        .executeCommand(new ExecuteCommandParams("sde.run", List.of("untitled:1")))))
                .hasMessageContaining("only a saved script runs");
    }

    @Test
    void an_editor_that_leaves_ends_the_server() throws IOException {
        assertThat(new Editor(SESSION.folder()).leave()).isEqualTo(1);
        assertThat(new Editor(SESSION.folder()).quit()).isZero();
    }
}
