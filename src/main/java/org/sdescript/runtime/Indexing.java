package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Subscript;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/**
 * Indexing {@code x[i]}, {@code x[a:b]}, {@code x[:, 0]} of tensors, lists, strings and data sets, and by name, of
 * records and of tables' columns.
 */
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
            case Sliceable data -> data(data, subscripts);
            case TensorSource source -> tensor(source.tensor(), subscripts);
            case Tabular tabular -> table(tabular.table(), single(target, subscripts));
            default ->
                throw Diagnostic.error("E0407", span, target.words() + " has no elements to index")
                        .help("lists, strings, records, tensors and data sets have elements")
                        .raise();
        };
    }

    private Subscript single(Value target, List<Subscript> subscripts) {
        if (subscripts.size() != 1) {
            throw Diagnostic.error("E0408", span, target.words() + " has one axis, not " + subscripts.size())
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
                SlicePositions bounds = bounds(slice, elements.size());
                List<Value> taken = new ArrayList<>();
                for (int i = 0; i < bounds.count(); i++) {
                    taken.add(elements.get(bounds.position(i)));
                }
                yield new Value.ListValue(taken);
            }
        };
    }

    /** Takes a column by its name, a row by its position, or the rows of a slice as a table. */
    private Value table(TableValue table, Subscript subscript) {
        if (subscript instanceof Subscript.At(Expression index, Span place)
                && evaluate.apply(index) instanceof Value.Text(String name)) {
            return FieldAccess.ofRecord(table.byColumn(), name, place);
        }
        Value rows = list(List.copyOf(table.rows()), subscript);
        return rows instanceof Value.ListValue(var several)
                ? table.with(several.stream().map(Value.RecordValue.class::cast).toList())
                : rows;
    }

    private Value text(String text, Subscript subscript) {
        int[] letters = text.codePoints().toArray();
        return switch (subscript) {
            case Subscript.At(Expression index, Span place) ->
                Value.text(Character.toString(
                        letters[(int) position(number(index, place), letters.length, "the string", place)]));
            case Subscript.Slice slice -> {
                SlicePositions bounds = bounds(slice, letters.length);
                StringBuilder taken = new StringBuilder();
                for (int i = 0; i < bounds.count(); i++) {
                    taken.appendCodePoint(letters[bounds.position(i)]);
                }
                yield Value.text(taken.toString());
            }
        };
    }

    private Value record(Value target, Subscript subscript) {
        if (subscript instanceof Subscript.At(Expression index, Span place)) {
            return FieldAccess.ofRecord(
                    (Value.RecordValue) target, Coercion.text(evaluate.apply(index), "a field's name", place), place);
        }
        throw Diagnostic.error("E0408", span, "a record has no slices")
                .help("a field is taken by its name: `r.mean` or `r[\"mean\"]`")
                .raise();
    }

    private Value tensor(Value tensor, List<Subscript> subscripts) {
        requireAxes(tensors.shape(tensor), subscripts);
        if (subscripts.size() == 1 && subscripts.getFirst() instanceof Subscript.At(Expression index, Span place)) {
            Value at = evaluate.apply(index);
            if (MaskIndexing.isMask(at, tensors)) {
                return MaskIndexing.elements(tensor, at, tensors, place);
            }
            Selection selection = at(at, 0, tensors.shape(tensor).size(0), "axis 0", place);
            return without(selection.of().apply(tensor), selection.single() ? List.of(0) : List.of());
        }
        return along(tensor, subscripts, 0, new ArrayList<>());
    }

    private void requireAxes(Shape shape, List<Subscript> subscripts) {
        if (subscripts.size() > shape.rank()) {
            throw Diagnostic.error("E0507", span, subscripts.size() + " subscripts for a tensor of shape " + shape)
                    .help("give at most one subscript for each axis")
                    .raise();
        }
    }

    /**
     * Applies the subscripts of the axes from {@code from} on.
     *
     * @param gone the earlier axes that were indexed by a single position
     */
    private Value along(Value tensor, List<Subscript> subscripts, int from, List<Integer> gone) {
        Value result = tensor;
        for (int axis = from; axis < subscripts.size(); axis++) {
            Selection selection =
                    selection(axis, tensors.shape(result).size(axis), subscripts.get(axis), "axis " + axis);
            result = selection.of().apply(result);
            if (selection.single()) {
                gone.add(axis);
            }
        }
        return without(result, gone);
    }

    /**
     * Indexes a data set. Several rows are a data set of samples and labels; one row is a sample; further subscripts
     * index the tensor of samples.
     */
    private Value data(Sliceable data, List<Subscript> subscripts) {
        Shape shape = tensors.shape(data);
        requireAxes(shape, subscripts);
        boolean alone = subscripts.size() == 1;
        if (alone && subscripts.getFirst() instanceof Subscript.At(Expression index, Span place)) {
            Value at = evaluate.apply(index);
            if (at instanceof Value.Text(String name)) {
                return column(data, name, place);
            }
            return MaskIndexing.isMask(at, tensors)
                            && MaskIndexing.shape(at, tensors).rank() > 1
                    ? MaskIndexing.elements(data.tensor(), at, tensors, place)
                    : rows(data, at(at, 0, shape.size(0), "the data", place), subscripts);
        }
        return rows(data, selection(0, shape.size(0), subscripts.getFirst(), "the data"), subscripts);
    }

    private Value column(Sliceable data, String name, Span place) {
        List<String> columns = data.columns();
        int position = columns.indexOf(name);
        if (position < 0) {
            Diagnostic error = Diagnostic.error("E0717", place, "the data has no column \"" + name + "\"");
            throw columns.isEmpty()
                    ? error.help("only tables have columns with names; `x[:, 0]` is the first one")
                            .raise()
                    : Spelling.nearestOfFew(name, columns)
                            .map(near -> error.meant("\"" + near + "\""))
                            .orElse(error)
                            .note("its columns are " + String.join(", ", columns))
                            .raise();
        }
        return without(cut(data.tensor(), 1, SlicePositions.single(position), columns.size()), List.of(1));
    }

    private Value rows(Sliceable data, Selection first, List<Subscript> subscripts) {
        Value rows = data.select(first.of());
        boolean several = subscripts.size() == 1 && !first.single();
        return several || !(rows instanceof TensorSource taken)
                ? rows
                : along(taken.tensor(), subscripts, 1, new ArrayList<>(first.single() ? List.of(0) : List.of()));
    }

    /** A selection along one axis; {@code single} if the selection is one position, which removes the axis. */
    private record Selection(UnaryOperator<Value> of, boolean single) {}

    private Selection selection(int axis, long size, Subscript subscript, String what) {
        return switch (subscript) {
            case Subscript.Slice slice -> {
                SlicePositions bounds = bounds(slice, size);
                yield new Selection(x -> cut(x, axis, bounds, size), false);
            }
            case Subscript.At(Expression index, Span place) -> at(evaluate.apply(index), axis, size, what, place);
        };
    }

    private Selection at(Value at, int axis, long size, String what, Span place) {
        if (Tensors.isTensor(at) || at instanceof Value.ListValue) {
            Value positions = positions(at, size, what, place);
            return new Selection(x -> tensors.gather(x, axis, positions, place), false);
        }
        long position = position(Coercion.integer(at, "an index", place), size, what, place);
        return new Selection(x -> cut(x, axis, SlicePositions.single(position), size), true);
    }

    private Value cut(Value tensor, int axis, SlicePositions bounds, long size) {
        if (bounds.isAll(size)) {
            return tensor;
        }
        if (bounds.step() < 0) {
            double[] positions = IntStream.range(0, (int) bounds.count())
                    .mapToDouble(bounds::position)
                    .toArray();
            Value chosen = tensors.literal(DType.INT64, Shape.of(positions.length), positions, span);
            return tensors.gather(tensor, axis, chosen, span);
        }
        long end = Math.min(size, bounds.from() + bounds.count() * bounds.step());
        return tensors.apply(new Operation.Slice(axis, bounds.from(), end, bounds.step()), span, tensor);
    }

    /** Returns positions from a list or vector of whole numbers or truth values. */
    private Value positions(Value index, long size, String what, Span place) {
        if (MaskIndexing.isMask(index, tensors)) {
            MaskIndexing.refuseOtherLength(MaskIndexing.shape(index, tensors), size, what, place);
            return MaskIndexing.positions(index, tensors, place);
        }
        Value positions = index instanceof Value.ListValue(var elements)
                ? tensors.literal(
                        DType.INT64,
                        Shape.of(elements.size()),
                        elements.stream()
                                .mapToDouble(
                                        each -> position(Coercion.integer(each, "an index", place), size, what, place))
                                .toArray(),
                        place)
                : tensors.require(index, "an index", place);
        if (!(tensors.type(positions) instanceof Type.TensorType(DType dtype, Shape shape)) || shape.rank() != 1) {
            throw Diagnostic.error("E0508", place, "an index is a whole number, a slice or a vector of whole numbers")
                    .help("a vector of positions is `tensor([0, 2])`; a mask of truth values is also an index:"
                            + " `x[x > 0]`")
                    .raise();
        }
        return positions;
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

    private SlicePositions bounds(Subscript.Slice slice, long size) {
        int step = slice.step().map(e -> number(e, e.span())).orElse(1);
        if (step == 0) {
            throw Diagnostic.error("E0421", slice.span(), "the step of a slice is not 0")
                    .help("`x[::2]` takes every second element, `x[::-1]` all of them backwards")
                    .raise();
        }
        return SlicePositions.of(bound(slice.from()), bound(slice.to()), step, size);
    }

    /** Returns the number of a bound, or null for an omitted bound. */
    private @Nullable Long bound(Optional<Expression> bound) {
        return bound.map(e -> (long) number(e, e.span())).orElse(null);
    }

    private int number(Expression expression, Span place) {
        return Coercion.integer(evaluate.apply(expression), "an index", place);
    }

    private static long position(int index, long size, String what, Span place) {
        if (index < -size || index >= size) {
            throw Diagnostic.error("E0409", place, "index " + index + " is outside " + what + " of length " + size)
                    .help(
                            size == 0
                                    ? "there are no elements: `len(x)` is 0"
                                    : "indices go from 0 to " + (size - 1) + ", or from the end: -1 is the last")
                    .raise();
        }
        return index < 0 ? index + size : index;
    }
}
