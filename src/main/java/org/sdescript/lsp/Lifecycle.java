package org.sdescript.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;

/**
 * Passes messages to a server in the order that the protocol demands: {@code initialize} is the first request, and
 * nothing is answered after {@code shutdown}.
 */
final class Lifecycle implements Endpoint {
    private enum State {
        NEW,
        OPEN,
        SHUT_DOWN
    }

    private final Endpoint server;
    private State state = State.NEW;

    Lifecycle(Endpoint server) {
        this.server = server;
    }

    /** A launcher that connects a server and an editor through streams. */
    static Launcher<LanguageClient> launcher(Server server, InputStream in, OutputStream out) {
        return new LSPLauncher.Builder<LanguageClient>() {
            @Override
            protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler json) {
                RemoteEndpoint editor = new RemoteEndpoint(
                        new StreamMessageConsumer(output, json),
                        new Lifecycle(ServiceEndpoints.toEndpoint(localServices)));
                json.setMethodProvider(editor);
                editor.setJsonHandler(json);
                return editor;
            }
        }.setLocalService(server)
                .setRemoteInterface(LanguageClient.class)
                .setInput(in)
                .setOutput(out)
                .create();
    }

    @Override
    public synchronized CompletableFuture<?> request(String method, Object parameter) {
        boolean isFirst = method.equals("initialize");
        if (isFirst && state == State.NEW) {
            state = State.OPEN;
        } else if (isFirst) {
            return refused(ResponseErrorCode.InvalidRequest, "the server is initialized already");
        } else if (state == State.NEW) {
            return refused(ResponseErrorCode.ServerNotInitialized, "the first request is `initialize`");
        } else if (state == State.SHUT_DOWN) {
            return refused(ResponseErrorCode.InvalidRequest, "the server is shut down");
        } else if (method.equals("shutdown")) {
            state = State.SHUT_DOWN;
        }
        return server.request(method, parameter);
    }

    private static CompletableFuture<?> refused(ResponseErrorCode code, String reason) {
        return CompletableFuture.failedFuture(new ResponseErrorException(new ResponseError(code, reason, null)));
    }

    /** Drops notifications out of their order, except {@code exit}, which ends the server at any time. */
    @Override
    public synchronized void notify(String method, Object parameter) {
        if (state == State.OPEN || method.equals("exit")) {
            server.notify(method, parameter);
        }
    }
}
