package org.sdescript.graph.pass;

import java.util.List;
import java.util.function.UnaryOperator;
import org.sdescript.graph.Graph;

/**
 * The passes over a graph before compilation, in order. Building a graph also folds constants, merges equal nodes and
 * drops dead ones, so this happens after each pass.
 */
public final class Passes {
    /** A pass and its name in dumps. */
    public record Pass(String name, UnaryOperator<Graph> rewrite) {}

    public static final List<Pass> ALL = List.of(
            new Pass("fold", IdentityElimination::of),
            new Pass("factor", graph -> IdentityElimination.of(Factoring.of(graph))),
            new Pass("collect", ScalarCollection::of),
            new Pass("hoist", graph -> IdentityElimination.of(Hoisting.of(graph))),
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
