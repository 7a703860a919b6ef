package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.backend.Operand;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;

/** The tapes that record at present, one for each derivative under way; a derivative may lie within another. */
final class Tapes {
    private static final int MOST_OPERATIONS = 512;

    /** An operation on operands of these types. */
    private record Single(Operation operation, List<Type> types) {}

    private final List<Tape> recording = new ArrayList<>();
    private final Map<Single, GraphDerivatives> operations = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Single, GraphDerivatives> eldest) {
            return size() > MOST_OPERATIONS;
        }
    };
    private long reads;

    void begin(Tape tape) {
        recording.add(tape);
    }

    void end(Tape tape) {
        recording.remove(tape);
    }

    boolean areRecording() {
        return !recording.isEmpty();
    }

    /** True if a tape has recorded how the tensor was computed from the point of a derivative. */
    boolean hold(Tensor tensor) {
        return recording.stream().anyMatch(tape -> tape.holds(tensor));
    }

    /** Records a run of a graph. */
    void ran(GraphDerivatives derivatives, List<Operand> inputs, List<Operand> outputs, RandomStream before) {
        for (Tape tape : recording) {
            tape.ran(derivatives, inputs, outputs, before);
        }
    }

    /** Records an operation that ran outside of kernels. */
    void ran(Operation operation, List<Operand> operands, Operand result, RandomStream random) {
        if (operands.stream().anyMatch(operand -> operand instanceof Tensor tensor && hold(tensor))) {
            Single single =
                    new Single(operation, operands.stream().map(Operand::type).toList());
            ran(operations.computeIfAbsent(single, Tapes::derivatives), operands, List.of(result), random);
        }
    }

    private static GraphDerivatives derivatives(Single single) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs =
                single.types().stream().map(type -> builder.input(type, null)).toList();
        return new GraphDerivatives(builder.build(List.of(builder.add(single.operation(), inputs, null))));
    }

    /** Counts the reads of a recorded tensor's numbers by Java code, which no derivative follows. */
    void countReadsOf(Tensor tensor) {
        tensor.observeReads(() -> reads++);
    }

    long reads() {
        return reads;
    }
}
