package org.sdescript.learn;

import java.nio.file.Path;
import org.sdescript.backend.ForeignModule;
import org.sdescript.backend.Parameters;
import org.sdescript.runtime.Call;
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
        ModelValue model = new ModelValue(
                new ImportedFunction(module, call.isTrue("labels")),
                new Parameters(call.session().backend()),
                process,
                Prediction.of(call, "noise"),
                call.given("shape").map(shape -> call.shape("shape")).orElse(null),
                TrainingRecord.NONE);
        call.session().memory().own(model);
        return model;
    }
}
