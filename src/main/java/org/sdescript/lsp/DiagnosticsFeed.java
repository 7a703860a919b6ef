package org.sdescript.lsp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/**
 * Sends errors and warnings to the editor, a moment after the last key. A newer version of a text replaces the work on
 * an older one. Errors of an imported file that is not open are shown in that file, too.
 */
final class DiagnosticsFeed {
    static final long DELAY = 200;

    private final OpenTexts texts;
    private final Delay delay;
    private final LanguageClient client;
    private final Map<String, Future<?>> pending = new ConcurrentHashMap<>();

    /** The files with errors that the last check of each text found elsewhere. */
    private final Map<String, Set<String>> elsewhere = new ConcurrentHashMap<>();

    /** Held from the look whether a text is still open and new until its errors are sent. */
    private final Object sending = new Object();

    /** Runs work after some milliseconds; the work is left out if it is cancelled before. */
    interface Delay {
        Future<?> later(Runnable work, long milliseconds);
    }

    DiagnosticsFeed(OpenTexts texts, Delay delay, LanguageClient client) {
        this.texts = texts;
        this.delay = delay;
        this.client = client;
    }

    /** Checks a text after the delay, and the open texts that may import it. */
    void changed(String uri) {
        schedule(uri);
        texts.all().stream()
                .filter(text -> text.mayImport() && !text.uri().equals(uri))
                .forEach(text -> schedule(text.uri()));
    }

    private void schedule(String uri) {
        Future<?> before = pending.put(uri, delay.later(() -> check(uri), DELAY));
        if (before != null) {
            before.cancel(false);
        }
    }

    void closed(String uri) {
        Future<?> before = pending.remove(uri);
        if (before != null) {
            before.cancel(false);
        }
        synchronized (sending) {
            publish(uri, null, List.of());
            Optional.ofNullable(elsewhere.remove(uri))
                    .ifPresent(files -> files.forEach(file -> publish(file, null, List.of())));
        }
        changed(uri);
    }

    private void check(String uri) {
        texts.of(uri).filter(text -> !texts.isOfLibrary(uri)).ifPresent(text -> {
            List<Diagnostic> found = text.analysis().findings();
            synchronized (sending) {
                if (texts.of(uri).filter(now -> now == text).isPresent()) {
                    send(text, found);
                }
            }
        });
    }

    private void send(OpenText text, List<Diagnostic> found) {
        Map<String, List<org.eclipse.lsp4j.Diagnostic>> byFile = new LinkedHashMap<>();
        byFile.put(text.uri(), new ArrayList<>());
        for (Diagnostic diagnostic : found) {
            byFile.computeIfAbsent(uri(text, diagnostic), file -> new ArrayList<>())
                    .add(of(diagnostic));
        }
        publish(text.uri(), text.version(), byFile.remove(text.uri()));
        byFile.keySet().removeIf(this::isOpen);
        byFile.forEach((file, diagnostics) -> publish(file, null, diagnostics));
        Set<String> before = elsewhere.put(text.uri(), Set.copyOf(byFile.keySet()));
        if (before != null) {
            before.stream()
                    .filter(file -> !byFile.containsKey(file) && !isOpen(file))
                    .forEach(file -> publish(file, null, List.of()));
        }
    }

    /** True if the editor has the text of a file, whatever the address under which it opened the file. */
    private boolean isOpen(String uri) {
        return OpenText.file(uri).flatMap(texts::of).isPresent();
    }

    private static String uri(OpenText text, Diagnostic diagnostic) {
        return diagnostic
                .span()
                .map(span -> span.source().name())
                .filter(name -> !name.equals(text.source().name()))
                .map(name -> Path.of(name).toAbsolutePath().toUri().toString())
                .orElse(text.uri());
    }

    private void publish(String uri, @Nullable Integer version, List<org.eclipse.lsp4j.Diagnostic> diagnostics) {
        client.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics, version));
    }

    /** A diagnostic as the protocol has it: message, label, notes and help, one per line. */
    static org.eclipse.lsp4j.Diagnostic of(Diagnostic diagnostic) {
        StringBuilder message = new StringBuilder(diagnostic.message());
        if (!diagnostic.label().isEmpty()) {
            message.append("\n").append(diagnostic.label());
        }
        diagnostic.notes().forEach(note -> message.append("\nnote: ").append(note));
        diagnostic.help().ifPresent(help -> message.append("\nhelp: ").append(help));
        Range range =
                diagnostic.span().map(DiagnosticsFeed::range).orElse(new Range(new Position(0, 0), new Position(0, 0)));
        org.eclipse.lsp4j.Diagnostic sent = new org.eclipse.lsp4j.Diagnostic(range, message.toString());
        sent.setSeverity(diagnostic.isError() ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning);
        sent.setCode(diagnostic.code());
        sent.setSource("sde");
        return sent;
    }

    private static Range range(Span span) {
        return Positions.range(span);
    }
}
