package org.sdescript.torchscript;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.interrupt.StopRequest;

/**
 * Decides which results may overwrite an operand: an elementwise function overwrites a tensor that nothing reads later.
 * This saves the memory of one tensor and finds the other in the CPU cache. Off where the engine computes derivatives,
 * which read the operands again.
 */
final class Overwriting {
    private final boolean isOn;
    private final Map<Node, Node> lastReader = new HashMap<>();
    /** Results of the graph, and nodes that another node may be a view of. */
    private final Set<Node> shared = new HashSet<>();

    private Overwriting(boolean isOn) {
        this.isOn = isOn;
    }

    static Overwriting nothing() {
        return new Overwriting(false);
    }

    static Overwriting of(Graph graph) {
        Overwriting result = new Overwriting(true);
        result.shared.addAll(graph.outputs());
        for (Node node : graph.nodes()) {
            StopRequest.poll();
            for (Node input : node.inputs()) {
                result.lastReader.put(input, node);
                if (!isFresh(node)) {
                    result.shared.add(input);
                }
            }
        }
        return result;
    }

    /** True if a statement may overwrite its own intermediate results. */
    boolean isOn() {
        return isOn;
    }

    /** True if a node's statement may overwrite the operand at this place. */
    boolean allows(Node node, int place) {
        Node operand = node.inputs().get(place);
        return node.type().equals(operand.type())
                && !node.isNumber()
                && node.dtype().isFloating()
                && isFresh(operand)
                && !shared.contains(operand)
                && lastReader.get(operand) == node
                && node.inputs().indexOf(operand) == node.inputs().lastIndexOf(operand);
    }

    static boolean isKnown(UnaryOperation function) {
        return switch (function) {
            case NEGATE, RECIPROCAL, SQUARE, SQRT, EXP, SIN, COS, TANH, SIGMOID, SILU, RELU -> true;
            case EXPM1, LOG, LOG1P, ABS, SIGN, FLOOR, CEIL, ROUND, TAN, SINH, COSH, ATAN, ERF -> false;
            case GELU, ELU, SOFTPLUS, NOT -> false;
        };
    }

    static boolean isKnown(BinaryOperation function) {
        return switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
            default -> false;
        };
    }

    /** True if a result certainly has its own memory. */
    private static boolean isFresh(Node node) {
        return switch (node.operation()) {
            case Operation.Unary unary -> true;
            case Operation.Binary binary -> true;
            case Operation.Linear linear -> true;
            case Operation.MatMul product -> true;
            case Operation.Conv2d convolution -> true;
            case Operation.ConvTranspose2d convolution -> true;
            case Operation.GroupNorm norm -> true;
            case Operation.LayerNorm norm -> true;
            case Operation.Softmax softmax -> true;
            case Operation.CumulativeSum sum -> true;
            case Operation.AvgPool2d pooling -> true;
            case Operation.AddLinear sum -> true;
            case Operation.AddScaled sum -> true;
            case Operation.AddProduct sum -> true;
            case Operation.Concat parts -> true;
            default -> false;
        };
    }
}
