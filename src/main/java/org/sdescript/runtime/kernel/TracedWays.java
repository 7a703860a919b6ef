package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Node;
import org.sdescript.graph.Operation;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.TensorLeaves;

/**
 * Finds the ways of a body by tracing both sides of each decision. A side that ends in a script error is a check of the
 * body, such as that a time lies in the domain, and no way. The conditions of a way are tested in order: the first way
 * whose conditions hold is the way of a call, and the last way needs no test.
 */
public final class TracedWays {
    private static final int MOST = 16;

    private final Function<List<Double>, Trace> tracer;
    private final Refusals refusals;
    private final List<TracedWay> found = new ArrayList<>();

    /** The errors of a caller that needs every way. */
    public interface Refusals {
        /** Returns the error for a decision that cannot be traced on both sides. */
        SdeError at(Node decision);

        /** True for an error by which the caller refuses a way, and which is no check of the body. */
        boolean isRefusal(SdeError error);
    }

    /** @param tracer traces the body with these outcomes of its first decisions */
    TracedWays(Function<List<Double>, Trace> tracer, Refusals refusals) {
        this.tracer = tracer;
        this.refusals = refusals;
    }

    List<TracedWay> all() {
        search(tracer.apply(List.of()), 0, List.of());
        return found;
    }

    /**
     * Adds the way of a trace and the ways that differ from it in a later decision.
     *
     * @param from the number of decisions that were forced
     * @param conditions the forced decisions that ways differ in
     */
    private void search(Trace trace, int from, List<Integer> conditions) {
        int place = found.size();
        List<Integer> own = new ArrayList<>(conditions);
        List<GraphTracer.Decision> decisions = trace.decisions();
        found.add(way(trace, own));
        for (int i = from; i < decisions.size(); i++) {
            Node node = decisions.get(i).node();
            if (!isTruth(node) || found.size() >= MOST) {
                throw refusals.at(node);
            }
            List<Double> forced = new ArrayList<>(decisions.subList(0, i).stream()
                    .map(GraphTracer.Decision::value)
                    .toList());
            forced.add(decisions.get(i).value() != 0 ? 0.0 : 1.0);
            Trace other = traced(forced);
            if (other != null) {
                own.add(i);
                search(other, i + 1, own);
            }
        }
        found.set(place, way(trace, own));
    }

    private @Nullable Trace traced(List<Double> forced) {
        try {
            return tracer.apply(forced);
        } catch (SdeError check) {
            if (refusals.isRefusal(check)) {
                throw check;
            }
            return null;
        }
    }

    private static boolean isTruth(Node node) {
        return switch (node.operation()) {
            case Operation.Binary(var function) -> function.isPredicate();
            case Operation.Unary(var function) -> function == UnaryOperation.NOT;
            default -> false;
        };
    }

    private static TracedWay way(Trace trace, List<Integer> conditions) {
        int results = TensorLeaves.traced(trace.result()).size();
        Map<Integer, Boolean> truths = new HashMap<>();
        conditions.forEach(i -> truths.put(results + i, trace.decisions().get(i).value() != 0));
        return new TracedWay(Kernels.prepared(trace), trace.result(), truths);
    }
}
