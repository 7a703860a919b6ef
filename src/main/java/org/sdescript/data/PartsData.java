package org.sdescript.data;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.sdescript.backend.MemoryLimit;
import org.sdescript.backend.Tensor;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Sliceable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A result in parts as a data set that is read batch by batch. A conversion to a tensor reads all parts. The parts of a
 * system have several tensors, which {@code x} returns as a record; such data is no tensor itself.
 *
 * @param rows the positions of the samples among those of all parts, [n]; empty for all samples in order
 */
public record PartsData(StoredParts parts, Optional<Value> rows, Session session)
        implements Sliceable, FieldTable.Owner {
    private static final FieldTable<PartsData> FIELDS = FieldTable.of(
            value("x", PartsData::samples),
            value("shape", data -> data.each(array -> FieldAccess.shape(array.shape(data.count())))),
            value("files", PartsData::files),
            method("split", List.of("share"), (data, call) -> DataValue.split(data, data.count(), call)));

    /**
     * Returns the data of a finished folder.
     *
     * @throws SdeError E0767 if parts are not finished
     */
    public static PartsData of(PartFolder folder, Session session, Span place) {
        return new PartsData(StoredParts.of(folder.folder(), folder.manifest(), place), Optional.empty(), session);
    }

    /** The body of {@code parts}. */
    static Value parts(Call call) {
        Path folder = call.session().folders().input(call.text("folder"));
        StoredParts parts = StoredParts.read(folder, call.isTrue("check"), call.span());
        return new PartsData(parts, Optional.empty(), call.session());
    }

    @Override
    public Kind kind() {
        return Kind.DATA;
    }

    @Override
    public List<Value> children() {
        return rows.stream().toList();
    }

    /** The number of samples. */
    private long count() {
        return rows.map(these -> ((Value.TensorValue) these).tensor().shape().size(0))
                .orElse(parts.samples());
    }

    private Value samples() {
        return each(this::tensor);
    }

    /** Returns one value, or for a system a record of one value for each state. */
    private Value each(Function<PartArray, Value> of) {
        if (!parts.isSystem()) {
            return of.apply(parts.arrays().getFirst());
        }
        Map<String, Value> states = new LinkedHashMap<>();
        parts.arrays().forEach(array -> states.put(array.name(), of.apply(array)));
        return new Value.RecordValue(states);
    }

    private Value files() {
        return Value.texts(
                parts.files().stream().map(part -> parts.path(part).toString()).toList());
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    private DType precision() {
        return session.settings().precision().tensors();
    }

    private PartArray alone() {
        if (parts.isSystem()) {
            throw severalStates();
        }
        return parts.arrays().getFirst();
    }

    private SdeError severalStates() {
        String states =
                String.join(", ", parts.arrays().stream().map(PartArray::name).toList());
        return Diagnostic.error(
                        "E0769", null, "the parts have samples of several states, " + states + ", not one tensor")
                .help("`.x` is the record of the tensors; `.split(share)` selects samples of all states")
                .raise();
    }

    @Override
    public Type type(Tensors tensors) {
        return Type.tensor(tensors.precision(), alone().shape(count()));
    }

    @Override
    public Value tensor() {
        return tensor(alone());
    }

    private Value tensor(PartArray array) {
        Shape shape = array.shape(count());
        MemoryLimit.requireInJava("read", new Type.TensorType(precision(), shape), null);
        PartRows reading = new PartRows(parts, parts.arrays().indexOf(array));
        PartRows.Numbers numbers = rows.map(these -> reading.rows(positions(these), precision()))
                .orElseGet(() -> reading.all(precision()));
        return session.memory().own(numbers.tensor(session.backend()));
    }

    private static long[] positions(Value rows) {
        return Arrays.stream(((Value.TensorValue) rows).tensor().toDoubles())
                .mapToLong(row -> (long) row)
                .toArray();
    }

    @Override
    public boolean isStored() {
        return true;
    }

    @Override
    public Optional<RowReader> reader() {
        if (parts.isSystem()) {
            return Optional.empty();
        }
        Shape shape = alone().shape(count());
        PartRows reading = new PartRows(parts, 0);
        DType precision = precision();
        UnaryOperator<long[]> choice = rows.map(PartsData::chosen).orElse(UnaryOperator.identity());
        return Optional.of(new RowReader() {
            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public Supplier<List<Tensor>> read(long[] wanted) {
                PartRows.Numbers numbers = reading.rows(choice.apply(wanted), precision);
                return () -> List.of(numbers.tensor(session.backend()));
            }
        });
    }

    private static UnaryOperator<long[]> chosen(Value rows) {
        long[] positions = positions(rows);
        return wanted -> Arrays.stream(wanted).map(row -> positions[(int) row]).toArray();
    }

    @Override
    public Value select(UnaryOperator<Value> choice) {
        return new PartsData(parts, Optional.of(choice.apply(rows.orElseGet(this::all))), session);
    }

    /** Returns the positions of all samples. Only a selection needs them. */
    private Value all() {
        Shape shape = Shape.of(parts.samples());
        MemoryLimit.requireInJava("the positions of the samples", new Type.TensorType(DType.INT64, shape), null);
        long[] positions = LongStream.range(0, parts.samples()).toArray();
        return session.memory().own(session.backend().tensor(shape, positions));
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public String show() {
        String shapes = parts.shapes(count());
        int files = parts.files().size();
        return "data " + shapes + " in " + files + (files == 1 ? " part" : " parts") + ", read batch by batch";
    }

    @Override
    public String toString() {
        return show();
    }
}
