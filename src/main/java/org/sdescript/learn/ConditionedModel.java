package org.sdescript.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.ArgumentBinding;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.SampleSlices;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/** A model with bound values for variables such as a label: a conditional score of (x, t). */
record ConditionedModel(ModelValue model, Map<String, Value> configuration) implements Callable {
    ConditionedModel {
        configuration = Map.copyOf(configuration);
    }

    @Override
    public Kind kind() {
        return model.kind();
    }

    @Override
    public SlotTable signature() {
        return model.signature();
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return model.configured(given);
    }

    @Override
    public Optional<Shape> sampleShape() {
        return model.sampleShape();
    }

    @Override
    public List<ScoreSource> scoreSources() {
        return model.scoreSources();
    }

    @Override
    public Optional<Callable> expected() {
        return model.expected().map(known -> known.configured(configuration));
    }

    @Override
    public Optional<Callable> velocity() {
        return model.velocity().map(known -> known.configured(configuration));
    }

    @Override
    public Callable forSamples(int from, int count, int all, Tensors tensors, Span span) {
        Map<String, Value> cut = new HashMap<>(configuration);
        cut.replaceAll((name, value) ->
                isForEach(name, value, all, tensors) ? SampleSlices.some(value, from, count, tensors, span) : value);
        return cut.equals(configuration) ? this : new ConditionedModel(model, cut);
    }

    /**
     * True for a value with a row for each sample. The shape of the training tells a condition [k] for all samples from
     * numbers [n] for each.
     */
    private boolean isForEach(String name, Value value, int samples, Tensors tensors) {
        if (!Tensors.isTensor(value)) {
            return false;
        }
        Shape shape = tensors.shape(value);
        boolean mayBe = model.conditions()
                .named(name)
                .map(condition -> condition.isForEach(value, tensors))
                .orElse(shape.rank() > 0);
        return mayBe && shape.size(0) == samples;
    }

    @Override
    public Optional<Value> ownProcess() {
        return model.ownProcess();
    }

    @Override
    public Map<String, Value> processParameters(Tensors tensors, Span span) {
        Map<String, Value> bound = new HashMap<>();
        model.conditions().ofProcess().stream()
                .filter(each -> configuration.containsKey(each.name()))
                .forEach(each -> bound.put(
                        each.name(),
                        model.ofSamples()
                                .parameter(
                                        each, Objects.requireNonNull(configuration.get(each.name())), tensors, span)));
        return bound;
    }

    /** Binds further conditions. */
    @Override
    public Callable conditioned(Value given, Interpreter interpreter, Span span) {
        return ModelConditions.bound(this, model, configuration, given, interpreter, span);
    }

    @Override
    public Value call(Interpreter interpreter, Arguments arguments) {
        model.requireUse(arguments, interpreter);
        return Callable.super.call(interpreter, arguments);
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        return model.invoke(interpreter, binding, arguments);
    }

    @Override
    public List<String> fieldNames() {
        return Stream.concat(model.fieldNames().stream(), configuration.keySet().stream())
                .toList();
    }

    @Override
    public @Nullable Value field(String name) {
        Value given = configuration.get(name);
        if (given != null) {
            return given;
        }
        return switch (name) {
            case "velocity", "noise", "expected" ->
                ((Callable) Objects.requireNonNull(model.field(name))).configured(configuration);
            case "score" -> this;
            case "network" -> model.networkItself().configured(configuration);
            case "averaged" ->
                Builtin.named("averaged", "width")
                        .is(call -> AveragedModel.of(model, call).configured(configuration));
            default -> model.field(name);
        };
    }

    @Override
    public List<Value> children() {
        return Stream.concat(Stream.of(model), configuration.values().stream()).toList();
    }

    @Override
    public String toString() {
        return show();
    }
}
