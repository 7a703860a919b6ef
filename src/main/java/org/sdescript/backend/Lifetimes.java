package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

/**
 * Frees the native memory of unreachable tensors. DJL frees only closed arrays, and scripts drop values without closing
 * them. The garbage collector sees the dropped object but not the megabytes behind it, so a collection is requested
 * when the live bytes exceed twice those after the last collection.
 */
final class Lifetimes {
    private static final long SMALLEST_CEILING = 512L << 20;
    private static final long WAIT_FOR_REFERENCES_MS = 20;

    /** The array to free when its tensor is closed or unreachable. */
    static final class Ownership extends PhantomReference<Tensor> {
        private final Lifetimes lifetimes;
        private final long bytes;
        private PtNDArray array;

        private Ownership(Tensor tensor, PtNDArray array, Lifetimes lifetimes) {
            super(tensor, lifetimes.dropped);
            this.lifetimes = lifetimes;
            this.array = array;
            this.bytes = tensor.shape().elements() * tensor.dtype().bytes();
        }

        PtNDArray array() {
            return array;
        }

        /** Closes the present array and owns the other one from now on. */
        void move(PtNDArray other) {
            array.close();
            array = other;
        }

        void release() {
            lifetimes.release(this);
        }
    }

    private final ReferenceQueue<Tensor> dropped = new ReferenceQueue<>();
    private final Set<Ownership> owned = new HashSet<>();
    private long bytes;
    private long ceiling = SMALLEST_CEILING;

    synchronized Ownership own(Tensor tensor, PtNDArray array) {
        Ownership ownership = new Ownership(tensor, array, this);
        owned.add(ownership);
        bytes += ownership.bytes;
        return ownership;
    }

    /** Frees tensors found unreachable since the last call. Almost free of cost if there are none. */
    void collect() {
        drain();
        if (bytes > ceiling) {
            collectNow();
        }
    }

    /** Requests a garbage collection and frees all unreachable tensors. */
    void collectNow() {
        System.gc();
        awaitReferences();
        ceiling = Math.max(SMALLEST_CEILING, 2 * bytes);
    }

    /** The bytes of all tensors not yet freed. */
    synchronized long bytes() {
        return bytes;
    }

    synchronized int count() {
        return owned.size();
    }

    private void drain() {
        for (var next = dropped.poll(); next != null; next = dropped.poll()) {
            release((Ownership) next);
        }
    }

    /** Waits for references, because the collector enqueues them on its own thread, shortly after a collection. */
    private void awaitReferences() {
        try {
            for (var next = dropped.remove(WAIT_FOR_REFERENCES_MS);
                    next != null;
                    next = dropped.remove(WAIT_FOR_REFERENCES_MS)) {
                release((Ownership) next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void release(Ownership ownership) {
        if (owned.remove(ownership)) {
            bytes -= ownership.bytes;
            ownership.clear();
            ownership.array.close();
        }
    }
}
