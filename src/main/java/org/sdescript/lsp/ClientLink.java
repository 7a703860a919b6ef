package org.sdescript.lsp;

import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** The editor, which is known only after the server exists. */
final class ClientLink implements LanguageClient {
    private volatile @Nullable LanguageClient editor;

    void connect(LanguageClient connected) {
        editor = connected;
    }

    private LanguageClient editor() {
        LanguageClient connected = editor;
        if (connected == null) {
            throw new IllegalStateException("no editor is connected");
        }
        return connected;
    }

    @Override
    public void telemetryEvent(Object event) {
        editor().telemetryEvent(event);
    }

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams found) {
        editor().publishDiagnostics(found);
    }

    @Override
    public void showMessage(MessageParams message) {
        editor().showMessage(message);
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
        return editor().showMessageRequest(request);
    }

    @Override
    public void logMessage(MessageParams message) {
        editor().logMessage(message);
    }
}
