package org.sdescript.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The native memory that a stretch of the script has taken: a statement, the body of a call, a loop. Native memory is
 * never collected by the JVM, so whatever a region made is freed when the names that outlive it no longer lead to it.
 * Values cannot be changed from elsewhere and a call assigns only its own names; hence what a call made can be held by
 * its result alone, and what a loop made by the names in sight of the loop.
 */
public final class Region {
    private static final int FEW = 32;

    private final Region outer;
    private final Set<AutoCloseable> owned = Collections.newSetFromMap(new IdentityHashMap<>());

    Region(Region outer) {
        this.outer = outer;
    }

    void own(AutoCloseable resource) {
        owned.add(resource);
    }

    /** Frees what the names in sight do not lead to, unless there is too little of it to be worth a look. */
    void sweepIfMany(Environment inSight) {
        if (owned.size() > FEW) {
            sweep(Reach.of(inSight));
        }
    }

    /** An outer region may be a call's, whose names the roots do not know. */
    void sweepIfOutermost(Reach roots) {
        if (outer == null) {
            sweep(roots);
        }
    }

    /** Frees what the roots do not lead to. */
    void sweep(Reach roots) {
        owned.removeIf(resource -> {
            if (roots.leadsTo(resource)) {
                return false;
            }
            close(resource);
            return true;
        });
    }

    /** Frees what the roots do not lead to and hands the rest to the region around. */
    Region end(Reach roots) {
        sweep(roots);
        if (outer != null) {
            outer.owned.addAll(owned);
        }
        owned.clear();
        return outer;
    }

    int size() {
        return owned.size();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("freeing " + resource, e);
        }
    }
}
