package org.sdescript.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.sdescript.backend.Tensor;

/**
 * The native memory that a stretch of the script has taken: a statement, the body of a call, a loop. Native memory is
 * never collected by the JVM, so whatever a region made is freed when the names that outlive it no longer lead to it.
 * Values cannot be changed from elsewhere and a call assigns only its own names; hence what a call made can be held by
 * its result alone, and what a loop made by the names in sight of the loop.
 */
public final class Region {
    private static final int FEW = 256;
    private static final long SMALL = 1L << 22;

    private final Region outer;
    private Set<AutoCloseable> owned = Set.of();

    /** Of tensors, since the last look. */
    private long elements;

    Region(Region outer) {
        this.outer = outer;
    }

    void own(AutoCloseable resource) {
        ownership().add(resource);
        if (resource instanceof Tensor tensor) {
            elements += tensor.shape().elements();
        }
    }

    /** Most regions, of calls and loops of numbers, never own anything. */
    private Set<AutoCloseable> ownership() {
        if (owned.isEmpty()) {
            owned = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        return owned;
    }

    /** Frees what the names in sight do not lead to, unless there is too little of it to be worth a look. */
    void sweepIfMany(Environment inSight) {
        if (owned.size() > FEW || elements > SMALL) {
            sweep(() -> Reach.of(inSight));
            elements = 0;
        }
    }

    /** An outer region may be a call's, whose names the roots do not know. */
    void sweepIfOutermost(Supplier<Reach> roots) {
        if (outer == null) {
            sweep(roots);
        }
    }

    /** Frees what the roots do not lead to. */
    private void sweep(Supplier<Reach> roots) {
        if (owned.isEmpty()) {
            return;
        }
        Reach reach = roots.get();
        owned.removeIf(resource -> {
            if (reach.leadsTo(resource)) {
                return false;
            }
            close(resource);
            return true;
        });
    }

    /** Frees what the roots do not lead to and hands the rest to the region around. */
    Region end(Supplier<Reach> roots) {
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
