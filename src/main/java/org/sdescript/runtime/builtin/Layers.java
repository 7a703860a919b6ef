package org.sdescript.runtime.builtin;

import java.util.List;
import org.hipparchus.special.Erf;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.NetworkScope;
import org.sdescript.runtime.TensorFunctions;
import org.sdescript.runtime.Theme;
import org.sdescript.runtime.Tracer;
import org.sdescript.runtime.Value;

/** What network bodies are made of: layers with parameters, and features of time. */
public final class Layers implements Library {
    private static final double LONGEST_PERIOD = 10_000;

    @Override
    public Theme theme() {
        return Theme.NETWORKS;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("dense", "h", "n")
                        .option("bias", Value.Bool.TRUE)
                        .doc("A linear layer to n features, over the last axis: h Wᵀ + b.")
                        .example(
                                "network tiny(x, t) = dense(x, 2)\nscore = train(tiny, moons(32), VP(), steps = 2, batch = 16)\nprint(score.parameters)  # 6")
                        .is(Layers::dense),
                Builtin.named("fourier_features", "t", "n")
                        .option("scale", 16)
                        .doc("sin(2π w t) and cos(2π w t) for n/2 fixed frequencies w spread as N(0, scale²)"
                                + " (Tancik et al. 2020); shape [samples, n].")
                        .example("print(fourier_features(tensor([0, 0.5]), 4).shape)  # [2, 4]")
                        .is(Layers::fourierFeatures),
                Builtin.named("sinusoidal", "t", "n")
                        .option("scale", 1000)
                        .doc("sin and cos of scale·t at n/2 periods from 2π to 10⁴·2π (Vaswani et al. 2017);"
                                + " shape [samples, n].")
                        .example("print(sinusoidal(tensor([0, 0.5]), 4).shape)  # [2, 4]")
                        .is(Layers::sinusoidal));
    }

    private static Value dense(Call call) {
        Tracer tracer = call.interpreter().tracer();
        NetworkScope scope = call.interpreter().networkScope();
        if (scope == null || scope.isOutermost()) {
            throw Diagnostic.error("E0513", call.span(), "a layer outside of a network")
                    .help("layers own parameters, so they stand in the body of a `network`")
                    .raise();
        }
        Value h = call.tensor("h");
        Shape shape = call.tensors().shape(h);
        if (shape.rank() == 0) {
            throw call.error("E0503", "a layer needs at least one axis of features, and is given a single number");
        }
        long in = shape.size(shape.rank() - 1);
        long out = call.atLeast(1, "n");
        double bound = 1 / Math.sqrt(in);
        scope.enter("dense");
        try {
            Value weight = scope.parameter(tracer, "weight", Shape.of(out, in), bound, call.span());
            Value bias = call.flag("bias")
                    ? scope.parameter(tracer, "bias", Shape.of(out), bound, call.span())
                    : call.tensors().fill(Value.number(0), Shape.of(out), call.span());
            return call.tensors().apply(new Operation.Linear(), call.span(), h, weight, bias);
        } finally {
            scope.leave();
        }
    }

    /** The frequencies are the normal distribution's quantiles: spread as random ones, and the same in every run. */
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
        int features = call.atLeast(2, "n");
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
        return call.tensors().type(t) instanceof org.sdescript.graph.Type.Scalar;
    }
}
