package org.sdescript.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.sdescript.source.Source;

/** An editor that speaks to a server in this process, through streams. */
final class Editor implements LanguageClient, AutoCloseable {
    private static final long LONGEST = 60;

    /** The server's requests, with those of sde. */
    interface SdeServer extends LanguageServer {
        @JsonRequest("sde/derivation")
        CompletableFuture<DerivationAnswer> derivation(DerivationQuery query);
    }

    private final BlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
    private final BlockingQueue<MessageParams> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final OutputStream toServer;
    private final SdeServer server;
    private final InitializeResult capabilities;

    Editor(Path folder) {
        this(folder, List.of("sde"));
    }

    /** @param program the command line that starts {@code sde}, for the command that runs a script */
    Editor(Path folder, List<String> program) {
        this(folder, program, true);
    }

    /** An editor that has not sent the first request. */
    static Editor notInitialized(Path folder) {
        return new Editor(folder, List.of("sde"), false);
    }

    private Editor(Path folder, List<String> program, boolean initializes) {
        try {
            // not PipedInputStream, which fails after a thread that wrote to it has ended
            Pipe requests = Pipe.open();
            Pipe answers = Pipe.open();
            toServer = Channels.newOutputStream(requests.sink());
            Thread thread = new Thread(
                    () -> {
                        try {
                            status.complete(Server.serve(
                                    Channels.newInputStream(requests.source()),
                                    Channels.newOutputStream(answers.sink()),
                                    program,
                                    Map.of(
                                            "XDG_CACHE_HOME",
                                            folder.resolve("cache").toString())));
                        } catch (InterruptedException | RuntimeException fault) {
                            status.completeExceptionally(fault);
                        }
                    },
                    "server");
            thread.setDaemon(true);
            thread.start();
            Launcher<SdeServer> launcher =
                    Launcher.createLauncher(this, SdeServer.class, Channels.newInputStream(answers.source()), toServer);
            launcher.startListening();
            server = launcher.getRemoteProxy();
            InitializeParams params = new InitializeParams();
            params.setWorkspaceFolders(
                    List.of(new WorkspaceFolder(folder.toUri().toString(), "test")));
            capabilities = initializes ? answer(server.initialize(params)) : new InitializeResult();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InitializeResult capabilities() {
        return capabilities;
    }

    SdeServer server() {
        return server;
    }

    TextDocumentService texts() {
        return server.getTextDocumentService();
    }

    static <T> T answer(CompletableFuture<T> answer) {
        try {
            return answer.get(LONGEST, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException late) {
            throw new IllegalStateException(late);
        } catch (ExecutionException refused) {
            throw new IllegalStateException(refused.getCause().getMessage(), refused.getCause());
        }
    }

    /** Opens a text as a file that need not exist. */
    String open(Path file, String text) {
        String uri = file.toUri().toString();
        texts().didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "sde", 1, text)));
        return uri;
    }

    String open(Path file) {
        try {
            return open(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void replace(String uri, int version, String text) {
        change(uri, version, new TextDocumentContentChangeEvent(text));
    }

    void change(String uri, int version, Range range, String text) {
        TextDocumentContentChangeEvent change = new TextDocumentContentChangeEvent(text);
        change.setRange(range);
        change(uri, version, change);
    }

    private void change(String uri, int version, TextDocumentContentChangeEvent change) {
        texts().didChange(new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri, version), List.of(change)));
    }

    void close(String uri) {
        texts().didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri)));
    }

    /** The next diagnostics of a version of a text. */
    List<Diagnostic> diagnostics(String uri, int version) {
        while (true) {
            PublishDiagnosticsParams next = take(published);
            if (next.getUri().equals(uri) && next.getVersion() != null && next.getVersion() == version) {
                return next.getDiagnostics();
            }
        }
    }

    MessageParams message() {
        return take(messages);
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(LONGEST, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("the server sent nothing");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The position of the mark ‸ in a text that is opened without the mark. */
    record Marked(String text, Position position) {
        static Marked of(String marked) {
            int at = marked.indexOf('‸');
            String text = marked.substring(0, at) + marked.substring(at + 1);
            return new Marked(text, Positions.of(new Source("text", text), at));
        }
    }

    static TextDocumentIdentifier id(String uri) {
        return new TextDocumentIdentifier(uri);
    }

    /** The Markdown at a position; empty if there is none. */
    String hover(String uri, Position position) {
        Hover hover = answer(texts().hover(new HoverParams(id(uri), position)));
        return hover == null ? "" : hover.getContents().getRight().getValue();
    }

    List<CompletionItem> completion(String uri, Position position) {
        return answer(texts().completion(new CompletionParams(id(uri), position)))
                .getLeft();
    }

    WorkspaceEdit rename(String uri, Position position, String name) {
        return answer(texts().rename(new RenameParams(id(uri), position, name)));
    }

    List<? extends TextEdit> format(String uri) {
        return answer(texts().formatting(new DocumentFormattingParams(id(uri), new FormattingOptions(2, true))));
    }

    /** The text after edits. */
    static String edited(String text, List<? extends TextEdit> edits) {
        Source source = new Source("text", text);
        String result = text;
        for (TextEdit edit : edits.reversed()) {
            result = result.substring(
                            0, Positions.offset(source, edit.getRange().getStart()))
                    + edit.getNewText()
                    + result.substring(Positions.offset(source, edit.getRange().getEnd()));
        }
        return result;
    }

    static Path path(String uri) {
        return Path.of(URI.create(uri));
    }

    /** The exit status of the server after the streams were closed without a word. */
    int leave() throws IOException {
        toServer.close();
        return answer(status);
    }

    /** The exit status of the server after a proper farewell. */
    int quit() {
        answer(server.shutdown());
        return exit();
    }

    private int exit() {
        server.exit();
        return answer(status);
    }

    @Override
    public void close() {
        if (!status.isDone()) {
            boolean isOpen = capabilities.getCapabilities() != null;
            assertThat(isOpen ? quit() : exit()).isEqualTo(isOpen ? 0 : 1);
        }
    }

    @Override
    public void telemetryEvent(Object event) {}

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams found) {
        published.add(found);
    }

    @Override
    public void showMessage(MessageParams message) {
        messages.add(message);
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void logMessage(MessageParams message) {
        messages.add(message);
    }
}
