package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import org.sdescript.check.ParameterType;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.NetworkOutline;

/** {@code describe}: prints the layers of a network. */
public final class DescribeFunction implements BuiltinLibrary {

    @Override
    public Chapter theme() {
        return Chapter.NETWORKS;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(Builtin.named("describe", "network")
                .onHost()
                .option("shape", Value.None.NONE)
                .option("given", Value.None.NONE)
                .wants("network", ParameterType.NETWORK_OR_MODEL)
                .wants("shape", ParameterType.A_LIST)
                .wants("given", ParameterType.A_RECORD)
                .doc("Prints the layers of a network for x of a given shape, with the output shape and the number"
                        + " of parameters of each layer. A model knows the shape of its samples. A network's variables"
                        + " after x and t are one number for each sample, unless `given` gives them another shape.")
                .example(
                        "network small(x, t) = dense(silu(dense(x, 8)), 2)\ndescribe(small, shape = [64, 2])\n# layer      output   parameters\n# small      [64, 2]\n#   dense_1  [64, 8]          24  weight [8, 2], bias [8]\n#   dense_2  [64, 2]          18  weight [2, 8], bias [2]\n# 2 layers, 42 parameters, 168 bytes in float32")
                .is(DescribeFunction::describe));
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
