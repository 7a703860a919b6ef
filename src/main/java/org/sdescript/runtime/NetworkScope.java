package org.sdescript.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * The place in a network whose body is being traced. Each call of a layer owns its parameters, named after the path of
 * calls, such as {@code mlp.dense_2.weight}; so does each call of a network inside another.
 */
public final class NetworkScope {
    private final ParameterSource source;
    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Map<String, Integer>> counts = new ArrayDeque<>();

    public NetworkScope(ParameterSource source) {
        this.source = source;
        counts.push(new HashMap<>());
    }

    /** Does something in the part of the path for a network or a layer, numbered among its siblings of the same name. */
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

    /** The first outermost network goes by its name alone. */
    private String numbered(String name) {
        int number = counts.peek().merge(name, 1, Integer::sum);
        return path.isEmpty() && number == 1 ? name : name + "_" + number;
    }

    public boolean isOutermost() {
        return path.isEmpty();
    }

    /** A parameter of the present layer. */
    public Value parameter(String name, Shape shape, Initial initial, Span span) {
        return source.parameter(path.peek() + "." + name, shape, initial, span);
    }

    public boolean isTraining() {
        return source.isTraining();
    }
}
