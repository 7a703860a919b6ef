package org.sdescript.runtime;

import java.util.List;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.source.Span;

/** A trace in progress: receives the tensor operations instead of the backend, and the facts that the trace assumes. */
public interface Tracer {

    /** Adds an operation to the graph. */
    Value add(Operation operation, List<Value> operands, Span span);

    /**
     * Returns the value of a traced number in this call. The kernel is reused only in calls with the same value:
     * numbers are on the host, so a branch on them makes one kernel per outcome.
     */
    double decide(Node node);

    /** Tells that a scope belongs to the trace. */
    void entered(Environment environment);

    /** Records the value that a name resolved to, and that no nearer scope shadowed the name. */
    void read(Environment scope, Environment holder, String name, Value seen);

    /** Counts an evaluation of a score, in each run of the kernel. */
    void countEvaluation();
}
