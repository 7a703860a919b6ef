package org.sdescript.runtime;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Iterates values: lists, ranges, tensors along their first axis, strings by character, records by key, tables by row. */
public final class ValueIteration {
    private static final int LONGEST_RANGE = 10_000_000;

    private ValueIteration() {}

    static List<Value> elements(Value value, Tensors tensors, Span span) {
        return switch (value) {
            case Value.ListValue(var elements) -> elements;
            case Value.Text(String text) ->
                text.codePoints()
                        .mapToObj(letter -> (Value) Value.text(Character.toString(letter)))
                        .toList();
            case Value.RecordValue(var fields) ->
                fields.keySet().stream().map(name -> (Value) Value.text(name)).toList();
            case Value.TensorLike tensor when tensors.shape(tensor).rank() > 0 -> rows(tensor, tensors, span);
            case TensorSource source -> rows(source.tensor(), tensors, span);
            case Tabular tabular -> List.copyOf(tabular.table().rows());
            case WatchedList watched -> elements(watched.sequence(), tensors, span);
            default ->
                throw Diagnostic.error("E0406", span, value.words() + " is not a sequence")
                        .help(
                                value instanceof Callable
                                        ? "the sequence comes first: `map(e, f)`, `filter(e, f)`"
                                        : "loops go over lists, ranges such as `0..9`, and tensors row by row")
                        .raise();
        };
    }

    /** Returns the elements for a loop over several names: a record yields pairs of key and value. */
    static List<Value> elements(Value value, int names, Tensors tensors, Span span) {
        return switch (value) {
            case Value.RecordValue record when names > 1 -> pairs(record);
            case WatchedList watched -> elements(watched.sequence(), names, tensors, span);
            default -> elements(value, tensors, span);
        };
    }

    /** Returns the key-value pairs of a record, in the record's order. */
    public static List<Value> pairs(Value.RecordValue record) {
        return record.fields().entrySet().stream()
                .map(field -> (Value) Value.list(List.of(Value.text(field.getKey()), field.getValue())))
                .toList();
    }

    static boolean isSequence(Value value, Tensors tensors) {
        return switch (value) {
            case Value.ListValue list -> true;
            case Value.Text text -> true;
            case Value.RecordValue record -> true;
            case Value.TensorLike tensor -> tensors.shape(tensor).rank() > 0;
            case Value.Extension extension ->
                extension instanceof TensorSource || extension instanceof Tabular || extension instanceof WatchedList;
            case Value.Num number -> false;
            case Value.Bool bool -> false;
            case Value.None none -> false;
            case Value.FormulaValue formula -> false;
        };
    }

    /** Returns the rows of a tensor; each row is sliced on access. */
    private static List<Value> rows(Value tensor, Tensors tensors, Span span) {
        Shape shape = tensors.shape(tensor);
        Shape row = new Shape(shape.sizes().subList(1, shape.rank()));
        return new AbstractList<>() {
            @Override
            public Value get(int index) {
                Value slice = tensors.apply(new Operation.Slice(0, index, index + 1L, 1), span, tensor);
                return tensors.reshape(slice, row, span);
            }

            @Override
            public int size() {
                return Math.toIntExact(shape.size(0));
            }
        };
    }

    /** Returns the whole numbers from first to last, empty if last is smaller. */
    static Value.ListValue range(int first, int last, Span span) {
        refuseEndless((long) last - first + 1, span);
        List<Value> numbers = new ArrayList<>(Math.max(0, last - first + 1));
        for (int i = first; i <= last; i++) {
            numbers.add(Value.number(i));
        }
        return new Value.ListValue(numbers);
    }

    /** Throws if a range is too long, before the list exhausts the memory. */
    public static void refuseEndless(double numbers, Span span) {
        if (numbers > LONGEST_RANGE) {
            throw Diagnostic.error("E0431", span, "a range of " + ValueText.number(numbers) + " numbers is too long")
                    .help("`while` counts without a list")
                    .raise();
        }
    }

    /** A sequence whose loop shows its progress, the result of {@code progress(e)}. */
    record WatchedList(Value sequence, String title) implements Value.Extension {
        @Override
        public Kind kind() {
            return Kind.WATCHED_SEQUENCE;
        }

        @Override
        public List<Value> children() {
            return List.of(sequence);
        }

        @Override
        public String show() {
            return "progress(" + ValueText.show(sequence) + ")";
        }
    }

    /** Returns an iterator over the elements, with a progress display for a watched sequence. */
    static Watched watched(Value value, int names, Interpreter interpreter, Span span) {
        List<Value> elements = elements(value, names, interpreter.tensors(), span);
        boolean shown = value instanceof WatchedList && interpreter.tracer() == null;
        Console.Progress progress =
                shown ? interpreter.session().console().progress(((WatchedList) value).title(), elements.size()) : null;
        return new Watched(elements.iterator(), progress);
    }

    static final class Watched implements Iterator<Value>, AutoCloseable {
        private final Iterator<Value> elements;
        private final Console.@Nullable Progress progress;
        private long done;

        private Watched(Iterator<Value> elements, Console.@Nullable Progress progress) {
            this.elements = elements;
            this.progress = progress;
        }

        @Override
        public boolean hasNext() {
            if (progress != null) {
                progress.update(done, () -> "");
            }
            return elements.hasNext();
        }

        @Override
        public Value next() {
            done++;
            return elements.next();
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
            }
        }
    }
}
