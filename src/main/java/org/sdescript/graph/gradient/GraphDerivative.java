package org.sdescript.graph.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.sdescript.graph.Graph;
import org.sdescript.graph.GraphBuilder;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Type;

/**
 * The product of a graph's Jacobian with given directions, as a graph that computes the first graph's values again.
 *
 * <p>The draws of the first graph are outputs too, after the products: run with the random stream of the first run, the
 * graph then draws the same numbers, since no draw is left out and none takes the index of another.
 *
 * @param graph its inputs are the needed inputs of the first graph, then one direction for each output (backward) or
 *     input (forward); its outputs are one product for each input (backward) or output (forward), then the draws
 * @param needed the inputs of the first graph whose values the products depend on
 * @param products the number of products
 */
public record GraphDerivative(Graph graph, List<Integer> needed, int products) {
    public GraphDerivative {
        needed = List.copyOf(needed);
    }

    /** Returns Jᵀ v for the Jacobian of some outputs by some inputs, which are floating tensors. */
    public static GraphDerivative backward(Graph graph, List<Integer> by, List<Integer> of) {
        return derived(graph, by, of, true);
    }

    /** Returns J v for the Jacobian of some outputs by some inputs, which are floating tensors. */
    public static GraphDerivative forward(Graph graph, List<Integer> by, List<Integer> of) {
        return derived(graph, by, of, false);
    }

    /** Returns the outputs that are floating tensors and depend on one of the inputs, other than by a constant. */
    public static List<Integer> dependent(Graph graph, List<Integer> by) {
        Set<Node> reached = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean depends =
                    switch (node.operation()) {
                        case Operation.Input(int index, Type type) -> by.contains(index);
                        case Operation.Detach constant -> false;
                        default -> node.inputs().stream().anyMatch(reached::contains);
                    };
            if (depends && (node.isNumber() || node.dtype().isFloating())) {
                reached.add(node);
            }
        }
        return IntStream.range(0, graph.outputs().size())
                .filter(i -> !graph.outputs().get(i).isNumber())
                .filter(i -> reached.contains(graph.outputs().get(i)))
                .boxed()
                .toList();
    }

    private static GraphDerivative derived(Graph first, List<Integer> by, List<Integer> of, boolean backward) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs =
                first.inputs().stream().map(type -> builder.input(type, null)).toList();
        Gradient gradient = Gradient.at(builder, by.stream().map(inputs::get).toList());
        Map<Node, Node> copies = copies(first, builder, index -> {
            int variable = by.indexOf(index);
            return variable < 0 ? inputs.get(index) : gradient.variables().get(variable);
        });
        List<Node> outputs =
                of.stream().map(index -> copies.get(first.outputs().get(index))).toList();
        List<Node> directions = (backward ? outputs : gradient.variables())
                .stream().map(node -> builder.input(node.type(), null)).toList();
        List<Node> roots = new ArrayList<>(
                backward ? gradient.backward(outputs, directions) : gradient.forward(outputs, directions));
        int products = roots.size();
        first.nodes().stream().filter(node -> !node.operation().isPure()).forEach(draw -> roots.add(copies.get(draw)));
        return compact(builder.build(roots), first.inputs().size(), products);
    }

    /** Drops the inputs of the first graph that the products do not need. */
    private static GraphDerivative compact(Graph whole, int inputs, int products) {
        Set<Integer> read = new HashSet<>();
        whole.nodes().forEach(node -> {
            if (node.operation() instanceof Operation.Input(int index, Type type)) {
                read.add(index);
            }
        });
        List<Integer> needed =
                IntStream.range(0, inputs).filter(read::contains).boxed().toList();
        GraphBuilder builder = new GraphBuilder();
        Map<Integer, Node> kept = new HashMap<>();
        needed.forEach(index -> kept.put(index, builder.input(whole.inputs().get(index), null)));
        for (int i = inputs; i < whole.inputs().size(); i++) {
            kept.put(i, builder.input(whole.inputs().get(i), null));
        }
        Map<Node, Node> copies = copies(whole, builder, kept::get);
        return new GraphDerivative(
                builder.build(whole.outputs().stream().map(copies::get).toList()), needed, products);
    }

    /** Copies the nodes of a graph into a builder, with other nodes as its inputs. */
    private static Map<Node, Node> copies(Graph graph, GraphBuilder builder, IntFunction<Node> input) {
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Node> operands = node.inputs().stream().map(copies::get).toList();
            copies.put(
                    node,
                    switch (node.operation()) {
                        case Operation.Input(int index, Type type) -> input.apply(index);
                        case Operation.Variable variable -> builder.variable(operands.getFirst());
                        case Operation operation ->
                            builder.add(operation, operands, node.span().orElse(null));
                    });
        }
        return copies;
    }
}
