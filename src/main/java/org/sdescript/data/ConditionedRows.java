package org.sdescript.data;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.Sliceable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;

/**
 * A data set that is read batch by batch, with conditions that lie in memory.
 *
 * @param samples the data set without conditions
 */
public record ConditionedRows(Sliceable samples, Conditions conditions) implements Sliceable {
    @Override
    public Kind kind() {
        return Kind.DATA;
    }

    @Override
    public List<Value> children() {
        return Stream.concat(Stream.of(samples), conditions.children().stream()).toList();
    }

    @Override
    public List<String> columns() {
        return samples.columns();
    }

    @Override
    public Type type(Tensors tensors) {
        return samples.type(tensors);
    }

    @Override
    public Value tensor() {
        return samples.tensor();
    }

    @Override
    public Optional<Value> labels() {
        return samples.labels();
    }

    @Override
    public boolean isStored() {
        return samples.isStored();
    }

    @Override
    public Optional<RowReader> reader() {
        return samples.reader();
    }

    @Override
    public Value select(UnaryOperator<Value> rows) {
        return new ConditionedRows((Sliceable) samples.select(rows), conditions.each(rows));
    }

    /** The fields of the samples, and the conditions as {@code c}. */
    @Override
    public List<String> fieldNames() {
        return Stream.concat(samples.fieldNames().stream(), Stream.of("c")).toList();
    }

    @Override
    public @Nullable Value field(String name) {
        return switch (name) {
            case "c" -> conditions.value();
            case "split" -> Builtin.named("split", "share").is(call -> DataValue.split(this, call));
            case "flipped" ->
                samples.field(name) instanceof Callable flipped
                        ? Builtin.named("flipped").is(call -> flipped(flipped, call))
                        : null;
            default -> samples.field(name);
        };
    }

    /** Appends the mirror image of each image, and of conditions that are images of the same size. */
    private Value flipped(Callable flipped, Call call) {
        Shape shape = call.tensors().shape(samples);
        Sliceable both = (Sliceable) call.interpreter().call(flipped, call.span());
        return new ConditionedRows(both, DataValue.flipped(conditions, shape, call));
    }

    @Override
    public String show() {
        return samples.show() + ", and " + conditions.words(DataValue::shape);
    }

    @Override
    public String toString() {
        return show();
    }
}
