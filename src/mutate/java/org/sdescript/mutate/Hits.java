package org.sdescript.mutate;

import java.util.BitSet;

/** The mutants whose line the running test has come by. The probed classes call it. */
public final class Hits {
    private static final BitSet SEEN = new BitSet();

    private Hits() {}

    /** Called where the mutant of this number would act. */
    public static void hit(int mutant) {
        synchronized (SEEN) {
            SEEN.set(mutant);
        }
    }

    /** The mutants come by since the last call. */
    static BitSet take() {
        synchronized (SEEN) {
            BitSet seen = (BitSet) SEEN.clone();
            SEEN.clear();
            return seen;
        }
    }
}
