package org.sdescript.ast;

import java.util.Locale;

/** The words that declare a callable. All share one form: {@code kind name(variables; parameters)}. */
public enum CallableKind {
    FN,
    /** A compiled body without a role. */
    KERNEL,
    SCHEDULE,
    NETWORK,
    LOSS,
    PREDICTOR,
    CORRECTOR,
    SAMPLER,
    /** A step of a simulation. */
    METHOD;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
