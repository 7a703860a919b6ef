package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueIteration;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.WorkLimits;

/** Functions of lists and other sequences. */
public final class SequenceFunctions implements BuiltinLibrary {
    /** The heap size of a number as a value of a script, with the reference to it. */
    private static final int BYTES_OF_A_NUMBER = 20;

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("len", SequenceFunctions::length),
                Map.entry(
                        "map",
                        call -> Value.list(elements(call, "e").stream()
                                .map(each -> call.interpreter().call(call.callable("f"), call.span(), each))
                                .toList())),
                Map.entry("each", SequenceFunctions::each),
                Map.entry(
                        "filter",
                        call -> Value.list(elements(call, "e").stream()
                                .filter(each -> Coercion.isTrue(
                                        call.interpreter().call(call.callable("f"), call.span(), each), call.span()))
                                .toList())),
                Map.entry("zip", SequenceFunctions::zip),
                Map.entry("enumerate", SequenceFunctions::enumerate),
                Map.entry("reversed", call -> Value.list(elements(call, "e").reversed())),
                Map.entry("sorted", Sorting::sorted),
                Map.entry("append", SequenceFunctions::append),
                Map.entry("join", SequenceFunctions::join),
                Map.entry("range", SequenceFunctions::range),
                Map.entry("number", SequenceFunctions::number),
                Map.entry("list", SequenceFunctions::list),
                Map.entry("fields", call -> Value.list(fields(call.value("x")))),
                Map.entry("string", call -> Value.text(ValueText.print(call.value("x")))),
                Map.entry("kind", call -> Value.text(kind(call.value("v")))),
                Map.entry("callable", call -> Value.Bool.of(call.value("v") instanceof Callable)));
    }

    private static List<Value> elements(Call call, String slot) {
        return call.interpreter().elements(call.value(slot), call.span());
    }

    private static Value length(Call call) {
        if (call.value("x") instanceof Value.RecordValue(var fields)) {
            return Value.number(fields.size());
        }
        return Value.number(elements(call, "x").size());
    }

    /** Returns the kind as in messages, without its article. */
    private static String kind(Value value) {
        return (value.kind() == Kind.TRACED_NUMBER ? Kind.NUMBER : value.kind()).word();
    }

    private static List<Value> fields(Value value) {
        return value instanceof Value.RecordValue(var fields)
                ? fields.values().stream()
                        .flatMap(field -> fields(field).stream())
                        .toList()
                : List.of(value);
    }

    private static Value each(Call call) {
        Callable f = call.callable("f");
        if (call.value("x") instanceof Value.RecordValue(var fields)) {
            Map<String, Value> results = new LinkedHashMap<>();
            fields.forEach((name, field) -> results.put(name, call.interpreter().call(f, call.span(), field)));
            return new Value.RecordValue(results);
        }
        return call.interpreter().call(f, call.span(), call.value("x"));
    }

    private static Value zip(Call call) {
        List<List<Value>> sequences = new ArrayList<>(List.of(elements(call, "a"), elements(call, "b")));
        call.rest().forEach(more -> sequences.add(call.interpreter().elements(more, call.span())));
        int shortest = sequences.stream().mapToInt(List::size).min().orElseThrow();
        List<Value> tuples = new ArrayList<>();
        for (int i = 0; i < shortest; i++) {
            StopRequest.poll();
            int at = i;
            tuples.add(Value.list(sequences.stream().map(each -> each.get(at)).toList()));
        }
        return Value.list(tuples);
    }

    private static Value append(Call call) {
        List<Value> longer = new ArrayList<>(call.list("e"));
        longer.add(call.value("v"));
        return new Value.ListValue(longer);
    }

    private static Value join(Call call) {
        String between = call.text("between");
        List<String> parts = new ArrayList<>();
        double characters = 0;
        for (Value element : elements(call, "e")) {
            StopRequest.poll();
            parts.add(ValueText.print(element));
            characters += parts.getLast().length() + (parts.size() > 1 ? between.length() : 0);
            WorkLimits.textFits(characters, call.span());
        }
        return Value.text(String.join(between, parts));
    }

    private static Value enumerate(Call call) {
        List<Value> pairs = new ArrayList<>();
        for (Value element : elements(call, "e")) {
            StopRequest.poll();
            pairs.add(Value.list(List.of(Value.number(pairs.size()), element)));
        }
        return Value.list(pairs);
    }

    private static Value range(Call call) {
        boolean fromZero = call.given("b").isEmpty();
        int from = fromZero ? 0 : whole(call, "a");
        int to = whole(call, fromZero ? "a" : "b");
        int step = whole(call, "step");
        if (step == 0) {
            throw call.error("E0421", "the step of a range is not 0");
        }
        ValueIteration.refuseEndless(Math.ceil(((double) to - from) / step), call.span());
        List<Value> numbers = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            numbers.add(Value.number(i));
        }
        return Value.list(numbers);
    }

    private static int whole(Call call, String slot) {
        double value = call.number(slot);
        if (Double.isFinite(value) && value != Math.rint(value)) {
            String message = "a range is of whole numbers, but `" + slot + "` is " + ValueText.number(value);
            throw Diagnostic.error("E0420", call.place(slot), message)
                    .help("`arange(a, b, step)` and `linspace(a, b, n)` make tensors of others; loops go over them too")
                    .raise();
        }
        return call.integer(slot);
    }

    private static Value number(Call call) {
        if (call.value("x") instanceof Value.Text(String text)) {
            try {
                return Value.number(Double.parseDouble(text.strip().replace("_", "")));
            } catch (NumberFormatException e) {
                throw call.diagnostic("E0433", "\"" + text + "\" does not spell a number")
                        .help("numbers are spelled as in scripts: 2, -0.5, 1e-5, 20_000")
                        .raise();
            }
        }
        if (call.value("x") instanceof Value.TracedValue traced) {
            if (traced.node().isNumber()) {
                return traced;
            }
            throw call.diagnostic("E0452", "a kernel does not know the numbers in its tensors")
                    .help("a tensor of one element broadcasts like a number; leave `number` out")
                    .raise();
        }
        return Value.number(call.number("x"));
    }

    private static Value list(Call call) {
        if (call.value("x") instanceof Value.TensorValue(var tensor)) {
            WorkLimits.fitsHeap(BYTES_OF_A_NUMBER * (double) tensor.shape().elements(), "this list", call.span());
            return nested(
                    tensor.toDoubles(), tensor.shape(), 0, 0, tensor.shape().elements());
        }
        return Value.list(elements(call, "x"));
    }

    private static Value nested(double[] values, Shape shape, int axis, long from, long count) {
        if (axis == shape.rank()) {
            return Value.number(values[(int) from]);
        }
        List<Value> rows = new ArrayList<>();
        long inner = shape.size(axis) == 0 ? 0 : count / shape.size(axis);
        for (long i = 0; i < shape.size(axis); i++) {
            StopRequest.poll();
            rows.add(nested(values, shape, axis + 1, from + i * inner, inner));
        }
        return Value.list(rows);
    }
}
