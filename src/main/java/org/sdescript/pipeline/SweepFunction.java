package org.sdescript.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.backend.RandomStream;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.RunFiles;
import org.sdescript.runtime.UnitJob;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.WorkUnit;

/** The function {@code sweep}: calls a function for each combination of parameters, each call as a run of its own. */
public final class SweepFunction implements BuiltinLibrary {
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
            SweepRun each = new SweepRun(call.callable("f"), call.isTrue("again"));
            List<WorkUnit> units = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                if (!each.again()
                        && SweepFolder.finished(folder.resolve(points.get(i).name()))
                                .isPresent()) {
                    note(i, "done before");
                } else {
                    units.add(new WorkUnit(
                            i, i, 1, List.of(new Value.RecordValue(points.get(i).values()))));
                }
            }
            if (call.interpreter().units().isShared()) {
                elsewhere(each, units, folder);
            } else {
                units.forEach(unit -> here(each, unit.number(), folder));
            }
            SweepResults results = SweepResults.of(grid, folder);
            SweepFolder.write(folder, results, call.text("metric"))
                    .forEach(file -> call.session().log().wrote(file));
            call.session().log().printed(results.summary());
            return new SweepValue(results.summary(), results.runs());
        }

        private void here(SweepRun each, int i, Path folder) {
            SweepGrid.Point point = grid.points().get(i);
            call.session().console().note(title(i));
            each.in(folder.resolve(point.name()), point.values(), call.interpreter(), call.span())
                    .ifPresent(error -> note(i, "failed, " + error.getMessage()));
        }

        /** Runs on the machines of the cluster, whose files come back as each run ends. */
        private void elsewhere(SweepRun each, List<WorkUnit> units, Path folder) {
            UnitJob job = new UnitJob(
                    "sweep",
                    call.span(),
                    unit -> {
                        throw new IllegalStateException("a run of this process");
                    },
                    each,
                    false,
                    new Arguments(List.of(), Map.of(), call.span()),
                    Optional.empty(),
                    new RandomStream(call.session().settings().seed()),
                    0);
            List<WorkUnit> numbered = IntStream.range(0, units.size())
                    .mapToObj(i ->
                            new WorkUnit(i, units.get(i).from(), 1, units.get(i).own()))
                    .toList();
            call.interpreter().units().run(job, numbered, (unit, result) -> {
                Map<String, Value> outcome = ((Value.RecordValue) result.value()).fields();
                ((RunFiles) Objects.requireNonNull(outcome.get(SweepRun.FILES)))
                        .writeBelow(
                                folder.resolve(grid.points().get(unit.from()).name()));
                note(
                        unit.from(),
                        outcome.get(SweepRun.ERROR) instanceof Value.Text(String error) ? "failed, " + error : "done");
            });
        }

        private void note(int i, String outcome) {
            call.session().console().note(title(i) + ": " + outcome);
        }

        private String title(int i) {
            List<SweepGrid.Point> points = grid.points();
            return "run " + (i + 1) + " of " + points.size() + ", "
                    + points.get(i).name();
        }
    }
}
