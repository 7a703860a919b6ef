package org.sdescript.lsp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.services.LanguageClient;

/** An editor that records the diagnostics it is sent. */
final class PublishedDiagnostics implements LanguageClient {
    private final List<PublishDiagnosticsParams> all = new CopyOnWriteArrayList<>();

    List<PublishDiagnosticsParams> all() {
        return all;
    }

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams found) {
        all.add(found);
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
