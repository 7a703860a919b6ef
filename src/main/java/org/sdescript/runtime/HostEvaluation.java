package org.sdescript.runtime;

import java.util.List;
import org.sdescript.backend.Operand;
import org.sdescript.graph.HostArithmetic;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;

/** The value of a number node from the values of the graph's inputs, without running the graph. */
final class HostEvaluation {
    private HostEvaluation() {}

    static double of(Node node, List<? extends Operand> inputs) {
        return switch (node.operation()) {
            case Operation.Number(double value) -> value;
            case Operation.Input(int index, var type) -> ((Operand.Number) inputs.get(index)).value();
            case Operation.Unary(var function) ->
                HostArithmetic.apply(function, of(node.inputs().getFirst(), inputs));
            case Operation.Binary(var function) ->
                HostArithmetic.apply(
                        function,
                        of(node.inputs().get(0), inputs),
                        of(node.inputs().get(1), inputs));
            case Operation.Variable variable -> of(node.inputs().getFirst(), inputs);
            case Operation.Detach detach -> of(node.inputs().getFirst(), inputs);
            case Operation.Where() -> of(node.inputs().get(of(node.inputs().getFirst(), inputs) != 0 ? 1 : 2), inputs);
            default -> throw new IllegalStateException(node.operation() + " on the host");
        };
    }
}
