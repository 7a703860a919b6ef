package org.sdescript.runtime;

import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.CallableKind;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** A value that can be called. What is given decides whether it is called or only configured; see {@link Binding}. */
public interface Callable extends Value.Extension {

    Signature signature();

    /** What earlier calls have bound. */
    default Map<String, Value> configuration() {
        return Map.of();
    }

    /** The same callable with more of its parameters bound. */
    Callable configured(Map<String, Value> given);

    /** Calls with every required slot given. */
    Value invoke(Interpreter interpreter, Binding binding, Arguments arguments);

    /** The word that declared it, where one did. */
    default Optional<CallableKind> declaredAs() {
        return Optional.empty();
    }

    /** For a model, the shape of one sample, so that {@code sample} needn't be told. */
    default Optional<Shape> sampleShape() {
        return Optional.empty();
    }

    /** For a model or an exact score, the process that it is a score of; empty for any other function. */
    default Optional<ScoreSource> scoreSource() {
        return Optional.empty();
    }

    /**
     * For a score that knows more than its own value: a callable of (x, t) with the record {clean, noise} of the expected data and noise
     * in x. It holds also where the score can't tell them, since their coefficients are 0.
     */
    default Optional<Callable> expected() {
        return Optional.empty();
    }

    /** The same for some of all samples: what was given one for each is cut, such as labels. */
    default Callable forSamples(int from, int count, int all, Tensors tensors, Span span) {
        return this;
    }

    default Value call(Interpreter interpreter, Arguments arguments) {
        Binding binding = Binding.bind(signature(), configuration(), arguments);
        return binding.complete() ? invoke(interpreter, binding, arguments) : configured(binding.given());
    }

    @Override
    default String kind() {
        return declaredAs()
                .filter(kind -> kind != CallableKind.FN)
                .map(kind -> "a " + kind.word())
                .orElse("a function");
    }

    /** As it was written: {@code langevin(snr = 0.16)}. */
    @Override
    default String show() {
        return configuration().isEmpty()
                ? signature().name()
                : signature().name() + "(" + Show.fields(configuration(), " = ") + ")";
    }

    @Override
    default Value field(String name) {
        return switch (name) {
            case "name" -> Value.text(signature().name());
            case "variables" ->
                Value.list(signature().variables().stream()
                        .map(slot -> Value.text(slot.name()))
                        .toList());
            default -> configuration().get(name);
        };
    }
}
