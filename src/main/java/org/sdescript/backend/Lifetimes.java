package org.sdescript.backend;

import ai.djl.pytorch.engine.PtNDArray;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

/**
 * Frees the native memory of tensors that nobody holds any more. DJL frees only what is closed, and scripts drop values
 * without a word; the garbage collector sees the drop but not the megabytes behind it, so it is asked to run when the
 * tensors that seem alive have grown far beyond those that were alive last time.
 */
final class Lifetimes {
    private static final long SMALLEST_CEILING = 512L << 20;
    private static final long WAIT_FOR_REFERENCES_MS = 20;

    /** What must be freed when its tensor is closed or dropped. */
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

        /** Lets the tensor live in another array from now on. */
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

    /** Frees what was dropped since the last time. Costs nothing to speak of when there is nothing. */
    void collect() {
        drain();
        if (bytes > ceiling) {
            collectNow();
        }
    }

    /** Frees all that was dropped. */
    void collectNow() {
        System.gc();
        awaitReferences();
        ceiling = Math.max(SMALLEST_CEILING, 2 * bytes);
    }

    /** Of all tensors that seem alive. */
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

    /** The collector hands references over on a thread of its own, shortly after it has finished. */
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
