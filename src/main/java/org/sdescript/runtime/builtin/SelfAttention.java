package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.LayerTypeInference;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;
import org.sdescript.source.Span;

/**
 * Multi-head self-attention (Vaswani et al. 2017, §3.2.2) of sequences [n, s, c] or of the pixels of images.
 * Parameters and their initial values are those of PyTorch's MultiheadAttention: one matrix [3c, c] for queries, keys
 * and values, uniform in ±√(6/(c + 3c)), and an output projection; both biases start at 0. Normalisation and residual
 * connections are left to the script.
 */
public final class SelfAttention implements BuiltinLibrary {
    private static final int SEQUENCE = 3;
    private static final int IMAGE = 4;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.of("self_attention", call -> LayerCall.withParameters(call, layer -> attended(call, layer)));
    }

    private static Value attended(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        Shape shape = call.tensors().shape(h);
        return switch (shape.rank()) {
            case SEQUENCE -> new Sequences(call, layer, shape).attend(h);
            case IMAGE -> ofPixels(call, layer, h, shape);
            default ->
                throw Diagnostic.error(
                                "E0560",
                                call.span(),
                                "self_attention takes sequences, [n, s, features], or images, [n, channels, height, width],"
                                        + " and is given " + (shape.rank() == 0 ? "a single number" : shape))
                        .help("there is nothing to attend to in a vector: give it at least two elements, as in"
                                + " `reshape(h, [len(h), -1, features])`")
                        .raise();
        };
    }

    private static Value ofPixels(Call call, LayerCall layer, Value h, Shape shape) {
        Tensors tensors = call.tensors();
        Span span = call.span();
        long channels = shape.size(1);
        Shape flat = Shape.of(shape.size(0), channels, shape.size(2) * shape.size(3));
        Operation exchange = new Operation.Permute(List.of(0, 2, 1));
        Value pixels = tensors.apply(exchange, span, tensors.reshape(h, flat, span));
        Value attended = new Sequences(call, layer, tensors.shape(pixels)).attend(pixels);
        return tensors.reshape(tensors.apply(exchange, span, attended), shape, span);
    }

    /** Attention within sequences of one shape. */
    private static final class Sequences {
        private final Tensors tensors;
        private final Span span;
        private final LayerCall layer;
        private final long samples;
        private final long length;
        private final long features;
        private final long heads;

        Sequences(Call call, LayerCall layer, Shape shape) {
            this.tensors = call.tensors();
            this.span = call.span();
            this.layer = layer;
            this.samples = shape.size(0);
            this.length = shape.size(1);
            this.features = shape.size(2);
            this.heads = call.integer("heads");
            if (features % heads != 0) {
                throw Diagnostic.error(
                                "E0563",
                                span,
                                features + " features do not divide among " + heads + " heads, in "
                                        + tensors.shape(call.tensor("h")))
                        .help("`heads` divides the features: " + LayerTypeInference.divisors(features))
                        .raise();
            }
        }

        Value attend(Value h) {
            Value weight = layer.parameter(
                    "qkv_weight", InitialValues.between(features, 3 * features), 3 * features, features);
            Value bias = layer.parameter("qkv_bias", InitialValues.ZEROS, 3 * features);
            Value all = tensors.apply(new Operation.Linear(), span, h, weight, bias);
            List<Value> parts = new ArrayList<>();
            for (int part = 0; part < 3; part++) {
                parts.add(byHead(
                        tensors.apply(new Operation.Slice(2, part * features, (part + 1) * features, 1), span, all)));
            }
            Value attended = tensors.apply(new Operation.ScaledDotProductAttention(), span, parts);
            return output(together(attended));
        }

        /** Reshapes [n, s, features] to [n, heads, s, features/heads]. */
        private Value byHead(Value sequence) {
            Value split = tensors.reshape(sequence, Shape.of(samples, length, heads, features / heads), span);
            return tensors.apply(new Operation.Permute(List.of(0, 2, 1, 3)), span, split);
        }

        private Value together(Value byHead) {
            Value exchanged = tensors.apply(new Operation.Permute(List.of(0, 2, 1, 3)), span, byHead);
            return tensors.reshape(exchanged, Shape.of(samples, length, features), span);
        }

        private Value output(Value attended) {
            Value weight = layer.parameter("out_weight", InitialValues.ofInputs(features), features, features);
            Value bias = layer.parameter("out_bias", InitialValues.ZEROS, features);
            return tensors.apply(new Operation.Linear(), span, attended, weight, bias);
        }
    }
}
