package org.sdescript.runtime.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The position in a network during its trace. Each call of a layer owns its parameters, named after the path of
 * calls, such as {@code mlp.dense_2.weight}; so does each call of a network inside another network.
 */
public final class NetworkScope {
    private final ParameterSource source;
    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Map<String, Integer>> counts = new ArrayDeque<>();

    public NetworkScope(ParameterSource source) {
        this.source = source;
        counts.push(new HashMap<>());
    }

    /**
     * Runs the body of a network or layer with its name, numbered among siblings of the same name, added to the path.
     */
    public Value within(String name, Supplier<Value> body) {
        String numbered = numbered(name);
        path.push(path.isEmpty() ? numbered : path.peek() + "." + numbered);
        counts.push(new HashMap<>());
        try {
            source.enter(numbered);
            Value result = body.get();
            source.leave(result);
            return result;
        } finally {
            path.pop();
            counts.pop();
        }
    }

    /** Numbers the name, except that of the first outermost network. */
    private String numbered(String name) {
        int number = counts.peek().merge(name, 1, Integer::sum);
        return path.isEmpty() && number == 1 ? name : name + "_" + number;
    }

    public boolean isOutermost() {
        return path.isEmpty();
    }

    /** Returns a parameter of the current layer. */
    public Value parameter(String name, Shape shape, InitialValues initial, Span span) {
        return source.parameter(path.peek() + "." + name, shape, initial, span);
    }

    public boolean isTraining() {
        return source.isTraining();
    }
}
