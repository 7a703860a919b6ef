package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Binding;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Signature;
import org.sdescript.runtime.Value;

/** A model with a value for what its network takes besides x and t, such as a label: a score of (x, t) given that. */
record GivenModel(ModelValue model, Map<String, Value> configuration) implements Callable {
    GivenModel {
        configuration = Map.copyOf(configuration);
    }

    @Override
    public String kind() {
        return model.kind();
    }

    @Override
    public Signature signature() {
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
    public Value invoke(Interpreter interpreter, Binding binding, Arguments arguments) {
        return model.invoke(interpreter, binding, arguments);
    }

    @Override
    public List<String> fieldNames() {
        return Stream.concat(model.fieldNames().stream(), configuration.keySet().stream())
                .toList();
    }

    @Override
    public Value field(String name) {
        Value given = configuration.get(name);
        if (given != null) {
            return given;
        }
        return name.equals("network") ? model.networkItself().configured(configuration) : model.field(name);
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
