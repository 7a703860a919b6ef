package org.sdescript.graph;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is done to a graph before it is compiled, in this order. Constants are folded, equal nodes made one and dead ones left out
 * whenever a graph is built, so also after each pass.
 */
public final class Passes {
    /** A pass by its name in dumps. */
    public record Pass(String name, UnaryOperator<Graph> rewrite) {}

    public static final List<Pass> ALL = List.of(
            new Pass("fold", Folding::of),
            new Pass("factor", graph -> Folding.of(Factoring.of(graph))),
            new Pass("collect", Collecting::of),
            new Pass("hoist", graph -> Folding.of(Hoisting.of(graph))),
            new Pass("fuse", Fusion::of));

    private Passes() {}

    public static Graph optimise(Graph graph) {
        Graph result = graph;
        for (Pass pass : ALL) {
            result = pass.rewrite().apply(result);
        }
        return result;
    }
}
