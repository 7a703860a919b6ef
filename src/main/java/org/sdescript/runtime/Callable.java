package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.CallableKind;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** A callable value. The given arguments decide between a call and a configuration; see {@link ArgumentBinding}. */
public interface Callable extends Value.Extension, PerSample {

    SlotTable signature();

    /** Returns the slots that earlier calls bound. */
    default Map<String, Value> configuration() {
        return Map.of();
    }

    /** Returns the same callable with more slots bound. */
    Callable configured(Map<String, Value> given);

    /** Calls the function; every required slot is bound. */
    Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments);

    /** Returns the keyword of the declaration, if the callable is declared. */
    default Optional<CallableKind> declaredAs() {
        return Optional.empty();
    }

    /** Returns the shape of one sample of a model, the default shape of {@code sample}. */
    default Optional<Shape> sampleShape() {
        return Optional.empty();
    }

    /**
     * Returns the process, and the data moments if known, of a model or an exact score; of a function, those of the
     * scores that it calls with its own x and t; empty for any other function.
     */
    default List<ScoreSource> scoreSources() {
        return List.of();
    }

    /**
     * Returns a callable of (x, t) with the record {clean, noise} of the expected data and noise in x, for scores
     * that know both. The callable is also valid where the score does not determine them, since their coefficients
     * are 0.
     */
    default Optional<Callable> expected() {
        return Optional.empty();
    }

    /**
     * Returns a callable of (x, t) with the velocity b(x, t) = E[ẋ(t) | x(t) = x] of a path between two laws, for models of
     * such a path.
     */
    default Optional<Callable> velocity() {
        return Optional.empty();
    }

    /** Returns the callable for a part of the samples: values with one entry per sample, such as labels, are sliced. */
    default Callable forSamples(int from, int count, int all, Tensors tensors, Span span) {
        return this;
    }

    /** Returns the process of a trained model or an exact score. */
    default Optional<Value> ownProcess() {
        return Optional.empty();
    }

    /** Returns the scores that this function of (x, t) calls with its own x and t; the score itself if it calls none. */
    default List<Callable> calledScores() {
        return List.of(this);
    }

    /**
     * Returns the parameters of the score's process that are bound conditions: a number, a tensor for all samples, or a row
     * for each.
     */
    default Map<String, Value> processParameters(Tensors tensors, Span span) {
        return Map.of();
    }

    /**
     * Returns the score with a condition bound.
     *
     * @param given the value of the only open variable after x and t, or a record of values by name; none for the score
     *     without a condition
     */
    default Callable conditioned(Value given, Interpreter interpreter, Span span) {
        return OpenVariables.bound(this, given, span);
    }

    /** The same, for a callable that also depends on a process. */
    @Override
    default Callable forSamples(SamplePart part, Interpreter interpreter, Span span) {
        return forSamples(part.from(), part.count(), part.all(), interpreter.tensors(), span);
    }

    default Value call(Interpreter interpreter, Arguments arguments) {
        ArgumentBinding binding = ArgumentBinding.bind(signature(), configuration(), arguments);
        return binding.complete() ? invoke(interpreter, binding, arguments) : configured(binding.given());
    }

    @Override
    default Kind kind() {
        return declaredAs()
                .filter(keyword -> keyword != CallableKind.FN)
                .map(Kind::of)
                .orElse(Kind.FUNCTION);
    }

    /** Returns the callable as source text: {@code langevin(snr = 0.16)}. */
    @Override
    default String show() {
        return configuration().isEmpty()
                ? signature().name()
                : signature().name() + "(" + ValueText.fields(configuration(), " = ") + ")";
    }

    @Override
    default @Nullable Value field(String name) {
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
