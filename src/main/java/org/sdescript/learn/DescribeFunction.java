package org.sdescript.learn;

import java.util.Map;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.NetworkOutline;

/** {@code describe}: prints the layers of a network. */
public final class DescribeFunction implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.of("describe", Builtin.onHost(DescribeFunction::describe));
    }

    private static Value describe(Call call) {
        Callable network = call.callable("network");
        NetworkOutline outline = Kernels.of(call.interpreter())
                .networks()
                .outline(untrained(network), shape(call, network), given(call), call.span());
        OutlineTable.of(outline.parts(), call.tensors().precision())
                .forEach(line -> call.session().console().line(line));
        return Value.None.NONE;
    }

    private static Callable untrained(Callable network) {
        return switch (network) {
            case ModelValue model -> model.untrained();
            case ConditionedModel(ModelValue model, var given) -> model.untrained();
            default -> network;
        };
    }

    private static Map<String, Value> given(Call call) {
        return call.value("given") instanceof Value.RecordValue(var fields) ? fields : Map.of();
    }

    private static Shape shape(Call call, Callable network) {
        if (call.given("shape").isPresent()) {
            return call.shape("shape");
        }
        Shape sample = network.sampleShape().orElseThrow(() -> Diagnostic.error(
                        "E0564", call.span(), "describe needs the shape of the network's input x")
                .help("`describe(" + call.place("network").text() + ", shape = [64, 2])` for 64 samples of two numbers")
                .raise());
        return sample.prepended(1);
    }
}
