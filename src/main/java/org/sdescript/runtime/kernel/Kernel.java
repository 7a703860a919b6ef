package org.sdescript.runtime.kernel;

import java.util.Iterator;
import java.util.List;
import org.sdescript.backend.Operand;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/** A compiled trace of a body. */
record Kernel(Trace trace, RunnableGraph program) {

    Value run(Session session, Tensors tensors, List<Operand> arguments, Tapes tapes) {
        session.sampling().countEvaluations(trace.evaluations());
        Iterator<Operand> outputs = program.run(
                        trace.inputs(arguments), session.sampling().random(), tapes)
                .iterator();
        return TensorLeaves.replaceTraced(trace.result(), traced -> tensors.result(outputs.next()));
    }
}
