package org.sdescript.runtime;

import org.sdescript.exchange.Exchange;

/**
 * One of several runs of the same training on several machines: each computes on its own part of every batch, and the
 * exchange joins them.
 *
 * @param exchange the sums over all replicas; closed by the creator of the replica
 */
public record Replica(Exchange exchange) {
    /**
     * The samples of a batch that one replica computes on.
     *
     * @param from the first, counted from 0
     * @param to the one after the last
     * @param batch the number of samples in the batch
     */
    public record Slice(int from, int to, int batch) {
        public static Slice whole(int batch) {
            return new Slice(0, batch, batch);
        }

        public int size() {
            return to - from;
        }
    }

    public int rank() {
        return exchange.rank();
    }

    /** The number of replicas. */
    public int world() {
        return exchange.world();
    }

    /** True for the replica that writes files. */
    public boolean isFirst() {
        return rank() == 0;
    }

    /**
     * Returns this replica's slice of each batch. The slices of all replicas are disjoint and cover the batch; their sizes
     * differ by at most 1, and none is empty if the batch is at least as large as {@link #world}.
     */
    public Slice slice(int batch) {
        return new Slice(bound(rank(), batch), bound(rank() + 1, batch), batch);
    }

    private int bound(int rank, int batch) {
        return Math.toIntExact((long) rank * batch / world());
    }
}
