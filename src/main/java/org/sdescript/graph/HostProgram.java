package org.sdescript.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/** A program that computes some host numbers of a graph, in order and without tensors. */
public final class HostProgram {
    private final List<Node> nodes = new ArrayList<>();
    /** The slots of each node's operands. */
    private final List<int[]> reads = new ArrayList<>();

    private final Map<Node, Integer> slots = new HashMap<>();

    /**
     * Creates a program for the given numbers.
     *
     * @param wanted the nodes to compute
     */
    public HostProgram(List<Node> wanted) {
        wanted.forEach(this::include);
    }

    private int include(Node node) {
        Integer known = slots.get(node);
        if (known != null) {
            return known;
        }
        int[] operands = node.inputs().stream().mapToInt(this::include).toArray();
        reads.add(operands);
        nodes.add(node);
        slots.put(node, nodes.size() - 1);
        return nodes.size() - 1;
    }

    /** Returns the value of one number. */
    public static double value(Node wanted, IntToDoubleFunction inputs) {
        HostProgram program = new HostProgram(List.of(wanted));
        return program.run(inputs)[program.slot(wanted)];
    }

    /** Returns the index of a node's value in the result of {@link #run}. */
    public int slot(Node node) {
        return Objects.requireNonNull(slots.get(node));
    }

    /**
     * Computes the values of all slots.
     *
     * @param inputs maps the index of a graph input to its number
     */
    public double[] run(IntToDoubleFunction inputs) {
        double[] values = new double[nodes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(nodes.get(i).operation(), reads.get(i), values, inputs);
        }
        return values;
    }

    private static double value(Operation operation, int[] reads, double[] values, IntToDoubleFunction inputs) {
        return switch (operation) {
            case Operation.Number(double value) -> value;
            case Operation.Input(int index, Type type) -> inputs.applyAsDouble(index);
            case Operation.Unary(UnaryOperation function) -> HostArithmetic.apply(function, values[reads[0]]);
            case Operation.Binary(BinaryOperation function) ->
                HostArithmetic.apply(function, values[reads[0]], values[reads[1]]);
            case Operation.Variable variable -> values[reads[0]];
            case Operation.Detach detach -> values[reads[0]];
            case Operation.Where() -> values[reads[0]] != 0 ? values[reads[1]] : values[reads[2]];
            default -> throw new IllegalStateException(operation + " on the host");
        };
    }
}
