package org.sdescript.runtime;

import java.util.Map;
import org.sdescript.source.Span;

/** Receives the result of each predictor and corrector of a sampling. */
@FunctionalInterface
public interface StepWatch {
    void look(Closure step, Map<String, Value> given, Value result, Span span);
}
