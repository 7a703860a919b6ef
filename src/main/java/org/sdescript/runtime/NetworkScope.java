package org.sdescript.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * Where the layers of a network find their parameters while its body is traced. Each layer call owns its own, named
 * after the path of calls, such as {@code mlp.dense_2.weight}; the first trace makes them, later ones find them.
 */
public final class NetworkScope {
    private final Parameters parameters;
    private final RandomStream initial;
    private final DType precision;
    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Map<String, Integer>> counts = new ArrayDeque<>();

    /**
     * @param initial draws the first values of parameters that are not there yet; null where all must be there
     * @param precision of the parameters that are made
     */
    public NetworkScope(Parameters parameters, RandomStream initial, DType precision) {
        this.parameters = parameters;
        this.initial = initial;
        this.precision = precision;
    }

    /** Opens the part of the path for a network or a layer, numbered among its siblings of the same name. */
    public void enter(String name) {
        boolean outermost = path.isEmpty();
        int number = outermost ? 0 : counts.peek().merge(name, 1, Integer::sum);
        path.push(outermost ? name : path.peek() + "." + name + "_" + number);
        counts.push(new HashMap<>());
    }

    public void leave() {
        path.pop();
        counts.pop();
    }

    public boolean isOutermost() {
        return path.isEmpty();
    }

    /**
     * A parameter of the present layer, made with values uniform in ±bound if it is not there.
     *
     * @param bound as PyTorch initialises linear layers: 1/√(number of inputs) for weights and biases
     */
    public Value parameter(Tracer tracer, String name, Shape shape, double bound, Span span) {
        String full = path.peek() + "." + name;
        if (!parameters.contains(full)) {
            create(full, shape, bound, span);
        }
        Shape its = parameters.get(full).shape();
        if (!its.equals(shape)) {
            throw Diagnostic.error("E0510", span, full + " has shape " + its + ", but " + shape + " is needed here")
                    .note("a network keeps the parameters it was trained with")
                    .help("give it inputs of the shape it was trained on")
                    .raise();
        }
        return tracer.parameter(parameters, full);
    }

    private void create(String full, Shape shape, double bound, Span span) {
        if (initial == null) {
            throw Diagnostic.error("E0511", span, "the model has no parameter " + full)
                    .help("the network has changed since the model was trained")
                    .raise();
        }
        double[] values = initial.uniform(shape);
        for (int i = 0; i < values.length; i++) {
            values[i] = bound * (2 * values[i] - 1);
        }
        parameters.create(full, precision, shape, values);
    }
}
