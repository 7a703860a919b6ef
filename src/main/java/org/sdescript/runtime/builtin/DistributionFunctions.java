package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.process.Distribution;
import org.sdescript.runtime.process.IdealValue;
import org.sdescript.runtime.process.IndependentStates;
import org.sdescript.runtime.process.MixtureValue;
import org.sdescript.runtime.process.NormalValue;

/** Data laws with exact marginal scores. */
public final class DistributionFunctions implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("normal", call -> normal(call, call.value("mean"), call.value("std"))),
                Map.entry("mixture", DistributionFunctions::mixture),
                Map.entry("normal_parts", DistributionFunctions::normalParts),
                Map.entry("ideal", DistributionFunctions::ideal));
    }

    private static Value normalParts(Call call) {
        return switch (call.value("law")) {
            case NormalValue law -> Value.list(List.of(part(1, law)));
            case MixtureValue mixture
            when mixture.parts().stream().allMatch(NormalValue.class::isInstance) -> {
                List<Value> parts = new ArrayList<>();
                for (int k = 0; k < mixture.parts().size(); k++) {
                    parts.add(part(mixture.weights().get(k), (NormalValue)
                            mixture.parts().get(k)));
                }
                yield Value.list(parts);
            }
            case Value other ->
                throw call.diagnostic("E0663", other.words() + " has no normal parts")
                        .help("give `normal` or `mixture`, of one state")
                        .raise();
        };
    }

    private static Value part(double weight, NormalValue law) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("weight", Value.number(weight));
        fields.put("mean", law.mean());
        fields.put("std", law.std());
        return new Value.RecordValue(fields);
    }

    private static Value ideal(Call call) {
        Value data =
                switch (call.value("data")) {
                    case TensorSource source -> source.tensor();
                    case Value.ListValue list -> call.tensorOf(list);
                    default -> call.tensor("data");
                };
        if (!Tensors.isTensor(data)
                || call.tensors().shape(data).rank() == 0
                || call.tensors().shape(data).elements() == 0) {
            throw call.mismatch("data", "a data set or a tensor of samples [n, …]");
        }
        return new IdealValue(data);
    }

    private static Value mixture(Call call) {
        List<Value> means = rows(call, "means");
        if (means.isEmpty()) {
            throw call.diagnostic("E0656", "a mixture has at least one part, and no means are given")
                    .help("give a mean for each part: `mixture(means = [-1, 1], stds = 0.2)`")
                    .raise();
        }
        Value stds = call.value("stds");
        List<Value> spreads = isOne(stds) ? means.stream().map(mean -> stds).toList() : rows(call, "stds");
        List<Value> weights = call.given("weights").isPresent()
                ? rows(call, "weights")
                : means.stream().<Value>map(mean -> Value.number(1)).toList();
        refuseUneven(call, "standard deviations", spreads.size(), means.size());
        refuseUneven(call, "weights", weights.size(), means.size());
        List<Distribution> parts = new ArrayList<>();
        for (int i = 0; i < means.size(); i++) {
            parts.add(normal(call, means.get(i), spreads.get(i)));
        }
        refuseMixedStates(call, parts);
        return new MixtureValue(shares(call, weights), parts, call.interpreter());
    }

    private static void refuseMixedStates(Call call, List<Distribution> parts) {
        List<Set<String>> states = parts.stream()
                .map(part ->
                        part instanceof IndependentStates laws ? laws.laws().keySet() : Set.<String>of())
                .distinct()
                .toList();
        if (states.size() > 1) {
            throw call.diagnostic("E0661", "the parts of a mixture must have the same states, but these differ")
                    .note("there are parts of "
                            + states.stream()
                                    .map(its -> its.isEmpty() ? "one state without a name" : String.join(", ", its))
                                    .collect(Collectors.joining("; of ")))
                    .help("write every mean as a record of the same states, or every one as numbers")
                    .raise();
        }
    }

    private static boolean isOne(Value stds) {
        return stds instanceof Value.Num || stds instanceof Value.RecordValue;
    }

    /** Returns the elements of a list, or the rows of a tensor. */
    private static List<Value> rows(Call call, String slot) {
        return switch (call.value(slot)) {
            case Value.None none -> List.of();
            case Value.ListValue(var elements) -> elements;
            case Value other -> {
                Value tensor = call.tensor(slot);
                if (call.tensors().shape(tensor).rank() == 0) {
                    throw Coercion.mismatch(
                            other, "`" + slot + "` of mixture", "a list, an element for each part", call.place(slot));
                }
                int n = Math.toIntExact(call.tensors().shape(tensor).size(0));
                List<Value> rows = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    rows.add(row(call, tensor, i));
                }
                yield rows;
            }
        };
    }

    private static Value row(Call call, Value tensor, int i) {
        Shape shape = call.tensors().shape(tensor);
        Value slice = call.tensors().apply(new Operation.Slice(0, i, i + 1, 1), call.span(), tensor);
        return call.tensors().reshape(slice, new Shape(shape.sizes().subList(1, shape.rank())), call.span());
    }

    private static void refuseUneven(Call call, String what, int count, int parts) {
        if (count != parts) {
            throw call.diagnostic("E0657", "a mixture of " + parts + " means with " + count + " " + what)
                    .help("give one for each mean")
                    .raise();
        }
    }

    private static List<Double> shares(Call call, List<Value> weights) {
        double[] given = weights.stream()
                .mapToDouble(weight -> Coercion.number(weight, "a weight of mixture", call.place("weights")))
                .toArray();
        double total = Arrays.stream(given).sum();
        OptionalDouble wrong = Arrays.stream(given)
                .filter(weight -> !(weight > 0) || Double.isInfinite(weight))
                .findFirst();
        if (wrong.isPresent()) {
            throw call.diagnostic(
                            "E0658",
                            "the weight of a part is positive, and not " + ValueText.number(wrong.getAsDouble()))
                    .help("leave a part without weight out of the mixture")
                    .raise();
        }
        return Arrays.stream(given).map(weight -> weight / total).boxed().toList();
    }

    /**
     * Returns the law of a single state, or of the states named by records; a number beside a record applies to every
     * state.
     */
    private static Distribution normal(Call call, Value mean, Value std) {
        Set<String> states = states(call, mean, std);
        if (states.isEmpty()) {
            return law(call, mean, std);
        }
        Map<String, NormalValue> laws = new LinkedHashMap<>();
        states.forEach(state -> laws.put(state, law(call, ofState(mean, state), ofState(std, state))));
        return new IndependentStates(laws);
    }

    private static Set<String> states(Call call, Value mean, Value std) {
        Set<String> centred = mean instanceof Value.RecordValue(var fields) ? fields.keySet() : Set.of();
        Set<String> spread = std instanceof Value.RecordValue(var fields) ? fields.keySet() : Set.of();
        if (!centred.isEmpty() && !spread.isEmpty() && !centred.equals(spread)) {
            throw call.diagnostic(
                            "E0659",
                            "the means are of " + String.join(", ", centred) + ", and the standard deviations of "
                                    + String.join(", ", spread))
                    .help("give both for each state, or one number for all")
                    .raise();
        }
        return centred.isEmpty() ? spread : centred;
    }

    private static Value ofState(Value value, String state) {
        return value instanceof Value.RecordValue(var fields) ? Objects.requireNonNull(fields.get(state)) : value;
    }

    private static NormalValue law(Call call, Value mean, Value std) {
        return new NormalValue(plain(call, mean, "a mean"), positive(call, plain(call, std, "a standard deviation")));
    }

    /** Converts a constant formula to a number and a list to a tensor. */
    private static Value plain(Call call, Value value, String what) {
        return switch (value) {
            case Value.FormulaValue formula -> Value.number(Coercion.number(formula, what, call.span()));
            case Value.ListValue list -> call.tensorOf(list);
            case TensorSource source -> source.tensor();
            default -> call.tensors().require(value, what, call.span());
        };
    }

    private static Value positive(Call call, Value std) {
        double[] given =
                switch (std) {
                    case Value.Num(double number) -> new double[] {number};
                    case Value.TensorValue(var tensor) -> tensor.peek();
                    default -> new double[0];
                };
        OptionalDouble wrong = Arrays.stream(given).filter(each -> !(each > 0)).findFirst();
        if (wrong.isPresent()) {
            throw call.diagnostic(
                            "E0632",
                            "a standard deviation is positive, and not " + ValueText.number(wrong.getAsDouble()))
                    .help("`normal(mean = 0, std = 1)` is the standard normal distribution")
                    .raise();
        }
        return std;
    }
}
