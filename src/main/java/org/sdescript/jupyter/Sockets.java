package org.sdescript.jupyter;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZFrame;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import org.zeromq.ZMsg;

/**
 * The five sockets of a kernel. Sockets belong to one thread, that of {@link #serve}; other threads hand their messages
 * over by {@link #send}. The heartbeat is answered here, so that it is answered whatever else the kernel does.
 */
final class Sockets implements AutoCloseable {
    private static final String WAKE = "inproc://wake";
    private static final int LINGER_MILLIS = 1_000;

    /** Messages that wait for a slow client; the default of a thousand loses lines of a fast loop. */
    private static final int WAITING = 100_000;

    private static final String IN_USE = "it is in use";

    /** The channels that carry messages. */
    enum Channel {
        SHELL,
        CONTROL,
        STDIN,
        IOPUB
    }

    private record Outgoing(Channel channel, List<byte[]> frames) {}

    private final ZContext context = new ZContext();
    private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
    private final ZMQ.Socket heartbeat;
    private final ZMQ.Socket woken;
    private final ZMQ.Socket waking;
    private final Queue<Outgoing> outgoing = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;

    /** Guarded by {@link #waking}: a socket that is closed is not to be used. */
    private boolean closed;

    /** Binds all sockets; throws {@link BindException} with the address that cannot be used. */
    Sockets(Connection connection) throws IOException {
        context.setLinger(LINGER_MILLIS);
        Connection.Ports ports = connection.ports();
        try {
            // the publisher first: a client that hears a reply may wait for what is published with it
            sockets.put(Channel.IOPUB, bound(SocketType.PUB, connection.address(ports.iopub())));
            sockets.put(Channel.SHELL, bound(SocketType.ROUTER, connection.address(ports.shell())));
            sockets.put(Channel.CONTROL, bound(SocketType.ROUTER, connection.address(ports.control())));
            sockets.put(Channel.STDIN, bound(SocketType.ROUTER, connection.address(ports.stdin())));
            heartbeat = bound(SocketType.REP, connection.address(ports.heartbeat()));
            woken = bound(SocketType.PULL, WAKE);
            waking = context.createSocket(SocketType.PUSH);
            waking.connect(WAKE);
        } catch (IOException | RuntimeException taken) {
            context.close();
            throw taken;
        }
    }

    private ZMQ.Socket bound(SocketType type, String address) throws IOException {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setLinger(LINGER_MILLIS);
        socket.setSndHWM(WAITING);
        if (type == SocketType.ROUTER) {
            socket.setRouterHandover(true);
        }
        String reason = IN_USE;
        try {
            if (socket.bind(address)) {
                return socket;
            }
        } catch (ZMQException | IllegalArgumentException refused) {
            boolean isTaken =
                    refused instanceof ZMQException zmq && zmq.getErrorCode() == ZMQ.Error.EADDRINUSE.getCode();
            reason = isTaken ? IN_USE : String.valueOf(refused.getMessage());
        }
        throw new BindException(address + " cannot be listened to: " + reason);
    }

    /** Sends a message, from any thread. */
    void send(Channel channel, List<byte[]> frames) {
        outgoing.add(new Outgoing(channel, frames));
        wake();
    }

    private void wake() {
        synchronized (waking) {
            if (!closed) {
                waking.send(new byte[0], ZMQ.DONTWAIT);
            }
        }
    }

    /** Passes each message to {@code received} on this thread, until {@link #close}. */
    void serve(BiConsumer<Channel, List<byte[]>> received) {
        List<Channel> reading = List.of(Channel.CONTROL, Channel.SHELL, Channel.STDIN);
        try (ZMQ.Poller poller = context.createPoller(reading.size() + 2)) {
            int beat = poller.register(heartbeat, ZMQ.Poller.POLLIN);
            int wakes = poller.register(woken, ZMQ.Poller.POLLIN);
            Map<Channel, Integer> places = new EnumMap<>(Channel.class);
            reading.forEach(channel -> places.put(channel, poller.register(sockets.get(channel), ZMQ.Poller.POLLIN)));
            while (!closing || !outgoing.isEmpty()) {
                poller.poll(closing ? 0 : -1);
                if (poller.pollin(wakes)) {
                    woken.recv(ZMQ.DONTWAIT);
                }
                if (poller.pollin(beat)) {
                    ZMsg.recvMsg(heartbeat).send(heartbeat);
                }
                places.forEach((channel, place) -> {
                    if (poller.pollin(place)) {
                        received.accept(channel, frames(ZMsg.recvMsg(sockets.get(channel))));
                    }
                });
                sendAll();
            }
        } finally {
            synchronized (waking) {
                closed = true;
                context.close();
            }
        }
    }

    private void sendAll() {
        for (Outgoing next = outgoing.poll(); next != null; next = outgoing.poll()) {
            ZMsg message = new ZMsg();
            next.frames().forEach(message::add);
            message.send(sockets.get(next.channel()));
        }
    }

    private static List<byte[]> frames(ZMsg message) {
        List<byte[]> frames = new ArrayList<>();
        for (ZFrame frame : message) {
            frames.add(frame.getData());
        }
        return frames;
    }

    /** Ends {@link #serve} after the messages handed over so far, from any thread. */
    @Override
    public void close() {
        synchronized (waking) {
            closing = true;
            wake();
        }
    }
}
