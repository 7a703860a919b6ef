package org.sdescript.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.source.Span;

/** Runs the bodies of losses, predictors, correctors and networks; the interpreter runs all other bodies itself. */
public interface KernelRunner {

    /** Returns the current trace, or null. */
    @Nullable
    Tracer tracer();

    /** Calls a loss, predictor, corrector or network with these slots bound. */
    Value call(Closure closure, Map<String, Value> given, Span span);
}
