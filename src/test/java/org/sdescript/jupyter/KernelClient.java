package org.sdescript.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sdescript.display.MessageJson;
import org.sdescript.files.OutputFolders;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.runtime.Settings;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZFrame;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/** A kernel in this process, and a client that speaks to it over ZeroMQ as a notebook does. */
final class KernelClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int MOST_TRIES = 5;
    private static final String KEY = "5ca1ab1e";

    /** A reply, and what was published for its request. */
    record Answer(ObjectNode reply, List<Message> published) {
        List<Message> ofType(String type) {
            return published.stream()
                    .filter(message -> message.type().equals(type))
                    .toList();
        }

        List<String> types() {
            return published.stream().map(Message::type).toList();
        }

        /** The text on a stream. */
        String stream(String name) {
            StringBuilder text = new StringBuilder();
            ofType("stream").stream()
                    .filter(message -> message.content().path("name").asText().equals(name))
                    .forEach(message ->
                            text.append(message.content().path("text").asText()));
            return text.toString();
        }

        /** The forms of the only message of a type. */
        JsonNode data(String type) {
            assertThat(ofType(type)).hasSize(1);
            return ofType(type).getFirst().content().path("data");
        }

        String status() {
            return reply.path("status").asText();
        }
    }

    final NotebookKernel kernel;
    private final FutureTask<Boolean> run;
    private final MessageSignature signature = new MessageSignature("hmac-sha256", KEY);
    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket iopub;
    private final ZMQ.Socket stdin;
    private final ZMQ.Socket heartbeat;

    KernelClient(Path folder) throws IOException {
        Started started = started(folder);
        kernel = started.kernel();
        Connection connection = started.connection();
        Connection.Ports ports = connection.ports();
        iopub = context.createSocket(SocketType.SUB);
        iopub.subscribe("");
        iopub.setRcvHWM(0);
        connect(iopub, connection, ports.iopub());
        shell = socket(SocketType.DEALER, connection, ports.shell());
        control = socket(SocketType.DEALER, connection, ports.control());
        stdin = socket(SocketType.DEALER, connection, ports.stdin());
        heartbeat = socket(SocketType.REQ, connection, ports.heartbeat());
        run = new FutureTask<>(kernel::run);
        new Thread(run, "kernel").start();
        awaitPublications();
    }

    private record Started(NotebookKernel kernel, Connection connection) {}

    /** Another process may take a free port before the kernel does; then others are tried. */
    private static Started started(Path folder) throws IOException {
        for (int tries = 1; ; tries++) {
            Connection connection = connection();
            try {
                NotebookKernel kernel = new NotebookKernel(
                        Pipeline::new,
                        Settings.standard(),
                        OutputFolders.of(folder.resolve("files")),
                        connection,
                        new History(Optional.of(folder.resolve("history"))));
                return new Started(kernel, connection);
            } catch (BindException taken) {
                if (tries == MOST_TRIES) {
                    throw taken;
                }
            }
        }
    }

    static Connection connection() throws IOException {
        List<ServerSocket> free = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            free.add(new ServerSocket(0));
        }
        List<Integer> ports = free.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket each : free) {
            each.close();
        }
        return new Connection(
                "tcp",
                "127.0.0.1",
                new Connection.Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4)),
                "hmac-sha256",
                KEY);
    }

    private ZMQ.Socket socket(SocketType type, Connection connection, int port) {
        return connect(context.createSocket(type), connection, port);
    }

    private static ZMQ.Socket connect(ZMQ.Socket socket, Connection connection, int port) {
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.connect(connection.address(port));
        return socket;
    }

    /** A subscriber misses what is published before its connection is made; so ask until something arrives. */
    private void awaitPublications() {
        iopub.setReceiveTimeOut(200);
        boolean heard = false;
        while (!heard) {
            send(Sockets.Channel.CONTROL, "kernel_info_request", MessageJson.object());
            receive(control);
            heard = iopub.recv(0) != null;
            while (iopub.recv(0) != null) {
                heard = true;
            }
        }
        iopub.setReceiveTimeOut(PATIENCE_MILLIS);
    }

    private ZMQ.Socket of(Sockets.Channel channel) {
        return switch (channel) {
            case SHELL -> shell;
            case CONTROL -> control;
            case STDIN -> stdin;
            case IOPUB -> iopub;
        };
    }

    /** Sends a request and returns its id. */
    String send(Sockets.Channel channel, String type, ObjectNode content) {
        Message message = Message.of(List.of(), type, "client", MessageJson.object(), content);
        send(channel, message.frames(signature));
        return message.header().path("msg_id").asText();
    }

    void send(Sockets.Channel channel, List<byte[]> frames) {
        ZMsg message = new ZMsg();
        frames.forEach(message::add);
        message.send(of(channel));
    }

    private Message receive(ZMQ.Socket socket) {
        ZMsg message = ZMsg.recvMsg(socket);
        assertThat(message).as("an answer of the kernel").isNotNull();
        try {
            return Message.parse(
                    Stream.of(message.toArray(new ZFrame[0]))
                            .map(ZFrame::getData)
                            .toList(),
                    signature);
        } catch (Message.Refused wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** The next reply on a channel. */
    Message reply(Sockets.Channel channel) {
        return receive(of(channel));
    }

    /** The next message that the kernel publishes for a request. */
    Message published(String request) {
        while (true) {
            Message next = receive(iopub);
            if (next.parent().path("msg_id").asText().equals(request)) {
                return next;
            }
        }
    }

    /** Returns the messages published for a request, up to and including the first that fits. */
    List<Message> publishedUntil(String request, Predicate<Message> last) {
        List<Message> all = new ArrayList<>();
        do {
            all.add(published(request));
        } while (!last.test(all.getLast()));
        return all;
    }

    static boolean isIdle(Message message) {
        return message.type().equals("status")
                && message.content().path("execution_state").asText().equals("idle");
    }

    /** Sends a request to the shell and waits for everything that belongs to it. */
    Answer ask(String type, ObjectNode content) {
        return ask(Sockets.Channel.SHELL, type, content);
    }

    Answer ask(Sockets.Channel channel, String type, ObjectNode content) {
        String id = send(channel, type, content);
        return answer(channel, id, List.of());
    }

    /** The reply to a request and what was published for it, after what was read already. */
    Answer answer(Sockets.Channel channel, String id, List<Message> before) {
        Message reply = reply(channel);
        assertThat(reply.parent().path("msg_id").asText()).isEqualTo(id);
        List<Message> published = new ArrayList<>(before);
        published.addAll(publishedUntil(id, KernelClient::isIdle));
        return new Answer(reply.content(), published);
    }

    Answer run(String code) {
        return ask("execute_request", MessageJson.object().put("code", code));
    }

    String start(String code) {
        return send(
                Sockets.Channel.SHELL, "execute_request", MessageJson.object().put("code", code));
    }

    /** Sends a heartbeat and returns its echo. */
    String beat(String text) {
        heartbeat.send(text);
        return heartbeat.recvStr();
    }

    /** Returns true if the kernel has ended with all its threads. */
    boolean isOver() {
        try {
            return run.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException fault) {
            throw new AssertionError(fault);
        }
    }

    @Override
    public void close() {
        kernel.stop();
        assertThat(isOver()).isTrue();
        context.close();
    }
}
