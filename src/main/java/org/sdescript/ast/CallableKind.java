package org.sdescript.ast;

import java.util.Locale;

/** The words that declare a callable. All share one form: {@code kind name(variables; parameters)}. */
public enum CallableKind {
    FN,
    SCHEDULE,
    NETWORK,
    LOSS,
    PREDICTOR,
    CORRECTOR,
    SAMPLER;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
