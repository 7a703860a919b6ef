package org.sdescript.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sdescript.interrupt.StopRequest;

/**
 * The estimated memory of a graph's run beyond its inputs.
 *
 * @param bytes total bytes
 * @param largest the node with the largest result, null if there is none
 */
public record Footprint(double bytes, @Nullable Node largest) {

    /** Returns the peak if each result is freed after its last use. */
    public static Footprint peak(Graph graph) {
        List<Node> nodes = graph.nodes();
        Map<Node, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            StopRequest.poll();
            for (Node input : nodes.get(i).inputs()) {
                lastUse.put(input, i);
            }
        }
        Set<Node> kept = new HashSet<>(graph.outputs());
        double alive = 0;
        double peak = 0;
        for (int i = 0; i < nodes.size(); i++) {
            StopRequest.poll();
            alive += bytes(nodes.get(i));
            peak = Math.max(peak, alive);
            for (Node input : Set.copyOf(nodes.get(i).inputs())) {
                if (lastUse.getOrDefault(input, i) == i && !kept.contains(input)) {
                    alive -= bytes(input);
                }
            }
        }
        return new Footprint(peak, largest(nodes));
    }

    /**
     * Returns the total for a run with gradients: all results are stored for the backward pass, in which each operation
     * takes one gradient and makes another, in the worst case both as large as the largest result.
     */
    public static Footprint total(Graph graph) {
        Node largest = largest(graph.nodes());
        double results = graph.nodes().stream().mapToDouble(Footprint::bytes).sum();
        return new Footprint(results + 2 * (largest == null ? 0 : bytes(largest)), largest);
    }

    private static @Nullable Node largest(List<Node> nodes) {
        Node largest = null;
        for (Node node : nodes) {
            StopRequest.poll();
            if (bytes(node) > (largest == null ? 0 : bytes(largest))) {
                largest = node;
            }
        }
        return largest;
    }

    /** Returns the bytes that a result allocates; inputs belong to the caller, and views share memory. */
    public static double bytes(Node node) {
        if (!(node.type() instanceof Type.TensorType(DType dtype, Shape shape)) || isView(node.operation())) {
            return 0;
        }
        return shape.sizes().stream().mapToDouble(Long::doubleValue).reduce(dtype.bytes(), (a, b) -> a * b);
    }

    /** Returns the node that owns the memory of a result: the node that a view shows, or the node itself. */
    public static Node holder(Node node) {
        Node holder = node;
        while (isView(holder.operation()) && !holder.inputs().isEmpty()) {
            holder = holder.inputs().getFirst();
        }
        return holder;
    }

    /** True if an operation computes nothing and shows its operand in another form. */
    private static boolean isView(Operation operation) {
        return operation instanceof Operation.Input
                || operation instanceof Operation.Reshape
                || operation instanceof Operation.Permute
                || operation instanceof Operation.Broadcast
                || operation instanceof Operation.Variable
                || operation instanceof Operation.Detach
                || operation instanceof Operation.Slice;
    }
}
