package org.sdescript.bench;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sdescript.lsp.Server;

/**
 * The answers of the language server on a script of 1,000 lines, each after a letter typed in its middle: from the
 * editor's message to the answer, with everything between.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
public class EditorBenchmark implements LanguageClient {
    private static final String URI = "file:///tmp/thousand.sde";
    private static final int BLOCKS = 100;
    private static final int LINE = 500;
    private static final String WORD = "bend";

    private final BlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
    private LanguageServer server;
    private int version = 1;
    private String line = "";

    /** Ten lines for each block: a process, a function, calls. */
    static String script() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < BLOCKS; i++) {
            text.append("""
                    # part %1$d
                    sde Pull%1$d(rate = %1$d + 1, width = 0.5) {
                      dx = -rate*x dt + width*exp(-t) dw
                    }
                    fn bend%1$d(x; scale = 2) {
                      y = scale*x + sin(x)/(1 + x^2)
                      return y
                    }
                    p%1$d = Pull%1$d(width = 0.1)
                    print(p%1$d, bend%1$d(%1$d, scale = 3))
                    """.formatted(i));
        }
        return text.toString();
    }

    @Setup
    public void open() throws IOException, ReflectiveOperationException {
        PipedOutputStream toServer = new PipedOutputStream();
        PipedInputStream serverIn = new PipedInputStream(toServer, 1 << 18);
        PipedInputStream in = new PipedInputStream(1 << 18);
        PipedOutputStream serverOut = new PipedOutputStream(in);
        Thread thread = new Thread(() -> {
            try {
                Server.serve(serverIn, serverOut, List.of("sde"), Map.of());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        Launcher<LanguageServer> launcher = LSPLauncher.createClientLauncher(this, in, toServer);
        launcher.startListening();
        server = launcher.getRemoteProxy();
        server.initialize(new InitializeParams()).join();
        server.getTextDocumentService()
                .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(URI, "sde", version, script())));
    }

    @TearDown
    public void leave() {
        server.shutdown().join();
        server.exit();
    }

    /** Types the next letter of a word on a line of its own; behind the last letter, begins the word again. */
    private void type() {
        String next = WORD.substring(0, 1 + line.length() % WORD.length());
        TextDocumentContentChangeEvent change = new TextDocumentContentChangeEvent(version == 1 ? next + "\n" : next);
        change.setRange(new Range(new Position(LINE, 0), new Position(LINE, line.length())));
        line = next;
        version++;
        server.getTextDocumentService()
                .didChange(new DidChangeTextDocumentParams(
                        new VersionedTextDocumentIdentifier(URI, version), List.of(change)));
    }

    @Benchmark
    public Object completion() {
        type();
        List<CompletionItem> found = server.getTextDocumentService()
                .completion(new CompletionParams(new TextDocumentIdentifier(URI), new Position(LINE, line.length())))
                .join()
                .getLeft();
        if (found.size() < BLOCKS) {
            throw new IllegalStateException("not all names were found");
        }
        return found;
    }

    /** The diagnostics of the typed version; 200 ms of the time are the wait for the next key. */
    @Benchmark
    public Object diagnostics() throws InterruptedException {
        type();
        while (true) {
            PublishDiagnosticsParams next = published.take();
            if (next.getVersion() != null && next.getVersion() == version) {
                return next;
            }
        }
    }

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams found) {
        published.add(found);
    }

    @Override
    public void telemetryEvent(Object event) {}

    @Override
    public void showMessage(MessageParams message) {}

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void logMessage(MessageParams message) {}
}
