package org.sdescript.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sdescript.ast.CallableKind;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.process.Process;
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
 * @param body the call, which returns a tensor, or a list with a tensor for each of the results
 * @param results the names of the results
 */
record ExportedFunction(
        Map<String, Value> arguments, Function<List<Value>, Value> body, List<String> results, long batch) {
    /** The number of variables of a predictor: process, score, x, t and dt. */
    private static final int OF_A_PREDICTOR = 5;

    /** The function of (x, t) itself, such as a score; labels that are not bound are further arguments. */
    static ExportedFunction ofScore(Call call, Callable score, Shape sample, long batch) {
        Map<String, Value> arguments = new LinkedHashMap<>();
        arguments.put("x", zeros(call, sample.prepended(batch), call.tensors().precision()));
        arguments.put("t", zeros(call, Shape.of(batch), call.tensors().precision()));
        List<String> further = further(score);
        further.forEach(name -> arguments.put(name, zeros(call, Shape.of(batch), DType.INT64)));
        return new ExportedFunction(
                arguments,
                given -> call.interpreter()
                        .call(
                                score,
                                new Arguments(
                                        given.subList(0, 2),
                                        named(further, given.subList(2, given.size())),
                                        call.span())),
                List.of(score.scoreSources().isEmpty() ? "output" : "score"),
                batch);
    }

    /**
     * A step of sampling with a score: a predictor's from t to t + dt, or a corrector's at t. The results are the next
     * state and the same without the step's noise.
     */
    static ExportedFunction ofStep(
            Call call, Callable step, ProcessValue process, Callable score, Shape sample, long batch) {
        Process its = process.process();
        boolean moves = step.declaredAs()
                .filter(kind -> kind == CallableKind.PREDICTOR || kind == CallableKind.CORRECTOR)
                .map(kind -> kind == CallableKind.PREDICTOR)
                .orElse(step.signature().variables().size() >= OF_A_PREDICTOR);
        double t = (its.tMin() + its.tMax()) / 2;
        Map<String, Value> arguments = new LinkedHashMap<>();
        arguments.put("x", zeros(call, sample.prepended(batch), call.tensors().precision()));
        arguments.put("t", Value.number(t));
        if (moves) {
            arguments.put("dt", Value.number((its.tMin() - t) / 2));
        }
        List<String> further = further(score);
        further.forEach(name -> arguments.put(name, zeros(call, Shape.of(batch), DType.INT64)));
        int own = arguments.size() - further.size();
        return new ExportedFunction(
                arguments,
                given -> {
                    Map<String, Value> labels = named(further, given.subList(own, given.size()));
                    List<Value> all = new ArrayList<>(List.of(process, score.configured(bound(score, labels))));
                    all.addAll(given.subList(0, own));
                    return call.interpreter().call(step, new Arguments(all, Map.of(), call.span()));
                },
                List.of("next", "mean"),
                batch);
    }

    private static Map<String, Value> bound(Callable score, Map<String, Value> labels) {
        Map<String, Value> all = new LinkedHashMap<>(score.configuration());
        if (score instanceof ConditionedModel given) {
            all.putAll(given.configuration());
        }
        all.putAll(labels);
        return all;
    }

    private static Map<String, Value> named(List<String> names, List<Value> values) {
        Map<String, Value> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), values.get(i));
        }
        return named;
    }

    private static Value zeros(Call call, Shape shape, DType dtype) {
        return call.tensors().literal(dtype, shape, new double[Math.toIntExact(shape.elements())], call.span());
    }

    /** Returns the variables after x and t that have neither a value nor a default. */
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
