package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.LayerTypeInference;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;

/** Layers for vectors: linear, embedding, normalisation, dropout. */
public final class Layers implements BuiltinLibrary {
    private static final double EPS = 1e-5;

    @Override
    public Chapter theme() {
        return Chapter.NETWORKS;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(dense(), embedding(), groupNorm(), layerNorm(), dropout());
    }

    private static Builtin dense() {
        return Builtin.named("dense", "h", "n")
                .option("bias", Value.Bool.TRUE)
                .wants("bias", ParameterType.A_BOOLEAN)
                .option("init_scale", 1)
                .wants("n", ParameterType.number(NumberRange.COUNT))
                .wants("init_scale", ParameterType.number(NumberRange.NOT_NEGATIVE))
                .doc(
                        "A linear layer to n features, over the last axis: h Wᵀ + b. W and b start uniform in ±1/√(features"
                                + " of h), times `init_scale`.")
                .example("network tiny(x, t) = dense(x, 2)\ndescribe(tiny, shape = [64, 3])")
                .is(call -> LayerCall.withParameters(call, layer -> linear(call, layer)));
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

    private static Builtin embedding() {
        return Builtin.named("embedding", "i", "count", "n")
                .wants("count", ParameterType.number(NumberRange.COUNT))
                .wants("n", ParameterType.number(NumberRange.COUNT))
                .doc("An embedding: a trained row of n features for each whole number i from 0 to count − 1. The"
                        + " rows start standard normal. Labels [samples] give features [samples, n].")
                .example(
                        "network of_class(x, t, label) = dense(x, 16) + embedding(label, 10, 16)\ndescribe(of_class, shape = [64, 2])")
                .is(call -> LayerCall.withParameters(call, layer -> rows(call, layer)));
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
        Value rows = call.tensors().apply(new Operation.Gather(0), call.span(), table, index);
        List<Long> sizes = new ArrayList<>(shape.sizes());
        sizes.add(width);
        return call.tensors().reshape(rows, new Shape(sizes), call.span());
    }

    private static Builtin groupNorm() {
        return Builtin.named("group_norm", "h")
                .option("groups", 8)
                .option("eps", EPS)
                .wants("groups", ParameterType.number(NumberRange.COUNT))
                .wants("eps", ParameterType.number(NumberRange.POSITIVE))
                .doc("Group norm (Wu & He 2018): within each sample of h [n, channels, …], each group of channels"
                        + " is normalised to mean 0 and variance 1; then each channel has its own scale, 1 at first,"
                        + " and shift, 0 at first.")
                .example(
                        "network normal_conv(x, t) = conv2d(silu(group_norm(conv2d(x, 32))), 1)\ndescribe(normal_conv, shape = [16, 1, 8, 8])")
                .is(call -> LayerCall.withParameters(call, layer -> normalGroups(call, layer)));
    }

    private static Value normalGroups(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        int groups = call.integer("groups");
        long channels = LayerTypeInference.requireGroups(groups, call.tensors().shape(h), call.span());
        Value scale = layer.parameter("weight", InitialValues.ONES, channels);
        Value shift = layer.parameter("bias", InitialValues.ZEROS, channels);
        return call.tensors().apply(new Operation.GroupNorm(groups, call.number("eps")), call.span(), h, scale, shift);
    }

    private static Builtin layerNorm() {
        return Builtin.named("layer_norm", "h")
                .option("eps", EPS)
                .wants("eps", ParameterType.number(NumberRange.POSITIVE))
                .doc("Layer norm (Ba et al. 2016): the last axis of h is normalised to mean 0 and variance 1; then"
                        + " each feature has its own scale, 1 at first, and shift, 0 at first.")
                .example(
                        "network normal_mlp(x, t) = dense(silu(layer_norm(dense(x, 32))), 2)\ndescribe(normal_mlp, shape = [16, 2])")
                .is(call -> LayerCall.withParameters(call, layer -> normalFeatures(call, layer)));
    }

    private static Value normalFeatures(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        long features = LayerTypeInference.features(call.tensors().shape(h), call.span());
        Value scale = layer.parameter("weight", InitialValues.ONES, features);
        Value shift = layer.parameter("bias", InitialValues.ZEROS, features);
        return call.tensors().apply(new Operation.LayerNorm(call.number("eps")), call.span(), h, scale, shift);
    }

    private static Builtin dropout() {
        return Builtin.named("dropout", "h", "p")
                .wants("p", ParameterType.number(NumberRange.DECAY))
                .doc("Dropout (Srivastava et al. 2014): in training, each element becomes 0 with probability p and"
                        + " is divided by 1 − p otherwise. A model that is called or sampled from returns h unchanged.")
                .example(
                        "network robust(x, t) = dense(dropout(silu(dense(x, 32)), 0.1), 2)\ndescribe(robust, shape = [16, 2])")
                .is(call -> LayerCall.withoutParameters(call, () -> dropped(call)));
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
