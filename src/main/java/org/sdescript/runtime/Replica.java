package org.sdescript.runtime;

import java.util.function.Supplier;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.exchange.Exchange;
import org.sdescript.interrupt.Interruption;

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

    /** Runs work that the replicas do together: a failure of one ends the exchange of all, with its reason. */
    public <T> T joined(Supplier<T> work) {
        try {
            return work.get();
        } catch (Interruption stop) {
            exchange.abort("it was stopped");
            throw stop;
        } catch (SdeError error) {
            exchange.abort(error.diagnostics().getFirst().code() + ", " + error.getMessage());
            throw error;
        } catch (RuntimeException | Error fault) {
            exchange.abort(String.valueOf(fault));
            throw fault;
        }
    }

    private int bound(int rank, int batch) {
        return Math.toIntExact((long) rank * batch / world());
    }
}
