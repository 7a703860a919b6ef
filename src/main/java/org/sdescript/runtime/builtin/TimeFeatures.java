package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.Map;
import org.hipparchus.special.Erf;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.TensorFunctions;
import org.sdescript.runtime.Value;

/** Time embeddings for networks. */
public final class TimeFeatures implements BuiltinLibrary {
    private static final double LONGEST_PERIOD = 10_000;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("fourier_features", call -> LayerCall.withoutParameters(call, () -> fourierFeatures(call))),
                Map.entry("sinusoidal", call -> LayerCall.withoutParameters(call, () -> sinusoidal(call))));
    }

    /** Frequencies are quantiles of the normal distribution: distributed like random ones, and equal in every run. */
    private static Value fourierFeatures(Call call) {
        int half = halfOf(call);
        double scale = call.number("scale");
        double[] frequencies = new double[half];
        for (int i = 0; i < half; i++) {
            double normal = Math.sqrt(2) * Erf.erfInv(2 * (i + 0.5) / half - 1);
            frequencies[i] = 2 * Math.PI * scale * normal;
        }
        return waves(call, call.tensor("t"), frequencies);
    }

    private static Value sinusoidal(Call call) {
        int half = halfOf(call);
        double scale = call.number("scale");
        double[] frequencies = new double[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = scale * Math.exp(-Math.log(LONGEST_PERIOD) * i / Math.max(1, half - 1));
        }
        return waves(call, call.tensor("t"), frequencies);
    }

    private static int halfOf(Call call) {
        int features = call.integer("n");
        if (features % 2 != 0) {
            throw call.error("E0421", "`n` of " + call.name() + " is " + features + ", but must be even");
        }
        return features / 2;
    }

    private static Value waves(Call call, Value t, double[] frequencies) {
        Value times = t instanceof Value.TensorLike && !isNumber(call, t)
                ? t
                : call.tensors().fill(t, Shape.of(1), call.span());
        long samples = call.tensors().shape(times).elements();
        Value column = call.tensors().reshape(times, Shape.of(samples, 1), call.span());
        Value row = call.tensors().literal(Shape.of(1, frequencies.length), frequencies, call.span());
        Value angles = call.tensors().binary(BinaryOperation.MULTIPLY, column, row, call.span());
        return TensorFunctions.concat(
                List.of(
                        call.tensors().unary(UnaryOperation.SIN, angles, call.span()),
                        call.tensors().unary(UnaryOperation.COS, angles, call.span())),
                1,
                call.tensors(),
                call.span());
    }

    private static boolean isNumber(Call call, Value t) {
        return call.tensors().type(t) instanceof Type.Scalar;
    }
}
