package org.sdescript.learn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.backend.ForeignModule;
import org.sdescript.backend.Parameters;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/** A network saved by PyTorch, as a model: its prediction is converted to a score. */
final class ImportedNetwork {
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
        TrainedConditions conditions = conditions(call);
        ModelValue model = new ModelValue(
                new ImportedFunction(module, conditions.all()),
                new Parameters(call.session().backend()),
                process,
                Prediction.of(call, "noise"),
                new TrainedShape(
                        call.given("shape").map(shape -> call.shape("shape")).orElse(null), conditions),
                TrainingRecord.NONE,
                Optional.empty());
        call.session().memory().own(model);
        return model;
    }

    /** Returns the further arguments of the module: labels, and the conditions in the order of the record. */
    private static TrainedConditions conditions(Call call) {
        List<TrainedCondition> all = new ArrayList<>();
        if (call.isTrue("labels")) {
            all.add(new TrainedCondition(TrainedConditions.LABEL, Shape.SCALAR, TrainedCondition.Role.LABEL));
        }
        if (call.value("conditions") instanceof Value.RecordValue(var fields)) {
            fields.forEach((name, shape) -> all.add(condition(name, shape, call)));
        }
        return new TrainedConditions(all, List.of(), false);
    }

    private static TrainedCondition condition(String name, Value shape, Call call) {
        return shape instanceof Value.Text(String word) && word.equals("whole")
                ? new TrainedCondition(name, Shape.SCALAR, TrainedCondition.Role.WHOLE)
                : new TrainedCondition(
                        name,
                        Coercion.shape(shape, "the shape of `" + name + "`", call.place("conditions")),
                        TrainedCondition.Role.NUMBER);
    }
}
