package org.sdescript.graph.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.DType;
import org.sdescript.graph.Graph;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;

/**
 * Computes values once that are equal for all samples. A network receives one time per sample; in sampling all times
 * are equal, and the features and layers that depend on time alone would be computed for each row. Rows are counted on
 * the first axis; where a consumer needs all rows, the single row is broadcast.
 */
final class Hoisting {
    private final GraphCopy copy;
    /** The nodes of the old graph whose rows are all equal: a node of the new graph with a single row. */
    private final Map<Node, Node> rows = new HashMap<>();

    private Hoisting(Graph graph) {
        copy = new GraphCopy(graph);
        graph.nodes().forEach(this::visit);
        graph.outputs().forEach(this::whole);
    }

    static Graph of(Graph graph) {
        return new Hoisting(graph).copy.finish();
    }

    private void visit(Node node) {
        StopRequest.poll();
        if (isRepeated(node)) {
            rows.put(node, row(node));
        } else {
            copy.put(node, copy.add(node.operation(), operands(node), node));
        }
    }

    private List<Node> operands(Node node) {
        boolean broadcasts =
                node.operation() instanceof Operation.Binary || node.operation() instanceof Operation.Where;
        return node.inputs().stream()
                .map(input -> broadcasts && keepsShape(node, input) ? rows.get(input) : whole(input))
                .toList();
    }

    /** True if a single row of the operand suffices: another operand gives the result its size. */
    private boolean keepsShape(Node node, Node input) {
        return isAligned(node, input)
                && node.inputs().stream()
                        .anyMatch(other -> !rows.containsKey(other)
                                && !other.isNumber()
                                && other.shape().rank() == node.shape().rank()
                                && other.shape().size(0) == node.shape().size(0));
    }

    /** Returns the node with all its rows in the new graph. */
    private Node whole(Node node) {
        Node known = copy.known(node);
        if (known == null) {
            known = copy.add(new Operation.Broadcast(node.shape()), List.of(rows.get(node)), node);
            copy.put(node, known);
        }
        return known;
    }

    private Node row(Node node) {
        Shape narrow = node.shape().with(0, 1);
        List<Node> operands = new ArrayList<>();
        for (int place = 0; place < node.inputs().size(); place++) {
            Node input = node.inputs().get(place);
            operands.add(givesRows(node, place) ? rows.get(input) : whole(input));
        }
        Operation operation =
                switch (node.operation()) {
                    case Operation.Fill(DType dtype, Shape shape) -> new Operation.Fill(dtype, narrow);
                    case Operation.Reshape(Shape shape) -> new Operation.Reshape(narrow);
                    case Operation.Broadcast(Shape shape) -> new Operation.Broadcast(narrow);
                    default -> node.operation();
                };
        return copy.add(operation, operands, node);
    }

    /**
     * True if the rows of a repeated result come from the operand at this place; the operand may occur at other places,
     * too.
     */
    private boolean givesRows(Node node, int place) {
        Node input = node.inputs().get(place);
        return switch (node.operation()) {
            case Operation.Binary binary -> isAligned(node, input);
            case Operation.Where where -> isAligned(node, input);
            case Operation.Broadcast broadcast -> isAligned(node, input);
            case Operation.Concat concat -> true;
            default -> place == 0 && rows.containsKey(input);
        };
    }

    private boolean isAligned(Node node, Node input) {
        return rows.containsKey(input) && input.shape().rank() == node.shape().rank();
    }

    /** True if all rows of a result are certainly equal. */
    private boolean isRepeated(Node node) {
        if (node.isNumber() || node.shape().rank() == 0 || node.shape().size(0) < 2) {
            return false;
        }
        return switch (node.operation()) {
            case Operation.Fill fill -> true;
            case Operation.Unary unary -> isRepeatedFirst(node);
            case Operation.Cast cast -> isRepeatedFirst(node);
            case Operation.Binary binary -> isRepeatedForAll(node);
            case Operation.Where where -> isRepeatedForAll(node);
            case Operation.Broadcast broadcast ->
                isRepeatedOrAbsent(node, node.inputs().getFirst());
            case Operation.Reshape reshape ->
                isRepeatedFirst(node)
                        && node.inputs().getFirst().shape().size(0)
                                == node.shape().size(0);
            case Operation.Linear linear -> node.shape().rank() > 1 && isRepeatedFirst(node);
            case Operation.GroupNorm norm -> isRepeatedFirst(node);
            case Operation.LayerNorm norm -> node.shape().rank() > 1 && isRepeatedFirst(node);
            case Operation.CumulativeSum(int axis, boolean backward) -> axis != 0 && isRepeatedFirst(node);
            case Operation.Softmax(int axis) -> axis != 0 && isRepeatedFirst(node);
            case Operation.Conv2d convolution -> isRepeatedFirst(node);
            case Operation.ConvTranspose2d convolution -> isRepeatedFirst(node);
            case Operation.AvgPool2d pooling -> isRepeatedFirst(node);
            case Operation.UpsampleNearest2d upsampling -> isRepeatedFirst(node);
            case Operation.MatMul product ->
                isRepeatedFirst(node)
                        && node.inputs().getFirst().shape().rank()
                                == node.shape().rank()
                        && node.inputs().get(1).shape().rank() <= 2;
            case Operation.Permute(var order) -> order.getFirst() == 0 && isRepeatedFirst(node);
            case Operation.Concat(int axis) ->
                axis != 0 && node.inputs().stream().allMatch(rows::containsKey);
            case Operation.Slice(int axis, long from, long to, long step) -> axis != 0 && isRepeatedFirst(node);
            case Operation.Variable variable -> isRepeatedFirst(node);
            case Operation.Detach detach -> isRepeatedFirst(node);
            case Operation.ScatterAdd(int axis, long size) -> axis != 0 && isRepeatedFirst(node);
            case Operation.Gather(int axis) -> axis != 0 && isRepeatedFirst(node);
            case Operation.Reduce(var function, var axes, boolean keep) -> !axes.contains(0) && isRepeatedFirst(node);
            case Operation.ArgMax(int axis) -> axis != 0 && isRepeatedFirst(node);
            case Operation.Foreign function -> false;
            case Operation.ForeignGradient function -> false;
            case Operation.AddLinear sum -> false;
            case Operation.AddScaled sum -> false;
            case Operation.AddProduct sum -> false;
            case Operation.ScaledDotProductAttention attention -> false;
            case Operation.Input input -> false;
            case Operation.Number number -> false;
            case Operation.Literal literal -> false;
            case Operation.RandomNormal draw -> false;
            case Operation.RandomUniform draw -> false;
        };
    }

    private boolean isRepeatedFirst(Node node) {
        return rows.containsKey(node.inputs().getFirst());
    }

    /** Like {@code isRepeated}, for operands that broadcast against each other. */
    private boolean isRepeatedForAll(Node node) {
        return node.inputs().stream().anyMatch(rows::containsKey)
                && node.inputs().stream().allMatch(input -> input.isNumber() || isRepeatedOrAbsent(node, input));
    }

    /** True if an operand adds no distinct rows to the result. */
    private boolean isRepeatedOrAbsent(Node node, Node input) {
        return input.shape().rank() < node.shape().rank() || input.shape().size(0) == 1 || rows.containsKey(input);
    }
}
