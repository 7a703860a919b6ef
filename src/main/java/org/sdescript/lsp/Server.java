package org.sdescript.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.sdescript.pipeline.Derivation;
import org.sdescript.pipeline.DerivationText;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Version;
import org.sdescript.workspace.script.LibraryDeclarations;

/** The language server: answers the messages of one editor until the editor leaves. */
public final class Server implements LanguageServer {
    private final CompletableFuture<Integer> left = new CompletableFuture<>();
    private final Workers workers = new Workers();
    private final OpenTexts texts;
    private final WorkspaceScripts scripts = new WorkspaceScripts(System::nanoTime);
    private final TextRequests textRequests;
    private final WorkspaceRequests workspaceRequests;
    private boolean shutDown;

    private Server(LanguageClient client, List<String> program, Map<String, String> environment) {
        Pipeline pipeline = new Pipeline();
        LibraryFiles library = new LibraryFiles(pipeline, environment);
        this.texts = new OpenTexts(pipeline, library);
        LibraryDeclarations declarations = new LibraryDeclarations(pipeline);
        Imports imports = new Imports(texts);
        DiagnosticsFeed diagnostics = new DiagnosticsFeed(texts, workers::later, client);
        this.textRequests = new TextRequests(
                texts,
                workers,
                diagnostics,
                new Completions(texts.manual()),
                new Hovers(declarations, imports),
                new Places(declarations, library, imports));
        this.workspaceRequests = new WorkspaceRequests(
                texts, workers, diagnostics, scripts, new EditorCommands(texts, workers, client, program));
    }

    /**
     * Serves an editor until it sends {@code exit} or closes the stream.
     *
     * @param program the command line that starts {@code sde}, for the command "run"
     * @return the exit status: 0 after {@code shutdown}, else 1
     */
    public static int serve(InputStream in, OutputStream out, List<String> program, Map<String, String> environment)
            throws InterruptedException {
        ClientLink client = new ClientLink();
        Server server = new Server(client, program, environment);
        Launcher<LanguageClient> launcher = Lifecycle.launcher(server, in, out);
        client.connect(launcher.getRemoteProxy());
        Future<Void> listening = launcher.startListening();
        Thread watch = new Thread(() -> server.leaveAfter(listening), "end of input");
        watch.setDaemon(true);
        watch.start();
        try {
            return server.left.get();
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        } finally {
            server.workers.close();
        }
    }

    private void leaveAfter(Future<Void> listening) {
        try {
            listening.get();
        } catch (ExecutionException | InterruptedException broken) {
            // the stream is closed, which is the end of the session as well
        }
        exit();
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams wanted) {
        scripts.in(folders(wanted).map(OpenText::file).flatMap(Optional::stream).toList());
        return CompletableFuture.completedFuture(
                new InitializeResult(capabilities(), new ServerInfo("sde", Version.current())));
    }

    /** The addresses of the editor's folders; an older editor names one root. */
    @SuppressWarnings("deprecation")
    private static Stream<String> folders(InitializeParams wanted) {
        List<WorkspaceFolder> folders = wanted.getWorkspaceFolders();
        return folders == null
                ? Stream.ofNullable(wanted.getRootUri())
                : folders.stream().map(WorkspaceFolder::getUri);
    }

    private static ServerCapabilities capabilities() {
        ServerCapabilities can = new ServerCapabilities();
        can.setPositionEncoding(PositionEncodingKind.UTF16);
        TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(new SaveOptions(false));
        can.setTextDocumentSync(sync);
        can.setHoverProvider(true);
        can.setCompletionProvider(new CompletionOptions(true, List.of(".", "(", ",", "\"", "/")));
        can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ",", ";", "=")));
        can.setDefinitionProvider(true);
        can.setReferencesProvider(true);
        can.setDocumentHighlightProvider(true);
        can.setRenameProvider(new RenameOptions(true));
        can.setDocumentSymbolProvider(true);
        can.setWorkspaceSymbolProvider(true);
        can.setFoldingRangeProvider(true);
        can.setDocumentFormattingProvider(true);
        can.setSemanticTokensProvider(new SemanticTokensWithRegistrationOptions(Colours.LEGEND, true, false));
        can.setInlayHintProvider(true);
        can.setCodeLensProvider(new CodeLensOptions(false));
        can.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
        can.setExecuteCommandProvider(new ExecuteCommandOptions(List.of(EditorCommands.RUN, EditorCommands.DERIVE)));
        return can;
    }

    /** The derivation of an {@code sde} that an open script declares. */
    @JsonRequest("sde/derivation")
    public CompletableFuture<DerivationAnswer> derivation(DerivationQuery query) {
        return workers.answerSlowly(stop -> {
            OpenText text = texts.of(query.uri()).orElseThrow(() -> Workers.failed(query.uri() + " is not open"));
            if (!Derivation.names(text.analysis().program()).contains(query.name())) {
                throw Workers.failed("the script declares no `sde` " + query.name());
            }
            List<Derivation> derived = ProcessTexts.derivations(text, query.name(), stop);
            return new DerivationAnswer(
                    query.name(),
                    DerivationText.text(derived),
                    DerivationText.latex(derived),
                    DerivationText.json(derived),
                    DerivationText.mathml(derived));
        });
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        shutDown = true;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void exit() {
        left.complete(shutDown ? 0 : 1);
    }

    @Override
    public void setTrace(SetTraceParams wanted) {
        // messages are not traced
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return textRequests;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return workspaceRequests;
    }
}
