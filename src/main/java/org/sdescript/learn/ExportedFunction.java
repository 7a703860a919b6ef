package org.sdescript.learn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.ProcessValue;

/**
 * The function that an export writes: of samples x [n, …] and times, or a step of sampling.
 *
 * @param arguments the arguments by name, of a batch of this size; the values only give types, and numbers that lie in
 *     the process's domain
 * @param body the call, which returns a tensor, or a list with a tensor or number for each of the results
 * @param results the names of the results
 */
record ExportedFunction(
        Map<String, Value> arguments, Function<List<Value>, Value> body, List<String> results, long batch) {
    /** The function of (x, t) itself, such as a score; labels that are not bound are further arguments. */
    static ExportedFunction ofScore(Call call, ExportRefusal refusal, Callable score, Shape sample, long batch) {
        ExportedStates states = ExportedStates.of(processOf(score));
        int samples = states.names().size();
        Map<String, Value> arguments = samples(call, states, sample, batch);
        add(arguments, Map.of("t", zeros(call, Shape.of(batch), call.tensors().precision())), refusal);
        Map<String, Value> labels = labels(call, score, batch);
        add(arguments, labels, refusal);
        return new ExportedFunction(
                arguments,
                given -> {
                    Map<String, Value> open = named(labels.keySet(), given.subList(samples + 1, given.size()));
                    List<Value> own = List.of(states.joined(given.subList(0, samples)), given.get(samples));
                    Value result = call.interpreter().call(score, new Arguments(own, open, call.span()));
                    List<Value> parts = states.parts(result, refusal);
                    return states.isSystem() ? new Value.ListValue(parts) : parts.getFirst();
                },
                states.results(score.scoreSources().isEmpty() ? "output" : "score"),
                batch);
    }

    /** Returns the samples as arguments; further ones can be added. */
    static Map<String, Value> samples(Call call, ExportedStates states, Shape sample, long batch) {
        Map<String, Value> samples = new LinkedHashMap<>();
        states.names()
                .forEach(name -> samples.put(
                        name,
                        zeros(call, sample.prepended(batch), call.tensors().precision())));
        return samples;
    }

    /** Adds further arguments; throws if one has the name of an argument before it. */
    static void add(Map<String, Value> arguments, Map<String, Value> further, ExportRefusal refusal) {
        further.forEach((name, value) -> {
            if (arguments.put(name, value) != null) {
                throw refusal.named(name, "two of its inputs");
            }
        });
    }

    /** Returns the conditions, and the variables after x and t, that have neither a value nor a default, as arguments. */
    static Map<String, Value> labels(Call call, Callable score, long batch) {
        Map<String, Value> labels = new LinkedHashMap<>();
        TrainedConditions known = conditions(score);
        further(score)
                .forEach(name -> labels.put(
                        name,
                        known.named(name)
                                .map(condition ->
                                        zeros(call, condition.one().prepended(batch), condition.dtype(call.tensors())))
                                .orElseGet(() -> zeros(call, Shape.of(batch), DType.INT64))));
        return labels;
    }

    /** Throws if parameters of the process are conditions without a value: a step computes with one process. */
    static void requireBoundProcess(Callable score, ExportRefusal refusal) {
        Set<String> bound =
                score instanceof ConditionedModel given ? given.configuration().keySet() : Set.of();
        conditions(score).ofProcess().stream()
                .filter(each -> !bound.contains(each.name()))
                .findFirst()
                .ifPresent(open -> {
                    throw refusal.because("the parameter " + open.name()
                            + " of its process is a condition; bind it, `model(" + open.name() + " = …)`");
                });
    }

    /** Returns the conditions that a model was trained with. */
    static TrainedConditions conditions(Callable score) {
        return switch (score) {
            case ModelValue model -> model.conditions();
            case ConditionedModel given -> given.model().conditions();
            default -> TrainedConditions.NONE;
        };
    }

    static Map<String, Value> bound(Callable score, Map<String, Value> labels) {
        Map<String, Value> all = new LinkedHashMap<>(score.configuration());
        if (score instanceof ConditionedModel given) {
            all.putAll(given.configuration());
        }
        all.putAll(labels);
        return all;
    }

    static Map<String, Value> named(Collection<String> names, List<Value> values) {
        Map<String, Value> named = new LinkedHashMap<>();
        names.forEach(name -> named.put(name, values.get(named.size())));
        return named;
    }

    static Value zeros(Call call, Shape shape, DType dtype) {
        return call.tensors().literal(dtype, shape, new double[Math.toIntExact(shape.elements())], call.span());
    }

    private static List<String> further(Callable score) {
        return switch (score) {
            case ModelValue model -> model.open(Set.of());
            case ConditionedModel given ->
                given.model().open(given.configuration().keySet());
            default -> List.of();
        };
    }

    /** Returns the process of a score, if it knows one. */
    static Optional<ProcessValue> processOf(Callable score) {
        return switch (score) {
            case ModelValue model -> Optional.of(model.process());
            case ConditionedModel given -> Optional.of(given.model().process());
            default ->
                score.scoreSources().stream()
                        .map(ScoreSource::process)
                        .findFirst()
                        .map(ProcessValue::of);
        };
    }
}
