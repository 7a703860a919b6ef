package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.OpenVariables;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.source.Span;

/** Binds the conditions of a model, as {@code sample(…, given = …)} and {@code conditioned} give them. */
final class ModelConditions {
    private ModelConditions() {}

    /**
     * Returns the model with the conditions bound.
     *
     * @param score the model, perhaps with other conditions bound
     * @param bound the conditions that are bound
     * @param given a value, a record of values by name, or none
     */
    static Callable bound(
            Callable score,
            ModelValue model,
            Map<String, Value> bound,
            Value given,
            Interpreter interpreter,
            Span span) {
        if (given == Value.None.NONE) {
            requireWithout(model, bound, span);
            return score;
        }
        List<String> all = Stream.concat(
                        Networks.further(model.untrained()).stream()
                                .map(SlotTable.Slot::name)
                                .filter(name -> !name.equals(TrainedConditions.TOLD)),
                        model.conditions().ofProcess().stream().map(TrainedCondition::name))
                .distinct()
                .toList();
        Map<String, Value> named =
                new LinkedHashMap<>(OpenVariables.named(open(model, bound), all, given, "the model", span));
        return (Callable) interpreter.call(score, new Arguments(List.of(), named, span));
    }

    /** Returns the variables of which a value alone fills the only one; a model of an older file knows no conditions. */
    private static List<String> open(ModelValue model, Map<String, Value> bound) {
        return model.conditions().isEmpty()
                ? model.open(bound.keySet())
                : model.conditions().open(bound.keySet());
    }

    /** Throws unless the model can be called with no more than the bound conditions. */
    private static void requireWithout(ModelValue model, Map<String, Value> bound, Span span) {
        TrainedConditions conditions = model.conditions();
        List<String> open = model.open(bound.keySet()).stream()
                .filter(name -> !conditions.mayLack(name))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        Optional<TrainedCondition> missing = conditions.named(open.getFirst());
        if (missing.isPresent()) {
            throw conditions.missing(missing.get(), span);
        }
        throw Diagnostic.error("E0820", span, "the network of the model needs `" + open.getFirst() + "`")
                .help("`model(" + open.getFirst() + " = …)` gives it")
                .raise();
    }
}
