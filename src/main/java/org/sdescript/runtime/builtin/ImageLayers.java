package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.graph.ImageTypeInference;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;

/** Layers for images [n, channels, height, width]. */
public final class ImageLayers implements BuiltinLibrary {

    @Override
    public Chapter theme() {
        return Chapter.NETWORKS;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(conv2d(), convTranspose2d(), avgPool(), upsample());
    }

    private static Builtin.Declared convolution(String name) {
        return Builtin.named(name, "h", "n")
                .wants("n", ParameterType.number(NumberRange.COUNT))
                .wants("kernel", ParameterType.number(NumberRange.COUNT))
                .wants("stride", ParameterType.number(NumberRange.COUNT))
                .wants("padding", ParameterType.number(NumberRange.wholeFrom(0)));
    }

    private static Builtin conv2d() {
        return convolution("conv2d")
                .option("kernel", 3)
                .option("stride", 1)
                .option("padding", Value.None.NONE)
                .option("dilation", 1)
                .option("bias", Value.Bool.TRUE)
                .wants("bias", ParameterType.A_BOOLEAN)
                .option("init_scale", 1)
                .wants("dilation", ParameterType.number(NumberRange.COUNT))
                .wants("init_scale", ParameterType.number(NumberRange.NOT_NEGATIVE))
                .doc("A convolution of images [n, channels, height, width] to n channels with a square kernel. The"
                        + " default padding is (kernel − 1)/2: with an odd kernel the size stays, and a stride of 2"
                        + " halves it. The parameters start uniform in ±1/√(channels·kernel²), times `init_scale`.")
                .example(
                        "network conv(x, t) = conv2d(silu(conv2d(x, 16)), x.shape[1])\ndescribe(conv, shape = [64, 1, 8, 8])")
                .is(call -> LayerCall.withParameters(call, layer -> convolved(call, layer)));
    }

    private static Value convolved(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        Shape shape = call.tensors().shape(h);
        long in = ImageTypeInference.channels(call.name(), shape, call.span());
        long out = call.integer("n");
        int kernel = call.integer("kernel");
        int dilation = call.integer("dilation");
        int padding = padding(call, dilation * (kernel - 1) / 2);
        Window window = new Window(call.integer("stride"), padding, dilation);
        ImageTypeInference.requireFit(window, kernel, shape, call.span());
        InitialValues initial = InitialValues.ofInputs(in * kernel * kernel, call.number("init_scale"));
        Value weight = layer.parameter("weight", initial, out, in, kernel, kernel);
        return call.tensors()
                .apply(new Operation.Conv2d(window), call.span(), operands(call, layer, h, weight, initial, out));
    }

    private static int padding(Call call, int otherwise) {
        return call.given("padding").isPresent() ? call.integer("padding") : otherwise;
    }

    private static List<Value> operands(
            Call call, LayerCall layer, Value h, Value weight, InitialValues initial, long out) {
        List<Value> operands = new ArrayList<>(List.of(h, weight));
        if (call.isTrue("bias")) {
            operands.add(layer.parameter("bias", initial, out));
        }
        return operands;
    }

    private static Builtin convTranspose2d() {
        return convolution("conv_transpose2d")
                .option("kernel", 4)
                .option("stride", 2)
                .option("padding", Value.None.NONE)
                .option("bias", Value.Bool.TRUE)
                .wants("bias", ParameterType.A_BOOLEAN)
                .doc("A transposed convolution to n channels, which makes images larger: each pixel adds its"
                        + " multiple of the kernel, `stride` pixels apart from its neighbour. Without `padding`, the"
                        + " size is multiplied by stride; with `padding`, the size is (size − 1)·stride + kernel −"
                        + " 2·padding. The parameters start uniform in ±1/√(n·kernel²).")
                .example(
                        "network up(x, t) = conv_transpose2d(conv2d(x, 16, stride = 2), x.shape[1])\ndescribe(up, shape = [64, 1, 8, 8])")
                .is(call -> LayerCall.withParameters(call, layer -> transposed(call, layer)));
    }

    /** The bound of the initial values counts outputs instead of inputs, as in PyTorch's transposed convolution. */
    private static Value transposed(Call call, LayerCall layer) {
        Value h = call.tensor("h");
        Shape shape = call.tensors().shape(h);
        long in = ImageTypeInference.channels(call.name(), shape, call.span());
        long out = call.integer("n");
        int kernel = call.integer("kernel");
        int stride = call.integer("stride");
        int padding = padding(call, Math.max(0, Math.ceilDiv(kernel - stride, 2)));
        int extra = call.given("padding").isPresent() ? 0 : stride + 2 * padding - kernel;
        Window window = new Window(stride, padding, 1);
        ImageTypeInference.requireRest(window, kernel, extra, shape, call.span());
        InitialValues initial = InitialValues.ofInputs(out * kernel * kernel);
        Value weight = layer.parameter("weight", initial, in, out, kernel, kernel);
        return call.tensors()
                .apply(
                        new Operation.ConvTranspose2d(window, extra, extra),
                        call.span(),
                        operands(call, layer, h, weight, initial, out));
    }

    private static Builtin avgPool() {
        return Builtin.named("avg_pool", "h", "size")
                .wants("size", ParameterType.number(NumberRange.COUNT))
                .doc("Images with each block of size × size pixels replaced by its mean. Rows and columns that"
                        + " fill no block are left out.")
                .example("print(avg_pool(reshape(arange(8), [1, 1, 2, 4]), 2))  # tensor([[[[2.5, 4.5]]]])")
                .is(call -> resized(call, new Operation.AvgPool2d(call.integer("size"))));
    }

    private static Builtin upsample() {
        return Builtin.named("upsample", "h", "factor")
                .wants("factor", ParameterType.number(NumberRange.COUNT))
                .doc("Images with each pixel repeated as a block of factor × factor pixels.")
                .example("print(upsample(tensor([[[[1, 2]]]]), 2))  # tensor([[[[1, 1, 2, 2], [1, 1, 2, 2]]]])")
                .is(call -> resized(call, new Operation.UpsampleNearest2d(call.integer("factor"))));
    }

    private static Value resized(Call call, Operation operation) {
        return LayerCall.withoutParameters(call, () -> call.tensors().apply(operation, call.span(), call.tensor("h")));
    }
}
