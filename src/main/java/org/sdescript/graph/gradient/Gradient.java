package org.sdescript.graph.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.NodeBuilder;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;
import org.sdescript.interrupt.StopRequest;

/**
 * Derivatives of a function at a point, as nodes of the graph in which the function was traced. The function is traced
 * with {@link #variables()} in place of the point; in every result the variables are replaced by the point, so that
 * common subexpressions with other parts of the graph are computed once. The results are ordinary nodes: they can be
 * differentiated again, and trained through. Piecewise constant operations (comparisons, rounding, argmax, casts to
 * integers) and random draws have derivative zero.
 */
public final class Gradient {
    private final GraphBuilder builder;
    private final List<Node> point;
    private final List<Node> variables;

    private Gradient(GraphBuilder builder, List<Node> point) {
        this.builder = builder;
        this.point = List.copyOf(point);
        this.variables = point.stream().map(builder::variable).toList();
    }

    /**
     * Starts derivatives at a point.
     *
     * @param point numbers and floating tensors
     */
    public static Gradient at(GraphBuilder builder, List<Node> point) {
        return new Gradient(builder, point);
    }

    public List<Node> variables() {
        return variables;
    }

    /**
     * Returns Jᵀ v, the gradient of Σ v·f, with the shapes of the point.
     *
     * @param weights v: for each output a tensor of its shape, or a number for all its elements
     */
    public List<Node> backward(List<Node> outputs, List<Node> weights) {
        return atPoint(pull(outputs, weights, variables));
    }

    /**
     * Returns J v, with the shapes of the outputs. Jᵀ u is linear in u, and the transpose of that map is J.
     *
     * @param tangents v: for each variable a tensor of its shape, or a number for all its elements
     */
    public List<Node> forward(List<Node> outputs, List<Node> tangents) {
        List<Node> weights = outputs.stream()
                .map(output -> builder.variable(zero(output.type())))
                .toList();
        return atPoint(pull(pull(outputs, weights, variables), tangents, weights));
    }

    private Node zero(Type type) {
        Node zero = builder.number(0);
        return switch (type) {
            case Type.Scalar number -> zero;
            case Type.TensorType tensor ->
                builder.add(new Operation.Fill(tensor.dtype(), tensor.shape()), List.of(zero), null);
        };
    }

    private List<Node> atPoint(List<Node> nodes) {
        Map<Node, Node> points = new HashMap<>();
        IntStream.range(0, point.size()).forEach(i -> points.put(variables.get(i), point.get(i)));
        return new Substitution(builder, points).in(nodes);
    }

    /** Sweeps back from the outputs: a node's cotangent is complete once all readers of the node have been visited. */
    private List<Node> pull(List<Node> outputs, List<Node> weights, List<Node> towards) {
        int first = towards.stream().mapToInt(Node::id).min().orElse(Integer.MAX_VALUE);
        List<Node> order = Ancestors.of(outputs, first);
        Set<Node> active = active(order, towards);
        Map<Node, Node> cotangents = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (active.contains(outputs.get(i)) && !NodeBuilder.is(weights.get(i), 0)) {
                add(cotangents, outputs.get(i), weights.get(i));
            }
        }
        for (Node node : order.reversed()) {
            StopRequest.poll();
            Node cotangent = cotangents.get(node);
            if (cotangent != null && !towards.contains(node)) {
                passOn(node, cotangent, active, cotangents);
            }
        }
        List<Node> result = new ArrayList<>();
        towards.forEach(variable -> result.add(whole(variable, cotangents.get(variable))));
        return result;
    }

    /** Returns the numbers and floating tensors that depend on the variables. */
    private static Set<Node> active(List<Node> order, List<Node> variables) {
        Set<Node> active = new HashSet<>(variables);
        for (Node node : order) {
            StopRequest.poll();
            if (isReal(node) && node.inputs().stream().anyMatch(active::contains)) {
                active.add(node);
            }
        }
        return active;
    }

    private static boolean isReal(Node node) {
        return node.isNumber() || node.dtype().isFloating();
    }

    private void passOn(Node node, Node cotangent, Set<Node> active, Map<Node, Node> cotangents) {
        NodeBuilder terms = new NodeBuilder(builder, node.span().orElse(null));
        for (int i = 0; i < node.inputs().size(); i++) {
            Node input = node.inputs().get(i);
            if (active.contains(input)) {
                Pullbacks.of(node, i, cotangent, terms)
                        .map(part -> Cotangents.typed(part, input.type(), terms))
                        .ifPresent(part -> add(cotangents, input, part));
            }
        }
    }

    private void add(Map<Node, Node> cotangents, Node node, Node part) {
        NodeBuilder terms = new NodeBuilder(builder, node.span().orElse(null));
        cotangents.merge(node, part, terms::plus);
    }

    /** Returns a cotangent with all its elements; null is zero. */
    private Node whole(Node variable, @Nullable Node cotangent) {
        NodeBuilder terms = new NodeBuilder(builder, variable.span().orElse(null));
        return Cotangents.whole(cotangent == null ? terms.number(0) : cotangent, variable.type(), terms);
    }
}
