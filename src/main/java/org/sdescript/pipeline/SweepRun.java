package org.sdescript.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.AtomicFile;
import org.sdescript.files.FileFault;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.ArgumentBinding;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.RunFiles;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * One run of a sweep, for any combination of its parameters: in a folder of this process, or, as a function of the
 * parameters that another process calls, in a folder there, whose files it returns.
 */
record SweepRun(Callable function, boolean again) implements Callable {
    static final String FILES = "files";
    static final String ERROR = "error";

    /** The metric of a function that returns a number. */
    private static final String NUMBER = "value";

    private static final String PARAMETERS = "parameters";
    private static final SlotTable SIGNATURE = new SlotTable(
            "sweep", List.of(new SlotTable.Slot(PARAMETERS, SlotTable.Fallback.REQUIRED)), List.of(), false);

    /** Calls the function as a run in a folder; returns the error that ended it, if any. */
    Optional<SdeError> in(Path folder, Map<String, Value> values, Interpreter interpreter, Span span) {
        AtomicFile.requireFolder(folder);
        long seed = values.get(SweepGrid.SEED) instanceof Value given
                ? Coercion.seed(given, "`seed` of the sweep", span)
                : interpreter.session().settings().seed();
        return interpreter.session().asRun(folder, seed, !again, () -> {
            RunRecord.begin(folder);
            RunRecord record = new RunRecord(span.source(), ScriptParameters.used(values));
            try {
                Optional<SdeError> error =
                        interpreter.attempt(span, () -> metrics(result(values, interpreter, span), interpreter));
                record.write(
                        interpreter.session(), error.isEmpty() ? "done" : "failed", error.map(SdeError::getMessage));
                return error;
            } catch (Interruption stop) {
                StopRequest.ignoring(() -> record.write(interpreter.session(), "interrupted", Optional.empty()));
                throw stop;
            }
        });
    }

    /** Passes the parameters by name, or as a record to a function of one other variable. */
    private Value result(Map<String, Value> values, Interpreter interpreter, Span span) {
        Map<String, Value> named = new LinkedHashMap<>(values);
        if (function.signature().slot(SweepGrid.SEED).isEmpty()) {
            named.remove(SweepGrid.SEED);
        }
        List<SlotTable.Slot> variables = function.signature().variables();
        boolean takesRecord = variables.size() == 1
                && !values.containsKey(variables.getFirst().name());
        return takesRecord
                ? interpreter.call(function, span, new Value.RecordValue(values))
                : interpreter.call(function, new Arguments(List.of(), named, span));
    }

    /** Records the numbers of the function's result as metrics of its run. */
    private static void metrics(Value result, Interpreter interpreter) {
        Map<String, Value> values = result instanceof Value.RecordValue(var fields) ? fields : Map.of(NUMBER, result);
        values.forEach((name, value) -> {
            if (value instanceof Value.Num(double number)) {
                interpreter.session().log().metrics().put(name, number);
            } else if (value instanceof Value.TensorValue(var tensor)
                    && tensor.shape().elements() == 1) {
                interpreter.session().log().metrics().put(name, tensor.item());
            }
        });
    }

    @Override
    public SlotTable signature() {
        return SIGNATURE;
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return this;
    }

    /** Runs in a folder of this process, and returns the files with the message of the error, if any. */
    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        Value.RecordValue values =
                (Value.RecordValue) Objects.requireNonNull(binding.given().get(PARAMETERS));
        Path folder = folder(interpreter.session().folders().run());
        try {
            Optional<SdeError> error = in(folder, values.fields(), interpreter, arguments.span());
            Map<String, Value> outcome = new LinkedHashMap<>();
            outcome.put(FILES, RunFiles.below(folder));
            outcome.put(
                    ERROR,
                    error.<Value>map(failed -> Value.text(failed.getMessage())).orElse(Value.None.NONE));
            return new Value.RecordValue(outcome);
        } finally {
            delete(folder);
        }
    }

    private static Path folder(Path within) {
        try {
            return Files.createTempDirectory(within, "run");
        } catch (IOException failure) {
            throw FileFault.writing(within, failure);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException failure) {
            throw FileFault.writing(folder, failure);
        }
    }

    @Override
    public String toString() {
        return show();
    }
}
