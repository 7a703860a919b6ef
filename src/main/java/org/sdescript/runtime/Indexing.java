package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Subscript;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/** {@code x[i]}, {@code x[a:b]}, {@code x[:, 0]}: of tensors, lists, strings, data sets and, by name, records. */
final class Indexing {
    private final Function<Expression, Value> evaluate;
    private final Tensors tensors;
    private final Span span;

    private Indexing(Function<Expression, Value> evaluate, Tensors tensors, Span span) {
        this.evaluate = evaluate;
        this.tensors = tensors;
        this.span = span;
    }

    static Value index(
            Value target,
            List<Subscript> subscripts,
            Function<Expression, Value> evaluate,
            Tensors tensors,
            Span span) {
        return new Indexing(evaluate, tensors, span).of(target, subscripts);
    }

    private Value of(Value target, List<Subscript> subscripts) {
        return switch (target) {
            case Value.ListValue(var elements) -> list(elements, single(target, subscripts));
            case Value.Text(String text) -> text(text, single(target, subscripts));
            case Value.RecordValue(var fields) -> record(target, single(target, subscripts));
            case Value.TensorLike tensor -> tensor(tensor, subscripts);
            case Sliceable data -> data.slice(rows(data, subscripts), tensors, span);
            case TensorSource source -> tensor(source.tensor(), subscripts);
            default ->
                throw Diagnostic.error("E0407", span, target.kind() + " has no elements to index")
                        .help("lists, strings, records, tensors and data sets have")
                        .raise();
        };
    }

    private Subscript single(Value target, List<Subscript> subscripts) {
        if (subscripts.size() != 1) {
            throw Diagnostic.error("E0408", span, target.kind() + " has one axis, not " + subscripts.size())
                    .help("one subscript after the other: `x[0][1]`")
                    .raise();
        }
        return subscripts.getFirst();
    }

    private Value list(List<Value> elements, Subscript subscript) {
        return switch (subscript) {
            case Subscript.At(Expression index, Span place) ->
                elements.get((int) position(number(index, place), elements.size(), "the list", place));
            case Subscript.Slice slice -> {
                Bounds bounds = bounds(slice, elements.size());
                yield Value.list(elements.subList((int) bounds.from, (int) bounds.to));
            }
        };
    }

    private Value text(String text, Subscript subscript) {
        int[] letters = text.codePoints().toArray();
        return switch (subscript) {
            case Subscript.At(Expression index, Span place) ->
                Value.text(Character.toString(
                        letters[(int) position(number(index, place), letters.length, "the string", place)]));
            case Subscript.Slice slice -> {
                Bounds bounds = bounds(slice, letters.length);
                yield Value.text(new String(letters, (int) bounds.from, (int) (bounds.to - bounds.from)));
            }
        };
    }

    private Value record(Value target, Subscript subscript) {
        if (subscript instanceof Subscript.At(Expression index, Span place)) {
            return Fields.ofRecord(
                    (Value.RecordValue) target, Convert.text(evaluate.apply(index), "a field's name", place), place);
        }
        throw Diagnostic.error("E0408", span, "a record has no slices")
                .help("a field is taken by its name: `r.mean` or `r[\"mean\"]`")
                .raise();
    }

    private Value tensor(Value tensor, List<Subscript> subscripts) {
        int rank = tensors.shape(tensor).rank();
        if (subscripts.size() > rank) {
            throw Diagnostic.error(
                            "E0507",
                            span,
                            subscripts.size() + " subscripts for a tensor of shape " + tensors.shape(tensor))
                    .help("one for each axis at most")
                    .raise();
        }
        Value result = tensor;
        List<Integer> gone = new ArrayList<>();
        for (int axis = 0; axis < subscripts.size(); axis++) {
            result = along(result, axis, subscripts.get(axis), gone);
        }
        return without(result, gone);
    }

    private Value along(Value tensor, int axis, Subscript subscript, List<Integer> gone) {
        long size = tensors.shape(tensor).size(axis);
        return switch (subscript) {
            case Subscript.Slice slice -> cut(tensor, axis, bounds(slice, size), size);
            case Subscript.At(Expression index, Span place) -> {
                Value at = evaluate.apply(index);
                if (Tensors.isTensor(at) || at instanceof Value.ListValue) {
                    yield gather(tensor, axis, at, place);
                }
                long position = position(Convert.integer(at, "an index", place), size, "axis " + axis, place);
                gone.add(axis);
                yield cut(tensor, axis, new Bounds(position, position + 1), size);
            }
        };
    }

    private Value cut(Value tensor, int axis, Bounds bounds, long size) {
        return bounds.from == 0 && bounds.to == size
                ? tensor
                : tensors.apply(new Operation.Slice(axis, bounds.from, bounds.to, 1), span, tensor);
    }

    /** Rows chosen by a list or a vector of whole numbers. */
    private Value gather(Value tensor, int axis, Value index, Span place) {
        long size = tensors.shape(tensor).size(axis);
        Value positions = index instanceof Value.ListValue(var elements)
                ? tensors.literal(
                        DType.INT64,
                        Shape.of(elements.size()),
                        elements.stream()
                                .mapToDouble(each ->
                                        position(Convert.integer(each, "an index", place), size, "axis " + axis, place))
                                .toArray(),
                        place)
                : tensors.require(index, "an index", place);
        if (!(tensors.type(positions) instanceof Type.TensorType(DType dtype, Shape shape))
                || shape.rank() != 1
                || dtype == DType.BOOL) {
            throw Diagnostic.error("E0508", place, "an index is a whole number, a slice or a vector of whole numbers")
                    .help("to choose by a mask, use `where(mask, a, b)`")
                    .raise();
        }
        return tensors.gather(tensor, axis, positions, place);
    }

    private Value without(Value tensor, List<Integer> gone) {
        if (gone.isEmpty()) {
            return tensor;
        }
        List<Long> sizes = new ArrayList<>();
        Shape shape = tensors.shape(tensor);
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!gone.contains(axis)) {
                sizes.add(shape.size(axis));
            }
        }
        return tensors.reshape(tensor, new Shape(sizes), span);
    }

    private Value rows(Sliceable data, List<Subscript> subscripts) {
        Subscript subscript = single(data, subscripts);
        long size = tensors.shape(data.tensor()).size(0);
        Bounds bounds =
                switch (subscript) {
                    case Subscript.Slice slice -> bounds(slice, size);
                    case Subscript.At(Expression index, Span place) -> {
                        long at = position(number(index, place), size, "the data", place);
                        yield new Bounds(at, at + 1);
                    }
                };
        return Value.numbers(bounds.from, bounds.to);
    }

    private record Bounds(long from, long to) {}

    /** As in Python: negative bounds count from the end, bounds outside are moved in. */
    private Bounds bounds(Subscript.Slice slice, long size) {
        long from = slice.from().map(e -> bound(e, size)).orElse(0L);
        long to = slice.to().map(e -> bound(e, size)).orElse(size);
        return new Bounds(from, Math.max(from, to));
    }

    private long bound(Expression expression, long size) {
        int given = number(expression, expression.span());
        return Math.clamp(given < 0 ? given + size : given, 0, size);
    }

    private int number(Expression expression, Span place) {
        return Convert.integer(evaluate.apply(expression), "an index", place);
    }

    private static long position(int index, long size, String what, Span place) {
        if (index < -size || index >= size) {
            throw Diagnostic.error("E0409", place, "index " + index + " is outside " + what + " of length " + size)
                    .help(
                            size == 0
                                    ? "there is nothing in it; `len(x)` tells"
                                    : "indices go from 0 to " + (size - 1) + ", or from the end: -1 is the last")
                    .raise();
        }
        return index < 0 ? index + size : index;
    }
}
