package org.sdescript.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Tensor;

/**
 * The native memory allocated by a statement, the body of a call, or a loop. The JVM never collects native memory, so
 * a region frees each resource once no surviving name reaches it. Values are immutable and a call assigns only its
 * own names; hence only a call's result can hold the resources of the call, and only the names in scope of a loop can
 * hold those of the loop.
 */
public final class MemoryScope {
    private static final int FEW = 256;
    private static final long SMALL = 1L << 22;

    private final @Nullable MemoryScope outer;
    private Set<AutoCloseable> owned = Set.of();

    /** The number of tensor elements allocated since the last sweep. */
    private long elements;

    MemoryScope(@Nullable MemoryScope outer) {
        this.outer = outer;
    }

    void own(AutoCloseable resource) {
        ownership().add(resource);
        if (resource instanceof Tensor tensor) {
            elements += tensor.shape().elements();
        }
    }

    /** Allocated on first use: most regions, of calls and loops over numbers, never own a resource. */
    private Set<AutoCloseable> ownership() {
        if (owned.isEmpty()) {
            owned = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        return owned;
    }

    /** Frees unreachable resources if their number or size is worth a sweep. */
    void sweepIfMany(Environment inSight) {
        if (owned.size() > FEW || elements > SMALL) {
            sweep(() -> Reachability.of(inSight));
            elements = 0;
        }
    }

    /** Sweeps only the outermost region: an outer region may belong to a call, whose names are not among the roots. */
    void sweepIfOutermost(Supplier<Reachability> roots) {
        if (outer == null) {
            sweep(roots);
        }
    }

    /** Frees the resources that the roots do not reach. */
    private void sweep(Supplier<Reachability> roots) {
        if (owned.isEmpty()) {
            return;
        }
        Reachability reach = roots.get();
        owned.removeIf(resource -> {
            if (reach.leadsTo(resource)) {
                return false;
            }
            close(resource);
            return true;
        });
    }

    /**
     * Frees the resources that the roots do not reach, and moves the rest to the outer region; returns that region, null
     * for the outermost.
     */
    @Nullable
    MemoryScope end(Supplier<Reachability> roots) {
        sweep(roots);
        if (outer != null && !owned.isEmpty()) {
            outer.ownership().addAll(owned);
        }
        owned = Set.of();
        return outer;
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("freeing " + resource, e);
        }
    }
}
