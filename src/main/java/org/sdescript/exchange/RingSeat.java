package org.sdescript.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;

/**
 * The place of one worker in a ring that is yet to be formed. It takes connections from the moment it is open, so that
 * the workers may exchange their addresses in any way before they join.
 */
public final class RingSeat implements AutoCloseable {
    private static final long POLL_MILLIS = 50;

    /** How long a connection has for its proof; a stranger's waits no longer, and keeps no other from connecting. */
    private static final Duration PROOF = Duration.ofSeconds(10);

    private final ServerSocketChannel door;
    private final InetSocketAddress place;
    private final Duration timeout;
    private volatile boolean timedOut;
    private final AtomicInteger strangers = new AtomicInteger();
    private final Queue<SocketChannel> guests = new ConcurrentLinkedQueue<>();

    private RingSeat(ServerSocketChannel door, InetSocketAddress place, Duration timeout) {
        this.door = door;
        this.place = place;
        this.timeout = timeout;
    }

    /**
     * Takes a free port.
     *
     * @param local an address of this machine that the other workers reach, not the wildcard
     * @param timeout how long a worker waits for another, here and in each call of the exchange: longer than the others
     *     compute between two calls
     */
    public static RingSeat open(InetAddress local, Duration timeout) {
        if (local.isAnyLocalAddress() || timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException(local + " for " + timeout);
        }
        try {
            ServerSocketChannel door = ServerSocketChannel.open();
            try {
                door.bind(new InetSocketAddress(local, 0));
                return new RingSeat(door, (InetSocketAddress) door.getLocalAddress(), timeout);
            } catch (IOException refused) {
                door.close();
                throw refused;
            }
        } catch (IOException refused) {
            throw Diagnostic.error(
                            "E0962",
                            null,
                            "a worker cannot listen at " + local.getHostAddress() + ": " + refused.getMessage())
                    .raise();
        }
    }

    /** Returns {@code host:port}, by which the other workers reach this one. */
    public String address() {
        InetAddress host = place.getAddress();
        return (host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress()) + ":"
                + place.getPort();
    }

    /**
     * Forms the ring with the other workers, and closes this seat. Each worker connects to the next one and waits for the
     * previous one; connections that cannot prove to know the secret are closed.
     *
     * @param addresses those of all workers by rank, this worker's among them
     * @param secret the same bytes in all workers, and known to no other program
     */
    public Ring join(int rank, List<String> addresses, byte[] secret) {
        Peers peers = new Peers(addresses);
        if (rank < 0 || rank >= peers.world() || !addresses.get(rank).equals(address()) || secret.length == 0) {
            throw new IllegalArgumentException("rank " + rank + " of " + addresses + " at " + address());
        }
        try (this) {
            return peers.world() == 1 ? new Ring(peers, rank, null) : joined(peers, rank, secret);
        }
    }

    /** True if a worker did not answer for the time-out, which made {@link #join} fail. */
    public boolean hasTimedOut() {
        return timedOut;
    }

    private Ring joined(Peers peers, int rank, byte[] secret) {
        Handshake handshake = new Handshake(peers, rank, secret);
        CompletableFuture<SocketChannel> previous = new CompletableFuture<>();
        Thread.ofVirtual().name("ring-door").start(() -> admit(handshake, previous));
        long end = System.nanoTime() + timeout.toNanos();
        CompletableFuture<SocketChannel> next = begun(() -> connected(peers, rank, handshake));
        boolean isFormed = false;
        try {
            SocketChannel to = awaited(
                    next,
                    end,
                    () -> peers.unconnected(peers.after(rank), "it did not answer within " + Peers.words(timeout)));
            SocketChannel from = awaited(previous, end, () -> peers.unconnected(peers.before(rank), absent()));
            Ring ring = new Ring(peers, rank, new RingLink(peers, rank, ready(to), ready(from), timeout));
            isFormed = true;
            return ring;
        } catch (IOException failure) {
            throw peers.unconnected(peers.after(rank), String.valueOf(failure.getMessage()));
        } finally {
            if (!isFormed) {
                next.thenAccept(RingSeat::dropped);
                previous.thenAccept(RingSeat::dropped);
                previous.cancel(false);
            }
        }
    }

    private String absent() {
        int count = strangers.get();
        return "it did not connect within " + Peers.words(timeout)
                + (count == 0 ? "" : "; " + count + " connections could not prove to know the secret");
    }

    private static SocketChannel ready(SocketChannel channel) throws IOException {
        channel.socket().setSoTimeout(0);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel;
    }

    /** Runs work that blocks on a thread of its own. */
    private static <T> CompletableFuture<T> begun(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private SocketChannel connected(Peers peers, int rank, Handshake handshake) {
        int next = peers.after(rank);
        String address = peers.addresses().get(next);
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replaceAll("^\\[|\\]$", "");
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            guests.add(channel);
            int port = Integer.parseInt(address.substring(colon + 1));
            channel.socket().connect(new InetSocketAddress(host, port), millis(timeout));
            channel.socket().setSoTimeout(millis(timeout));
            handshake.introduce(channel.socket());
            guests.remove(channel);
            return channel;
        } catch (IOException | IllegalArgumentException failure) {
            dropped(channel);
            timedOut = failure instanceof SocketTimeoutException;
            throw peers.unconnected(next, String.valueOf(failure.getMessage()));
        }
    }

    private static int millis(Duration time) {
        return Math.clamp(time.toMillis(), 1, Integer.MAX_VALUE);
    }

    /** Takes connections until one is the previous worker's; each proves itself on a thread of its own. */
    private void admit(Handshake handshake, CompletableFuture<SocketChannel> previous) {
        try {
            while (!previous.isDone()) {
                SocketChannel guest = door.accept();
                guests.add(guest);
                Thread.ofVirtual().start(() -> prove(guest, handshake, previous));
            }
        } catch (AsynchronousCloseException done) {
            previous.cancel(false); // no effect if the worker has come
        } catch (IOException failure) {
            previous.completeExceptionally(failure);
        }
    }

    private void prove(SocketChannel guest, Handshake handshake, CompletableFuture<SocketChannel> previous) {
        boolean isPrevious = false;
        try {
            guest.socket().setSoTimeout(millis(timeout.compareTo(PROOF) < 0 ? timeout : PROOF));
            isPrevious = handshake.admits(guest.socket());
        } catch (IOException silent) {
            isPrevious = false;
        }
        guests.remove(guest);
        if (!isPrevious) {
            strangers.incrementAndGet();
        }
        if (!isPrevious || !previous.complete(guest)) {
            dropped(guest);
        }
    }

    private static void dropped(@Nullable Closeable connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private <T> T awaited(CompletableFuture<T> result, long end, Supplier<SdeError> late) throws IOException {
        while (true) {
            StopRequest.poll();
            try {
                return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException waiting) {
                if (System.nanoTime() - end > 0) {
                    timedOut = true;
                    throw late.get();
                }
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new Interruption();
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof IOException own) {
                    throw own;
                }
                throw failure.getCause() instanceof RuntimeException own ? own : new IllegalStateException(failure);
            }
        }
    }

    @Override
    public void close() {
        dropped(door);
        guests.forEach(RingSeat::dropped);
    }
}
