package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.LayerTypeInference;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;

/** Layers for vectors: linear, embedding, normalisation, dropout. */
public final class Layers implements BuiltinLibrary {
    private static final double EPS = 1e-5;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("dense", call -> LayerCall.withParameters(call, layer -> linear(call, layer))),
                Map.entry("embedding", call -> LayerCall.withParameters(call, layer -> rows(call, layer))),
                Map.entry("group_norm", call -> LayerCall.withParameters(call, layer -> normalGroups(call, layer))),
                Map.entry("layer_norm", call -> LayerCall.withParameters(call, layer -> normalFeatures(call, layer))),
                Map.entry("dropout", call -> LayerCall.withoutParameters(call, () -> dropped(call))));
    }

    private static Value linear(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        long in = LayerTypeInference.features(call.tensors().shape(h), call.span());
        long out = call.integer("n");
        InitialValues initial = InitialValues.ofInputs(in, call.number("init_scale"));
        List<Value> operands = new ArrayList<>(List.of(h, layer.parameter("weight", initial, out, in)));
        if (call.isTrue("bias")) {
            operands.add(layer.parameter("bias", initial, out));
        }
        return call.tensors().apply(new Operation.Linear(), call.span(), operands);
    }

    private static Value rows(Call call, LayerCall layer) {
        long width = call.integer("n");
        Value table = layer.parameter("weight", InitialValues.NORMAL, call.integer("count"), width);
        Value given = call.tensor("i");
        Shape shape = call.tensors().shape(given);
        Value labels = shape.rank() == 0 ? call.tensors().fill(given, Shape.of(1), call.span()) : given;
        Value index = call.tensors()
                .cast(
                        call.tensors().reshape(labels, Shape.of(shape.elements()), call.span()),
                        DType.INT64,
                        call.span());
        Value rows = known(table, index, call);
        List<Long> sizes = new ArrayList<>(shape.sizes());
        sizes.add(width);
        return call.tensors().reshape(rows, new Shape(sizes), call.span());
    }

    /** Returns the rows of a table, and zeros for the index −1, which stands for a dropped condition. */
    private static Value known(Value table, Value index, Call call) {
        Value isDropped = call.tensors().binary(BinaryOperation.EQUAL, index, Value.number(-1), call.span());
        Value first = call.tensors()
                .cast(
                        call.tensors().apply(new Operation.Where(), call.span(), isDropped, Value.number(0), index),
                        DType.INT64,
                        call.span());
        Value rows = call.tensors().apply(new Operation.Gather(0), call.span(), table, first);
        Value aligned = call.tensors().align(isDropped, rows, call.span());
        return call.tensors().apply(new Operation.Where(), call.span(), aligned, Value.number(0), rows);
    }

    private static Value normalGroups(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        int groups = call.integer("groups");
        long channels = LayerTypeInference.requireGroups(groups, call.tensors().shape(h), call.span());
        Value scale = layer.parameter("weight", InitialValues.ONES, channels);
        Value shift = layer.parameter("bias", InitialValues.ZEROS, channels);
        return call.tensors().apply(new Operation.GroupNorm(groups, call.number("eps")), call.span(), h, scale, shift);
    }

    private static Value normalFeatures(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        long features = LayerTypeInference.features(call.tensors().shape(h), call.span());
        Value scale = layer.parameter("weight", InitialValues.ONES, features);
        Value shift = layer.parameter("bias", InitialValues.ZEROS, features);
        return call.tensors().apply(new Operation.LayerNorm(call.number("eps")), call.span(), h, scale, shift);
    }

    private static Value dropped(Call call) {
        Value h = call.tensor("h");
        double p = call.number("p");
        if (p == 0 || !LayerCall.isTraining(call)) {
            return h;
        }
        Shape shape = call.tensors().shape(h);
        Value kept = call.tensors()
                .binary(
                        BinaryOperation.GREATER_EQUAL,
                        call.tensors().uniform(shape, call.span()),
                        Value.number(p),
                        call.span());
        Value scaled = call.tensors().binary(BinaryOperation.DIVIDE, h, Value.number(1 - p), call.span());
        return call.tensors().apply(new Operation.Where(), call.span(), kept, scaled, Value.number(0));
    }
}
