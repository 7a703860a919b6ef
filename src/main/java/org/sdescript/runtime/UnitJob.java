package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sdescript.backend.RandomStream;
import org.sdescript.source.Span;

/**
 * Work in units that may run anywhere, in any order, and more than once. The random numbers of a unit depend on the
 * stream and on the index of the sample only.
 *
 * @param title what is done, in progress and records: {@code sample}
 * @param here runs a unit in this process
 * @param work the function that runs a unit in another process, called with the unit's own arguments after those of all
 * @param shares true if the function is {@code sample}, which takes its part of the whole from the unit
 * @param arguments the arguments that all units have
 * @param cut the score and the process that each unit takes its part of
 * @param stream the random numbers of the whole
 * @param bytes the size of the numbers of all results, as far as it is known before
 */
public record UnitJob(
        String title,
        Span span,
        Function<WorkUnit, UnitResult> here,
        Callable work,
        boolean shares,
        Arguments arguments,
        Optional<Cut> cut,
        RandomStream stream,
        long bytes) {

    /**
     * Arguments that differ from unit to unit, such as a score with a label for each sample.
     *
     * @param names the arguments' names
     * @param all the number of samples of all units
     * @param rank the rank of the tensor of samples
     */
    public record Cut(List<String> names, int all, int rank) {}

    /** Runs a unit by the function, with random streams of its own, in an interpreter of any process. */
    public UnitResult run(Interpreter interpreter, WorkUnit unit) {
        return interpreter.session().sampling().inUnit(unit.number(), () -> call(interpreter, unit));
    }

    /** Calls the function for a unit. */
    public UnitResult call(Interpreter interpreter, WorkUnit unit) {
        SamplingContext sampling = interpreter.session().sampling();
        sampling.resetEvaluations();
        List<Value> positional = new ArrayList<>(arguments.positional());
        positional.addAll(unit.own());
        Arguments whole = new Arguments(positional, named(interpreter, unit), span, arguments.written());
        Value value = shares
                ? sampling.sharing(new SampleShare(stream, unit), () -> interpreter.call(work, whole))
                : sampling.drawing(stream.forSamples(unit.from(), unit.count()), () -> interpreter.call(work, whole));
        return new UnitResult(value, sampling.evaluations());
    }

    private Map<String, Value> named(Interpreter interpreter, WorkUnit unit) {
        Map<String, Value> named = new LinkedHashMap<>(arguments.named());
        cut.ifPresent(divided -> divided.names()
                .forEach(name -> named.computeIfPresent(name, (its, value) -> ((PerSample) value)
                        .forSamples(
                                new SamplePart(unit.from(), unit.count(), divided.all(), divided.rank()),
                                interpreter,
                                span))));
        return named;
    }
}
