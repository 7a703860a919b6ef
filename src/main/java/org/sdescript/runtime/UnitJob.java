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
 * @param cut the score that each unit takes its part of
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
     * A score among the arguments that differs from unit to unit, such as one with a label for each sample.
     *
     * @param name the argument's name
     * @param all the number of samples of all units
     */
    public record Cut(String name, int all) {}

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
        cut.ifPresent(score -> named.computeIfPresent(score.name(), (name, value) -> ((Callable) value)
                .forSamples(unit.from(), unit.count(), score.all(), interpreter.tensors(), span)));
        return named;
    }
}
