package org.sdescript.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;

/**
 * An exchange by a ring of connections: each worker sends to the next and receives from the previous one. A buffer is
 * cut into as many chunks as there are workers. In the first half of a sum, chunk c starts at rank c and collects the
 * numbers of each rank it passes; in the second half the finished chunks go round. Each worker sends 2(n−1)/n of the
 * buffer, whatever the number n of workers (Patarasuk and Yuan 2009, §3: no all-reduce sends less).
 *
 * <p>Chunk c of n holds the positions from ⌊c·size/n⌋ to ⌊(c+1)·size/n⌋, and its sum is ((x[c] + x[c+1]) + …) + x[c−1],
 * where x[r] are the numbers of rank r and ranks are counted modulo n.
 */
public final class Ring implements Exchange {
    /** The size in bytes of the longest text of {@link #gather}. */
    public static final int LONGEST_TEXT = 1 << 20;

    /**
     * Buffers up to this size in bytes are passed around whole, and each worker computes the sum, in the same order. That
     * takes n−1 messages one after the other instead of 2(n−1), and sends (n−1)·size bytes instead of 2(n−1)/n·size. With
     * 50 µs a message and 1 GB/s, the messages saved are worth 50 kB each.
     */
    private static final int SMALL = 1 << 15;

    private final Peers peers;
    private final int rank;
    private final @Nullable RingLink link;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable SdeError failure;
    private volatile @Nullable Loss loss;
    private long sums;
    private long messages;
    private long bytes;

    /** @param link null for a ring of one worker */
    Ring(Peers peers, int rank, @Nullable RingLink link) {
        this.peers = peers;
        this.rank = rank;
        this.link = link;
    }

    /** Returns the ring of one worker, whose sums are its own numbers. */
    public static Ring alone() {
        return new Ring(new Peers(List.of("localhost")), 0, null);
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int world() {
        return peers.world();
    }

    @Override
    public void sum(double[] buffer) {
        summed((from, to, adds) -> new Part.Doubles(buffer, from, to - from, adds), buffer.length, Double.BYTES);
    }

    @Override
    public void sum(float[] buffer) {
        summed((from, to, adds) -> new Part.Floats(buffer, from, to - from, adds), buffer.length, Float.BYTES);
    }

    /** A part of the buffer that is summed. */
    @FunctionalInterface
    private interface Buffer {
        /** @param adds true if received numbers are added */
        Part part(int from, int to, boolean adds);
    }

    private void summed(Buffer buffer, int size, int width) {
        guarded(() -> {
            sums++;
            if (link != null && (long) size * width <= SMALL) {
                sumWhole(buffer, size);
            } else if (link != null) {
                sumByChunks(buffer, size);
            }
            return null;
        });
    }

    private void sumByChunks(Buffer buffer, int size) {
        int last = world() - 1;
        for (int step = 0; step < last; step++) {
            pass(chunk(buffer, size, rank - step, false), chunk(buffer, size, rank - step - 1, true));
        }
        for (int step = 0; step < last; step++) {
            pass(chunk(buffer, size, rank - step + 1, false), chunk(buffer, size, rank - step, false));
        }
    }

    private Part chunk(Buffer buffer, int size, int wanted, boolean adds) {
        int chunk = Math.floorMod(wanted, world());
        return buffer.part(start(chunk, size), start(chunk + 1, size), adds);
    }

    private int start(int chunk, int size) {
        return (int) ((long) chunk * size / world());
    }

    private void sumWhole(Buffer buffer, int size) {
        byte[] own = bytes(buffer.part(0, size, false));
        List<byte[]> all = circulated(own);
        for (int chunk = 0; chunk < world(); chunk++) {
            int from = start(chunk, size);
            int to = start(chunk + 1, size);
            for (int i = 0; i < world(); i++) {
                Part part = buffer.part(from, to, i > 0);
                take(part, all.get((chunk + i) % world()), from, size);
            }
        }
    }

    private static byte[] bytes(Part part) {
        ByteBuffer bytes = ByteBuffer.allocate(part.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        part.write(0, bytes);
        return bytes.array();
    }

    /** @param whole the bytes of a buffer of {@code size} numbers, of which the part begins at {@code from} */
    private static void take(Part part, byte[] whole, int from, int size) {
        int width = size == 0 ? 1 : whole.length / size;
        part.read(0, ByteBuffer.wrap(whole, from * width, part.bytes()).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public List<String> gather(String text) {
        byte[] own = text.getBytes(StandardCharsets.UTF_8);
        if (own.length > LONGEST_TEXT) {
            throw new IllegalArgumentException("a text of " + own.length + " bytes");
        }
        return guarded(() -> circulated(own).stream()
                .map(each -> new String(each, StandardCharsets.UTF_8))
                .toList());
    }

    /** Returns the bytes of all workers by rank: they go once around the ring. */
    private List<byte[]> circulated(byte[] own) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < world(); i++) {
            all.add(own);
        }
        for (int step = 0; step < world() - 1; step++) {
            Part.Text received = new Part.Text(new byte[0]);
            pass(new Part.Text(all.get(Math.floorMod(rank - step, world()))), received);
            all.set(Math.floorMod(rank - step - 1, world()), received.content());
        }
        return all;
    }

    private void pass(Part out, Part in) {
        Objects.requireNonNull(link).pass(out, in);
        messages++;
        bytes += out.bytes();
    }

    /** Runs a call alone; a failure ends the exchange of all workers. */
    private <T> T guarded(Supplier<T> call) {
        lock.lock();
        try {
            SdeError before = failure;
            if (before != null) {
                throw before;
            }
            return call.get();
        } catch (PeerLost loss) {
            throw ended(loss);
        } catch (Interruption stop) {
            ended(new PeerLost(rank, Loss.WILLFUL, "it was stopped"));
            throw stop;
        } finally {
            lock.unlock();
        }
    }

    /** Tells the next worker and returns the error that each further call throws. */
    private SdeError ended(PeerLost loss) {
        SdeError error = peers.lost(loss);
        failure = error;
        this.loss = loss.how();
        if (link != null) {
            link.abort(loss);
        }
        return error;
    }

    /** Returns how the worker was lost that ended the exchange; empty if none was. May be called by any thread. */
    public Optional<Loss> loss() {
        return Optional.ofNullable(loss);
    }

    /** Returns the message of the error that ended the exchange; empty if it goes on. */
    public String lossMessage() {
        SdeError error = failure;
        return error == null ? "" : error.getMessage();
    }

    @Override
    public void abort(String why) {
        PeerLost loss = new PeerLost(rank, Loss.WILLFUL, why);
        if (!lock.tryLock()) {
            if (link != null) {
                link.end(loss);
            }
            return;
        }
        try {
            if (failure == null) {
                ended(loss);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Traffic traffic() {
        return new Traffic(sums, messages, bytes);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (failure == null) {
                failure = Diagnostic.error("E0961", null, "this worker has left the exchange")
                        .raise();
                if (link != null) {
                    link.close();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
