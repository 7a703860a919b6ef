package org.sdescript.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;

/**
 * The two connections of a worker: to the next worker, which only takes, and from the previous one, which only gives.
 * Both move at the same time, since all workers send before they have received, and a buffer may be larger than those of
 * the sockets.
 *
 * <p>A message is sent in frames. A worker that waits says so by empty frames of its own kind; else all workers after one
 * that hangs would find the one before them silent at the same time, and most would blame the wrong one. Frames of
 * {@link #ABORT} carry the reason of a failure around the ring.
 */
final class RingLink {
    private static final Loss[] LOSSES = Loss.values();
    private static final byte DATA = 1;
    private static final byte WAIT = 2;
    private static final byte ABORT = 3;

    /** Kind, number of the message, bytes of the message, bytes of the frame; padded so that numbers lie aligned. */
    private static final int HEADER = 16;

    /** Large enough that the header and the calls of the system do not count, small enough for a processor's cache. */
    private static final int FRAME = 1 << 18;

    /** How long a wait goes without a look at requests to stop. */
    private static final long POLL_MILLIS = 50;

    /** How long an end waits until its reason has been sent. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Peers peers;
    private final int rank;
    private final SocketChannel next;
    private final SocketChannel previous;
    private final Duration timeout;
    private final Selector selector;
    private final ByteBuffer output = buffer().flip();
    private final ByteBuffer input = buffer();
    private volatile @Nullable PeerLost ending;
    private boolean isEnding;
    private boolean isNextGone;
    private boolean isPreviousGone;
    private int number;
    private int sent;
    private int received;
    private boolean isSent;
    private boolean isReceived;
    private long lastSent;
    private long lastHeard;
    private long lastWord;

    /**
     * @param next a connection in non-blocking mode, as {@code previous}
     * @param timeout how long the neighbours may do nothing
     */
    RingLink(Peers peers, int rank, SocketChannel next, SocketChannel previous, Duration timeout) throws IOException {
        this.peers = peers;
        this.rank = rank;
        this.next = next;
        this.previous = previous;
        this.timeout = timeout;
        this.selector = Selector.open();
        next.register(selector, 0);
        previous.register(selector, SelectionKey.OP_READ);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(HEADER + FRAME).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sends a message to the next worker and receives one from the previous worker, at the same time. */
    void pass(Part out, Part in) {
        number++;
        sent = 0;
        received = 0;
        isSent = false;
        isReceived = false;
        lastSent = System.nanoTime();
        lastHeard = lastSent;
        lastWord = lastSent;
        try {
            while (!isSent || !isReceived) {
                requireGoingOn();
                boolean moved = send(out);
                moved |= receive(in);
                if (!moved) {
                    await();
                }
            }
        } catch (PeerLost loss) {
            throw !loss.isWillful() && loss.rank() == peers.after(rank) ? firstLost(loss, in) : loss;
        }
    }

    /**
     * Returns the loss that the previous worker tells within a second, or else that of the next worker. A worker that has
     * found a loss closes its connections, so the one before it finds itself cut off by no fault of its next worker; the
     * reason is on its way around the ring.
     */
    private PeerLost firstLost(PeerLost next, Part in) {
        long end = System.nanoTime() + FAREWELL_NANOS;
        isNextGone = true;
        isEnding = true;
        try {
            while (!isPreviousGone && System.nanoTime() < end) {
                requireGoingOn();
                if (!receive(in)) {
                    await();
                }
            }
        } catch (PeerLost told) {
            return told.rank() == peers.before(rank) && !told.isWillful() ? next : told;
        }
        return next;
    }

    private void requireGoingOn() {
        StopRequest.poll();
        if (Thread.currentThread().isInterrupted()) {
            throw new Interruption();
        }
        PeerLost end = ending;
        if (end != null) {
            throw end;
        }
    }

    private boolean send(Part out) {
        if (!isSent && !output.hasRemaining()) {
            fill(out);
        }
        return output.hasRemaining() && flush(out);
    }

    private void fill(Part out) {
        output.clear();
        int size = Math.min(FRAME, out.bytes() - sent);
        header(DATA, out.bytes(), size);
        out.write(sent, output);
        output.flip();
    }

    private void header(byte kind, int total, int size) {
        output.put(kind).put(new byte[3]).putInt(number).putInt(total).putInt(size);
    }

    /** Writes as much as the connection takes. Empty frames may be lost with a worker that needs nothing any more. */
    private boolean flush(Part out) {
        if (isNextGone) {
            output.position(output.limit());
            return false;
        }
        try {
            if (next.write(output) == 0) {
                return false;
            }
        } catch (IOException broken) {
            if (isSent) {
                isNextGone = true;
                return false;
            }
            throw broken(peers.after(rank), broken);
        }
        lastSent = System.nanoTime();
        if (!output.hasRemaining() && !isSent && output.get(0) == DATA) {
            sent += output.limit() - HEADER;
            isSent = sent == out.bytes();
        }
        return true;
    }

    private boolean receive(Part in) {
        int count = 0;
        if (input.hasRemaining()) {
            try {
                count = previous.read(input);
            } catch (IOException broken) {
                throw broken(peers.before(rank), broken);
            }
        }
        if (count > 0) {
            lastHeard = System.nanoTime();
        }
        boolean moved = frames(in);
        isPreviousGone = count < 0;
        if (isPreviousGone && !isReceived && !moved) {
            throw lost(peers.before(rank), "it closed its connection");
        }
        return moved || count > 0;
    }

    /**
     * Takes all whole frames up to the end of the message. What follows belongs to the next one, or is the reason why the
     * previous worker has ended, which does not concern a message that came whole.
     */
    private boolean frames(Part in) {
        boolean moved = false;
        input.flip();
        while (input.remaining() >= HEADER) {
            int at = input.position();
            byte kind = input.get(at);
            int size = input.getInt(at + 12);
            if (size < 0 || size > FRAME) {
                throw lost(peers.before(rank), "it sent what is no message");
            }
            if (input.remaining() < HEADER + size || isReceived && !isEnding) {
                break;
            }
            ByteBuffer content = input.slice(at + HEADER, size).order(ByteOrder.LITTLE_ENDIAN);
            frame(kind, input.getInt(at + 4), input.getInt(at + 8), content, in);
            input.position(at + HEADER + size);
            moved = true;
        }
        if (input.position() == 0) {
            input.position(input.limit()).limit(input.capacity());
        } else {
            input.compact();
        }
        return moved;
    }

    private void frame(byte kind, int message, int total, ByteBuffer content, Part in) {
        switch (kind) {
            case DATA -> {
                if (isEnding) {
                    return;
                }
                boolean isFirst = received == 0;
                if (message != number || isFirst && !in.accepts(total) || total != in.bytes()) {
                    throw lost(
                            peers.before(rank),
                            "it sent message " + message + ", of " + total + " bytes, where message " + number + ", of "
                                    + in.bytes() + " bytes, was due");
                }
                int size = content.remaining();
                in.read(received, content);
                received += size;
                isReceived = received == total;
            }
            case WAIT -> {}
            case ABORT -> {
                int culprit = content.getInt();
                int how = content.getInt();
                if (culprit < 0 || culprit >= peers.world() || how < 0 || how >= LOSSES.length) {
                    throw lost(peers.before(rank), "it sent what is no message");
                }
                throw new PeerLost(
                        culprit,
                        LOSSES[how],
                        StandardCharsets.UTF_8.decode(content).toString());
            }
            default -> throw lost(peers.before(rank), "it sent what is no message");
        }
    }

    /** Waits until a connection can move; throws after the time-out, a request to stop or an interrupt. */
    private void await() {
        long now = System.nanoTime();
        if (!isReceived && !isEnding && now - lastHeard > timeout.toNanos()) {
            throw new PeerLost(peers.before(rank), Loss.SILENT, "it sent nothing for " + Peers.words(timeout));
        }
        if (!isSent && !isEnding && now - lastSent > timeout.toNanos()) {
            throw new PeerLost(peers.after(rank), Loss.SILENT, "it took nothing for " + Peers.words(timeout));
        }
        sayWaiting(now);
        next.keyFor(selector).interestOps(output.hasRemaining() && !isNextGone ? SelectionKey.OP_WRITE : 0);
        previous.keyFor(selector).interestOps(!isPreviousGone && input.hasRemaining() ? SelectionKey.OP_READ : 0);
        try {
            selector.select(Math.max(1, Math.min(POLL_MILLIS, timeout.toMillis() / 8)));
        } catch (IOException failure) {
            throw lost(rank, "its connections cannot be watched (" + failure.getMessage() + ")");
        }
    }

    /** Says four times within the time-out that this worker is not the one that hangs. */
    private void sayWaiting(long now) {
        if (isSent && !output.hasRemaining() && now - lastWord > timeout.toNanos() / 4) {
            lastWord = now;
            output.clear();
            header(WAIT, 0, 0);
            output.flip();
        }
    }

    /** An interrupt in the moment of a transfer closes the connection, which then is no fault of the other worker. */
    private static RuntimeException broken(int culprit, IOException failure) {
        return failure instanceof ClosedByInterruptException
                ? new Interruption()
                : lost(culprit, "its connection broke (" + failure.getMessage() + ")");
    }

    private static PeerLost lost(int culprit, String why) {
        return new PeerLost(culprit, Loss.GONE, why);
    }

    /** Sends the reason of an end to the next worker, as far as it goes, and closes the connections. */
    void abort(PeerLost loss) {
        StopRequest.ignoring(() -> {
            boolean interrupted =
                    Thread.interrupted(); // an interrupt would close the channel before the reason is sent
            try {
                farewell(loss);
            } catch (IOException gone) {
                isNextGone = true; // the next worker finds the connection closed
            } finally {
                close();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private void farewell(PeerLost loss) throws IOException {
        long end = System.nanoTime() + FAREWELL_NANOS;
        if (!drained(end)) {
            return;
        }
        byte[] why = loss.why().getBytes(StandardCharsets.UTF_8);
        int size = Math.min(why.length, FRAME - 2 * Integer.BYTES);
        output.clear();
        header(ABORT, 0, 2 * Integer.BYTES + size);
        output.putInt(loss.rank()).putInt(loss.how().ordinal()).put(why, 0, size);
        output.flip();
        if (drained(end)) {
            next.shutdownOutput();
        }
    }

    private boolean drained(long end) throws IOException {
        while (output.hasRemaining() && System.nanoTime() < end) {
            if (next.write(output) == 0) {
                next.keyFor(selector).interestOps(SelectionKey.OP_WRITE);
                previous.keyFor(selector).interestOps(0);
                selector.select(POLL_MILLIS);
            }
        }
        return !output.hasRemaining();
    }

    /** Ends a transfer under way; called by another thread. */
    void end(PeerLost loss) {
        ending = loss;
        selector.wakeup();
    }

    void close() {
        for (Closeable each : List.of(selector, next, previous)) {
            try {
                each.close();
            } catch (IOException failure) {
                isNextGone = true; // nothing of it is needed any more
            }
        }
    }
}
