package org.sdescript.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.CallableKind;
import org.sdescript.graph.Shape;
import org.sdescript.process.Process;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.TensorLeaves;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.process.ProcessValue;

/**
 * A step of sampling with a score: a predictor's from t to t + dt, or a corrector's at t. The results are the next state
 * and the same without the step's noise, and for a predictor with a memory what the next step receives.
 *
 * @param own the first arguments: the samples, t and dt
 * @param labels the arguments that the score leaves open
 */
record ExportedStep(
        Call call,
        ExportRefusal refusal,
        Callable step,
        ProcessValue process,
        Callable score,
        ExportedStates states,
        Map<String, Value> own,
        Map<String, Value> labels,
        long batch) {
    /** The number of variables of a predictor: process, score, x, t and dt. */
    private static final int OF_A_PREDICTOR = 5;

    static ExportedFunction of(
            Call call,
            ExportRefusal refusal,
            Callable step,
            ProcessValue process,
            Callable score,
            Shape sample,
            long batch) {
        Process its = process.process();
        ExportedStates states = ExportedStates.of(Optional.of(process));
        double t = (its.tMin() + its.tMax()) / 2;
        Map<String, Value> own = ExportedFunction.samples(call, states, sample, batch);
        ExportedFunction.add(own, Map.of("t", Value.number(t)), refusal);
        if (moves(step)) {
            ExportedFunction.add(own, Map.of("dt", Value.number((its.tMin() - t) / 2)), refusal);
        }
        Map<String, Value> labels = ExportedFunction.labels(call, score, batch);
        return new ExportedStep(call, refusal, step, process, score, states, own, labels, batch).function();
    }

    private static boolean moves(Callable step) {
        return step.declaredAs()
                .filter(kind -> kind == CallableKind.PREDICTOR || kind == CallableKind.CORRECTOR)
                .map(kind -> kind == CallableKind.PREDICTOR)
                .orElse(step.signature().variables().size() >= OF_A_PREDICTOR);
    }

    private ExportedFunction function() {
        ExportedMemory memory = remembers(step) ? ExportedMemory.of(call, refusal, this::memory) : ExportedMemory.NONE;
        Map<String, Value> arguments = new LinkedHashMap<>(own);
        if (memory.isCounted()) {
            ExportedFunction.add(arguments, Map.of(ExportedMemory.COUNT, Value.number(0)), refusal);
        }
        ExportedFunction.add(arguments, memory.inputs(), refusal);
        ExportedFunction.add(arguments, labels, refusal);
        List<String> results = new ArrayList<>(states.results("next"));
        results.addAll(states.results("mean"));
        results.addAll(memory.results());
        return new ExportedFunction(arguments, given -> results(given, memory), results, batch);
    }

    /** True for a predictor with a memory. */
    static boolean remembers(Callable step) {
        return step.signature().isVariable(ExportedMemory.PAST);
    }

    private Value results(List<Value> given, ExportedMemory memory) {
        int count = own.size() + (memory.isCounted() ? 1 : 0);
        List<Value> kept = given.subList(count, count + memory.inputs().size());
        int form = memory.isCounted() ? memory.form(given.get(own.size()), call) : 0;
        List<Value> results = taken(given, memory.received(form, kept, refusal));
        List<Value> all = new ArrayList<>(states.parts(results.get(0), refusal));
        all.addAll(states.parts(results.get(1), refusal));
        if (remembers(step)) {
            all.addAll(memory.returned(form, results.get(2), kept, call, refusal));
        }
        return new Value.ListValue(all);
    }

    /** Takes the step: returns the next state, the mean, and the memory if the step has one. */
    private List<Value> taken(List<Value> given, Value past) {
        List<Value> open = given.subList(given.size() - labels.size(), given.size());
        Map<String, Value> bound = ExportedFunction.bound(score, ExportedFunction.named(labels.keySet(), open));
        int samples = states.names().size();
        List<Value> arguments = new ArrayList<>(List.of(process, score.configured(bound)));
        arguments.add(states.joined(given.subList(0, samples)));
        arguments.addAll(given.subList(samples, own.size()));
        Value result = call.interpreter()
                .call(
                        step,
                        new Arguments(
                                arguments,
                                remembers(step) ? Map.of(ExportedMemory.PAST, past) : Map.of(),
                                call.span()));
        int wanted = remembers(step) ? 3 : 2;
        if (!(result instanceof Value.ListValue(var elements)) || elements.size() < wanted) {
            throw refusal.because("it gives " + result.words() + " and not "
                    + (remembers(step) ? "next, mean and its memory" : "next and mean"));
        }
        return elements;
    }

    /** Returns the form of the memory after a step that receives a memory of this form. */
    private Value memory(Value form) {
        List<Value> arguments = new ArrayList<>(own.values());
        arguments.addAll(TensorLeaves.of(form));
        arguments.addAll(labels.values());
        return Kernels.of(call.interpreter())
                .ways(
                        "memory",
                        arguments,
                        given -> {
                            var leaves = given.subList(own.size(), given.size()).iterator();
                            return taken(given, TensorLeaves.replace(form, leaf -> leaves.next()))
                                    .get(2);
                        },
                        refusal)
                .getFirst()
                .result();
    }
}
