package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.TensorFunctions;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Functions that rearrange elements. */
public final class Shaping implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("reshape", call -> reshape(call, call.tensor("x"), call.list("shape"))),
                Map.entry("flatten", Shaping::flatten),
                Map.entry("align", Shaping::align),
                Map.entry("transpose", Shaping::transpose),
                Map.entry("concat", call -> byField(call, parts -> joined(call, parts))),
                Map.entry("stack", call -> byField(call, parts -> stack(parts, call.integer("axis"), call))),
                Map.entry("split", Shaping::split),
                Map.entry("gather", Shaping::gather));
    }

    private static Value reshape(Call call, Value x, List<Value> sizes) {
        if (sizes.stream().filter(Value.number(-1)::equals).count() > 1) {
            throw call.error("E0421", "a shape has one -1 at most and no other negative size");
        }
        double known = 1;
        int open = -1;
        List<Long> result = new ArrayList<>();
        for (Value size : sizes) {
            long given = Coercion.integer(size, "a size in the shape", call.span());
            if (given == -1 && open < 0) {
                open = result.size();
            } else {
                known *= given;
            }
            result.add(given);
        }
        if (open >= 0) {
            long elements = call.tensors().shape(x).elements();
            if (known <= 0 || elements % known != 0) {
                throw call.diagnostic(
                                "E0504",
                                "a tensor of shape " + call.tensors().shape(x) + " cannot become "
                                        + ValueText.show(call.value("shape")))
                        .help(elements + " elements are not a multiple of " + ValueText.number(known))
                        .raise();
            }
            result.set(open, elements / (long) known);
        }
        if (result.stream().anyMatch(size -> size < 0)) {
            throw call.error("E0421", "a shape has one -1 at most and no other negative size");
        }
        return call.tensors().reshape(x, new Shape(result), call.span());
    }

    private static Value flatten(Call call) {
        Value x = call.tensor("x");
        Shape shape = call.tensors().shape(x);
        long first = shape.rank() == 0 ? 1 : shape.size(0);
        return call.tensors().reshape(x, Shape.of(first, first == 0 ? 0 : shape.elements() / first), call.span());
    }

    private static Value align(Call call) {
        Value samples = call.value("x") instanceof Value.RecordValue(var states) && !states.isEmpty()
                ? call.tensors().require(states.values().iterator().next(), "a field of x", call.span())
                : call.tensor("x");
        return call.tensors().align(call.tensor("v"), samples, call.span());
    }

    private static Value transpose(Call call) {
        Value x = call.tensor("x");
        if (call.given("order").isEmpty()) {
            return TensorFunctions.transpose(x, call.tensors(), call.span());
        }
        int rank = call.tensors().shape(x).rank();
        List<Integer> order = call.list("order").stream()
                .map(axis -> call.tensors().axis(axis, rank, call.span()))
                .toList();
        if (!order.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, rank).boxed().toList())) {
            throw call.error("E0506", "an order of axes names each of the " + rank + " axes once");
        }
        return call.tensors().apply(new Operation.Permute(order), call.span(), x);
    }

    private static List<Value> parts(Call call) {
        List<Value> parts = call.list("parts").stream()
                .map(part -> call.tensors().require(part, "a part in " + call.name(), call.span()))
                .toList();
        if (parts.isEmpty()) {
            throw call.error("E0422", call.name() + " needs at least one tensor");
        }
        return parts;
    }

    private static Value joined(Call call, List<Value> parts) {
        Shape first = call.tensors().shape(parts.getFirst());
        if (call.given("axis").isEmpty()) {
            requireOneWay(parts, first, call);
        }
        Value axis = call.given("axis").orElse(Value.number(-1));
        return TensorFunctions.concat(
                parts, call.tensors().axis(axis, first.rank(), call.span()), call.tensors(), call.span());
    }

    /**
     * Throws if the tensors do not join along the last axis, or would join along any axis: the script must then give
     * the axis.
     */
    private static void requireOneWay(List<Value> parts, Shape first, Call call) {
        List<Shape> shapes = parts.stream().map(call.tensors()::shape).toList();
        boolean same = first.rank() >= 3 && shapes.size() > 1 && shapes.stream().allMatch(first::equals);
        Optional<Shape> other =
                shapes.stream().filter(shape -> !joinsLast(first, shape)).findFirst();
        if (same) {
            throw call.diagnostic("E0518", shapes.size() + " tensors of shape " + first + " join along any axis")
                    .help("give the axis: `axis = 0` makes one batch of all samples, `axis = 1` joins channels")
                    .raise();
        }
        if (other.isPresent()) {
            throw call.diagnostic(
                            "E0505", "shapes " + first + " and " + other.get() + " do not join along the last axis")
                    .help("give the axis: `axis = 0` joins samples")
                    .raise();
        }
    }

    /**
     * True if the shapes join along the last axis. Axes of size 1 broadcast; different ranks are left to the error of
     * {@code concat}.
     */
    private static boolean joinsLast(Shape a, Shape b) {
        if (a.rank() != b.rank()) {
            return true;
        }
        for (int axis = 0; axis < a.rank() - 1; axis++) {
            if (a.size(axis) != b.size(axis) && a.size(axis) != 1 && b.size(axis) != 1) {
                return false;
            }
        }
        return true;
    }

    /** Joins tensors, or for records the tensors of each field. */
    private static Value byField(Call call, Function<List<Value>, Value> join) {
        List<Value> parts = call.list("parts");
        if (parts.isEmpty() || !(parts.getFirst() instanceof Value.RecordValue(var first))) {
            return join.apply(parts(call));
        }
        Map<String, Value> whole = new LinkedHashMap<>();
        for (String name : first.keySet()) {
            whole.put(
                    name,
                    join.apply(
                            parts.stream().map(part -> field(part, name, call)).toList()));
        }
        return new Value.RecordValue(whole);
    }

    private static Value field(Value part, String name, Call call) {
        if (part instanceof Value.RecordValue(var fields) && fields.get(name) instanceof Value field) {
            return tensor(field, call);
        }
        throw Coercion.mismatch(
                part, "each part", "a record with the fields of the first, `" + name + "` one of them", call.span());
    }

    static Value stack(List<Value> parts, int axis, Call call) {
        int rank = call.tensors().shape(parts.getFirst()).rank() + 1;
        int at = call.tensors().axis(Value.number(axis), rank, call.span());
        requireOneShape(parts, call);
        List<Value> rows = parts.stream()
                .map(part -> {
                    List<Long> sizes =
                            new ArrayList<>(call.tensors().shape(part).sizes());
                    sizes.add(Math.min(at, sizes.size()), 1L);
                    return call.tensors()
                            .apply(new Operation.Reshape(new Shape(sizes)), call.span(), tensor(part, call));
                })
                .toList();
        return call.tensors().apply(new Operation.Concat(at), call.span(), rows);
    }

    private static void requireOneShape(List<Value> parts, Call call) {
        Shape first = call.tensors().shape(parts.getFirst());
        for (Value part : parts) {
            Shape shape = call.tensors().shape(part);
            if (!shape.equals(first)) {
                throw call.diagnostic("E0505", "shapes " + first + " and " + shape + " do not stack")
                        .help("`stack` takes tensors of one shape; `concat` joins along an existing axis")
                        .raise();
            }
        }
    }

    private static Value tensor(Value part, Call call) {
        return part instanceof Value.Num ? call.tensors().fill(part, Shape.SCALAR, call.span()) : part;
    }

    private static Value split(Call call) {
        Value x = call.tensor("x");
        Shape shape = call.tensors().shape(x);
        int axis = call.tensors().axis(call.value("axis"), shape.rank(), call.span());
        List<Value> pieces = new ArrayList<>();
        long from = 0;
        for (long size : sizes(call, shape.size(axis))) {
            pieces.add(call.tensors().apply(new Operation.Slice(axis, from, from + size, 1), call.span(), x));
            from += size;
        }
        return Value.list(pieces);
    }

    private static List<Long> sizes(Call call, long whole) {
        if (call.value("sizes") instanceof Value.ListValue) {
            List<Long> given = call.shape("sizes").sizes();
            long total = given.stream().mapToLong(Long::longValue).sum();
            if (total != whole) {
                throw call.diagnostic("E0515", "pieces of " + given + " have " + total + " elements, not " + whole)
                        .help("the sizes of the pieces add up to the size of the axis")
                        .raise();
            }
            return given;
        }
        int count = call.integer("sizes");
        if (whole % count != 0) {
            throw call.diagnostic("E0515", whole + " elements do not split into " + count + " equal pieces")
                    .help("give the sizes: `split(x, [2, 3])`")
                    .raise();
        }
        return java.util.Collections.nCopies(count, whole / count);
    }

    private static Value gather(Call call) {
        if (call.value("x") instanceof Value.RecordValue(var states)) {
            Map<String, Value> gathered = new LinkedHashMap<>();
            states.forEach((name, state) ->
                    gathered.put(name, gather(call.tensors().require(state, "a field of x", call.span()), call)));
            return new Value.RecordValue(gathered);
        }
        return gather(call.tensor("x"), call);
    }

    private static Value gather(Value x, Call call) {
        int axis =
                call.tensors().axis(call.value("axis"), call.tensors().shape(x).rank(), call.span());
        return call.tensors().gather(x, axis, call.tensor("index"), call.span());
    }
}
