package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Source;

/** The function {@code sweep}: calls a function for each combination of parameters, each call as a run of its own. */
public final class SweepFunction implements BuiltinLibrary {
    /** The metric of a function that returns a number. */
    private static final String NUMBER = "value";

    private static final int MOST_RUNS = 10_000;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.of("sweep", Builtin.onHost(call -> new Sweep(call, grid(call)).run()));
    }

    private static SweepGrid grid(Call call) {
        Map<String, List<Value>> parameters = new LinkedHashMap<>();
        fields(call.value("parameters"))
                .forEach((name, values) -> parameters.put(
                        name, values instanceof Value.ListValue(var several) ? several : List.of(values)));
        if (parameters.values().stream().anyMatch(List::isEmpty)) {
            throw call.diagnostic("E0925", "a parameter of the sweep has no values")
                    .help("each parameter has a list of values to try: `{rate: [1e-3, 1e-4], seed: 1..3}`")
                    .raise();
        }
        double runs = parameters.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
        if (runs > MOST_RUNS) {
            throw call.diagnostic("E0925", "a sweep of " + ValueText.number(runs) + " runs is too large")
                    .help("a sweep has at most " + MOST_RUNS + " runs: try fewer values at a time")
                    .raise();
        }
        return new SweepGrid(parameters);
    }

    private static Map<String, Value> fields(Value record) {
        return record instanceof Value.RecordValue(var fields) ? fields : Map.of();
    }

    /** One call of {@code sweep}. */
    private record Sweep(Call call, SweepGrid grid) {

        Value run() {
            Path folder = call.session().folders().outputFolder(call.text("folder"));
            List<SweepGrid.Point> points = grid.points();
            for (int i = 0; i < points.size(); i++) {
                SweepGrid.Point point = points.get(i);
                String title = "run " + (i + 1) + " of " + points.size() + ", " + point.name();
                Path own = folder.resolve(point.name());
                if (!call.isTrue("again") && SweepFolder.finished(own).isPresent()) {
                    call.session().console().note(title + ": done before");
                    continue;
                }
                call.session().console().note(title);
                point(point, own)
                        .ifPresent(error -> call.session().console().note(title + ": failed, " + error.getMessage()));
            }
            SweepResults results = SweepResults.of(grid, folder);
            SweepFolder.write(folder, results, call.text("metric"))
                    .forEach(file -> call.session().log().wrote(file));
            call.session().log().printed(results.summary());
            return new SweepValue(results.summary(), results.runs());
        }

        /** Calls the function as a run in its own folder; returns the error that ended it, if any. */
        private Optional<SdeError> point(SweepGrid.Point point, Path folder) {
            AtomicFile.requireFolder(folder);
            return call.session().asRun(folder, seed(point), !call.isTrue("again"), () -> {
                RunRecord.begin(folder);
                RunRecord record = new RunRecord(source(), ScriptParameters.used(point.values()));
                try {
                    Optional<SdeError> error = call.interpreter().attempt(call.span(), () -> metrics(value(point)));
                    record.write(call.session(), error.isEmpty() ? "done" : "failed", error.map(SdeError::getMessage));
                    return error;
                } catch (Interruption stop) {
                    StopRequest.ignoring(() -> record.write(call.session(), "interrupted", Optional.empty()));
                    throw stop;
                }
            });
        }

        private Source source() {
            return call.span().source();
        }

        private long seed(SweepGrid.Point point) {
            Value seed = point.values().get(SweepGrid.SEED);
            return seed == null
                    ? call.session().settings().seed()
                    : Coercion.seed(seed, "`seed` of the sweep", call.span());
        }

        /** Passes the parameters by name, or as a record to a function of one other variable. */
        private Value value(SweepGrid.Point point) {
            Callable function = call.callable("f");
            Map<String, Value> named = new LinkedHashMap<>(point.values());
            if (function.signature().slot(SweepGrid.SEED).isEmpty()) {
                named.remove(SweepGrid.SEED);
            }
            List<SlotTable.Slot> variables = function.signature().variables();
            boolean takesRecord = variables.size() == 1
                    && !point.values().containsKey(variables.getFirst().name());
            return takesRecord
                    ? call.interpreter().call(function, call.span(), new Value.RecordValue(point.values()))
                    : call.interpreter().call(function, new Arguments(List.of(), named, call.span()));
        }

        /** Records the numbers of the function's result as metrics of its run. */
        private void metrics(Value result) {
            Map<String, Value> values =
                    result instanceof Value.RecordValue(var fields) ? fields : Map.of(NUMBER, result);
            values.forEach((name, value) -> {
                if (value instanceof Value.Num(double number)) {
                    call.session().log().metrics().put(name, number);
                } else if (value instanceof Value.TensorValue(var tensor)
                        && tensor.shape().elements() == 1) {
                    call.session().log().metrics().put(name, tensor.item());
                }
            });
        }
    }
}
