package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sdescript.graph.ImageTypeInference;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.InitialValues;

/** Layers for images [n, channels, height, width]. */
public final class ImageLayers implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("conv2d", call -> LayerCall.withParameters(call, layer -> convolved(call, layer))),
                Map.entry("conv_transpose2d", call -> LayerCall.withParameters(call, layer -> transposed(call, layer))),
                Map.entry("avg_pool", call -> resized(call, new Operation.AvgPool2d(call.integer("size")))),
                Map.entry("upsample", call -> resized(call, new Operation.UpsampleNearest2d(call.integer("factor")))));
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

    private static Value resized(Call call, Operation operation) {
        return LayerCall.withoutParameters(call, () -> call.tensors().apply(operation, call.span(), call.tensor("h")));
    }
}
