package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Operand;
import org.sdescript.graph.Operation;
import org.sdescript.source.Span;

/** Runs the bodies of losses, predictors, correctors and networks; the interpreter runs all other bodies itself. */
public interface KernelRunner {

    /** Returns the current trace, or null. */
    @Nullable
    Tracer tracer();

    /** Calls a loss, predictor, corrector or network with these slots bound. */
    Value call(Closure closure, Map<String, Value> given, Span span);

    /** Tells that an operation ran outside of kernels, so that derivatives under way can record it. */
    void ran(Operation operation, List<Operand> operands, Operand result);

    /** True outside of kernels while a derivative records what depends on its point. */
    boolean isRecording();

    /** True if a tensor in the value depends on the point of a derivative under way. */
    boolean isRecorded(Value value);

    /** Returns how often Java code has read the numbers of a recorded tensor, which no derivative follows. */
    long recordedReads();
}
