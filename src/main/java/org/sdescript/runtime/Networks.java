package org.sdescript.runtime;

import java.util.Map;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Calls of networks: inside another network as a block of its own, and from a model with the model's parameters. */
public final class Networks {
    private final Interpreter interpreter;

    Networks(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    Value call(Closure network, Map<String, Value> given, Span span) {
        Tracer tracer = interpreter.tracer();
        NetworkScope scope = tracer == null ? null : tracer.network();
        if (scope == null) {
            String name = network.signature().name();
            throw Diagnostic.error("E0512", span, "the network " + name + " has no parameters yet")
                    .help("train it: `score = train(" + name + "(), data, process)`, then call the score")
                    .raise();
        }
        scope.enter(network.signature().name());
        try {
            return network.evaluate(interpreter, given, span);
        } finally {
            scope.leave();
        }
    }

    /**
     * Traces a network's output for x and t with given parameters, as part of the trace under way.
     *
     * @param initial draws parameters that are not there yet, null where all must be
     */
    public Value output(Callable network, Parameters parameters, RandomStream initial, Value x, Value t, Span span) {
        Tracer tracer = interpreter.tracer();
        NetworkScope scope =
                new NetworkScope(parameters, initial, interpreter.tensors().precision());
        NetworkScope before = tracer.enterNetwork(scope);
        try {
            return network.call(interpreter, Arguments.of(span, x, t));
        } finally {
            tracer.enterNetwork(before);
        }
    }
}
