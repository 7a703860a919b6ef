package org.sdescript.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    public Callable forSamples(int from, int count, int all, Tensors tensors, Span span) {
        if (configuration.values().stream().noneMatch(value -> isForEach(value, all, tensors))) {
            return this;
        }
        Map<String, Value> cut = new HashMap<>(configuration);
        cut.replaceAll((name, value) -> isForEach(value, all, tensors)
                ? org.sdescript.runtime.SampleSlices.some(value, from, count, tensors, span)
                : value);
        return new ConditionedModel(model, cut);
    }

    private static boolean isForEach(Value value, int samples, Tensors tensors) {
        return Tensors.isTensor(value)
                && tensors.shape(value).rank() > 0
                && tensors.shape(value).size(0) == samples;
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
            case "network" -> model.networkItself().configured(configuration);
            case "averaged" ->
                Builtin.named("averaged", "width")
                        .is(call -> model.averaged(call).configured(configuration));
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
