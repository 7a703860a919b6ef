package org.sdescript.learn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sdescript.backend.ForeignModule;
import org.sdescript.backend.Parameters;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/** A network saved by PyTorch, as a model: its prediction is converted to a score. */
final class ImportedNetwork {
    private static final String LABEL = "label";

    private ImportedNetwork() {}

    static Value of(Call call) {
        if (call.given("process").isEmpty()) {
            throw call.diagnostic(
                            "E0799",
                            "an imported network needs a process, which turns its prediction into" + " a score")
                    .help("give it: `import_network(\"net.pt\", VP(), predict = \"noise\")`")
                    .raise();
        }
        ProcessValue process = ProcessValue.argument(call, "process");
        Path file = call.session().folders().input(call.text("file"));
        ForeignModule module = call.session().backend().foreign(file);
        ModelValue model = new ModelValue(
                network(module, call.isTrue("labels")),
                new Parameters(call.session().backend()),
                process,
                Prediction.of(call, "noise"),
                call.given("shape").map(shape -> call.shape("shape")).orElse(null),
                TrainingRecord.NONE);
        call.session().memory().own(model);
        return model;
    }

    private static Builtin network(ForeignModule module, boolean takesLabels) {
        List<SlotTable.Slot> variables = new ArrayList<>();
        variables.add(new SlotTable.Slot("x", SlotTable.Fallback.REQUIRED));
        variables.add(new SlotTable.Slot("t", SlotTable.Fallback.REQUIRED));
        if (takesLabels) {
            variables.add(new SlotTable.Slot(LABEL, SlotTable.Fallback.REQUIRED));
        }
        SlotTable signature = new SlotTable("imported", variables, List.of(), false);
        return Builtin.taking(signature).is(call -> output(call, module, takesLabels));
    }

    /** Calls the network in single precision, which PyTorch modules expect, for any precision of the run. */
    private static Value output(Call call, ForeignModule module, boolean takesLabels) {
        Tensors tensors = call.tensors();
        Value x = call.value("x");
        DType precision = tensors.type(x) instanceof org.sdescript.graph.Type.TensorType(DType dtype, var shape)
                ? dtype
                : DType.FLOAT32;
        List<Value> inputs = new ArrayList<>();
        inputs.add(tensors.cast(x, DType.FLOAT32, call.span()));
        inputs.add(tensors.cast(call.value("t"), DType.FLOAT32, call.span()));
        if (takesLabels) {
            inputs.add(tensors.cast(call.value(LABEL), DType.INT64, call.span()));
        }
        Value output = tensors.apply(new Operation.Foreign(module), call.span(), inputs.toArray(Value[]::new));
        return tensors.cast(output, precision, call.span());
    }
}
