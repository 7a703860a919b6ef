package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.check.Kind;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Chapter;
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
    public Chapter theme() {
        return Chapter.SEQUENCES;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                Builtin.named("len", "x")
                        .doc(
                                "The number of elements of a list, fields of a record, characters of a string, or entries along"
                                        + " the first axis of a tensor.")
                        .example("print(len([1, 2, 3]))  # 3")
                        .is(SequenceFunctions::length),
                Builtin.named("map", "e", "f")
                        .doc("A list of f applied to every element.")
                        .example("print(map(1..3, v -> v^2))  # [1, 4, 9]")
                        .is(call -> Value.list(elements(call, "e").stream()
                                .map(each -> call.interpreter().call(call.callable("f"), call.span(), each))
                                .toList())),
                Builtin.named("each", "x", "f")
                        .wants("f", ParameterType.A_FUNCTION)
                        .doc("f(x); for a record, a record of f applied to each field. The same code then works for one"
                                + " state and for a system.")
                        .example("print(each({x: 1, v: 2}, s -> s^2), each(3, s -> s^2))  # {x: 1, v: 4} 9")
                        .is(SequenceFunctions::each),
                Builtin.named("filter", "e", "f")
                        .doc("The elements for which f returns true.")
                        .example("print(filter(1..6, v -> v % 2 == 0))  # [2, 4, 6]")
                        .is(call -> Value.list(elements(call, "e").stream()
                                .filter(each -> Coercion.isTrue(
                                        call.interpreter().call(call.callable("f"), call.span(), each), call.span()))
                                .toList())),
                Builtin.named("zip", "a", "b")
                        .rest()
                        .doc(
                                "The first elements of all sequences, then the second elements, and so on, until the shortest"
                                        + " sequence ends.")
                        .example("print(zip([1, 2], [\"a\", \"b\"]))  # [[1, \"a\"], [2, \"b\"]]")
                        .is(SequenceFunctions::zip),
                Builtin.named("enumerate", "e")
                        .doc("Pairs of position and element.")
                        .example("print(enumerate([\"a\", \"b\"]))  # [[0, \"a\"], [1, \"b\"]]")
                        .is(SequenceFunctions::enumerate),
                Builtin.named("reversed", "e")
                        .doc("The elements from the last to the first.")
                        .example("print(reversed(1..3))  # [3, 2, 1]")
                        .is(call -> Value.list(elements(call, "e").reversed())),
                Builtin.named("sorted", "e")
                        .option("key", Value.None.NONE)
                        .option("reverse", Value.Bool.FALSE)
                        .wants("reverse", ParameterType.A_BOOLEAN)
                        .doc(
                                "The elements in ascending order, or in ascending order of key(element). Equal elements keep"
                                        + " their order.")
                        .example("print(sorted([3, 1, 2]), sorted([3, -1, 2], key = abs))  # [1, 2, 3] [-1, 2, 3]")
                        .is(Sorting::sorted),
                Builtin.named("append", "e", "v")
                        .doc("The list of the elements with one more at the end.")
                        .example("print(append([1, 2], 3))  # [1, 2, 3]")
                        .is(SequenceFunctions::append),
                Builtin.named("join", "e", "between")
                        .doc("The elements as one string, each as `print` writes it, with a separator between them.")
                        .example("print(join([1, 2, 3], \", \"))  # 1, 2, 3")
                        .is(SequenceFunctions::join),
                Builtin.named("range", "a")
                        .optional("b", Value.None.NONE)
                        .optional("step", Value.number(1))
                        .wants("step", ParameterType.number(NumberRange.ORDERED))
                        .doc("Numbers from a up to b, b not included; without b, from 0 up to a.")
                        .example("print(range(0, 10, 3))  # [0, 3, 6, 9]")
                        .is(SequenceFunctions::range),
                Builtin.named("number", "x")
                        .doc("The number in a tensor of one element, or the number written in a string.")
                        .example("print(number(tensor([3])))  # 3")
                        .is(SequenceFunctions::number),
                Builtin.named("list", "x")
                        .doc("The elements of a tensor as nested lists of numbers, or of another sequence as a list.")
                        .example("print(list(tensor([[1, 2], [3, 4]])))  # [[1, 2], [3, 4]]")
                        .is(SequenceFunctions::list),
                Builtin.named("fields", "x")
                        .doc(
                                "The values of a record's fields as a list, with inner records taken apart; for any other"
                                        + " value, a list of the value alone. The same code then works for one state and for a system.")
                        .example("print(fields({x: 1, v: 2}), fields(3))  # [1, 2] [3]")
                        .is(call -> Value.list(fields(call.value("x")))),
                Builtin.named("string", "x")
                        .doc("The text that `print` writes for a value.")
                        .example("print(string(1/3))  # 0.33333333")
                        .is(call -> Value.text(ValueText.print(call.value("x")))),
                Builtin.named("kind", "v")
                        .doc(
                                "The kind of a value: \"number\", \"tensor\", \"list\", \"record\", \"string\", \"process\"…")
                        .example("print(kind(2), kind([2]), kind(zeros([2])))  # number list tensor")
                        .is(call -> Value.text(kind(call.value("v")))),
                Builtin.named("callable", "v")
                        .doc("True if a value can be called: a function, schedule, model…")
                        .example("print(callable(linear()), callable(3))  # true false")
                        .is(call -> Value.Bool.of(call.value("v") instanceof Callable)));
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
