package org.sdescript.jupyter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sdescript.display.MessageJson;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/** A client that runs one cell in a kernel and then ends the kernel. */
public final class OneCellClient {
    private static final String SESSION = "one-cell";
    private static final int PATIENCE_MILLIS = 60_000;

    private final Connection connection;
    private final MessageSignature signature;

    public OneCellClient(Connection connection) {
        this.connection = connection;
        this.signature = new MessageSignature(connection.signatureScheme(), connection.key());
    }

    /** Runs a cell that the history does not keep, and waits until the kernel has answered. */
    public void run(String cell) {
        try (ZContext context = new ZContext()) {
            // a kernel sends what it publishes only to subscribers
            socket(context, SocketType.SUB, connection.ports().iopub()).subscribe("");
            ask(
                    socket(context, SocketType.DEALER, connection.ports().shell()),
                    "execute_request",
                    MessageJson.object().put("code", cell).put("store_history", false));
            ask(
                    socket(context, SocketType.DEALER, connection.ports().control()),
                    "shutdown_request",
                    MessageJson.object());
        }
    }

    private ZMQ.Socket socket(ZContext context, SocketType type, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.connect(connection.address(port));
        return socket;
    }

    private void ask(ZMQ.Socket socket, String type, ObjectNode content) {
        ZMsg request = new ZMsg();
        Message.of(List.of(), type, SESSION, MessageJson.object(), content)
                .frames(signature)
                .forEach(request::add);
        request.send(socket);
        if (ZMsg.recvMsg(socket) == null) {
            throw new IllegalStateException("the kernel does not answer");
        }
    }
}
