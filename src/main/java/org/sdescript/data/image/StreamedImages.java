package org.sdescript.data.image;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Tensor;
import org.sdescript.check.Kind;
import org.sdescript.data.DataValue;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
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
 * A folder of pictures as a data set that is read batch by batch. A conversion to a tensor reads all pictures.
 *
 * @param rows the picture of each sample, [n]: the index of a file, plus the number of files if mirrored
 */
record StreamedImages(ImageFolder folder, Value rows, Session session) implements Sliceable, FieldTable.Owner {
    private static final FieldTable<StreamedImages> FIELDS = FieldTable.of(
            value("x", StreamedImages::tensor),
            value("y", images -> images.labels().orElse(Value.None.NONE)),
            value("shape", images -> FieldAccess.shape(images.shape())),
            value("classes", images -> Value.texts(images.folder.classes())),
            method("split", List.of("share"), DataValue::split),
            method("flipped", List.of(), StreamedImages::flipped));

    @Override
    public Kind kind() {
        return Kind.DATA;
    }

    @Override
    public List<Value> children() {
        return List.of(rows);
    }

    private long[] all() {
        return Arrays.stream(((Value.TensorValue) rows).tensor().toDoubles())
                .mapToLong(row -> (long) row)
                .toArray();
    }

    private Shape shape() {
        return folder.shape(((Value.TensorValue) rows).tensor().shape().size(0));
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public Type type(Tensors tensors) {
        return Type.tensor(tensors.precision(), shape());
    }

    @Override
    public Value tensor() {
        return session.memory().own(samples(session.backend(), pixels(all())));
    }

    @Override
    public Optional<Value> labels() {
        return folder.classes().isEmpty()
                ? Optional.empty()
                : Optional.of(session.memory().own(labels(session.backend(), all())));
    }

    @Override
    public boolean isStored() {
        return true;
    }

    @Override
    public Optional<RowReader> reader() {
        long[] numbers = all();
        Shape shape = shape();
        return Optional.of(new RowReader() {
            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public Supplier<List<Tensor>> read(long[] rows) {
                long[] which =
                        Arrays.stream(rows).map(row -> numbers[(int) row]).toArray();
                float[] pixels = pixels(which);
                return () -> tensors(which, pixels);
            }
        });
    }

    private List<Tensor> tensors(long[] which, float[] pixels) {
        List<Tensor> tensors = new ArrayList<>(List.of(samples(session.backend(), pixels)));
        if (!folder.classes().isEmpty()) {
            tensors.add(labels(session.backend(), which));
        }
        return tensors;
    }

    private float[] pixels(long[] which) {
        int[] files = Arrays.stream(which).mapToInt(this::file).toArray();
        float[] pixels = folder.pixels(files);
        int each = folder.channels() * folder.height() * folder.width();
        for (int i = 0; i < which.length; i++) {
            if (which[i] >= folder.files().size()) {
                mirror(pixels, i * each, (i + 1) * each);
            }
        }
        return pixels;
    }

    private int file(long row) {
        return Math.toIntExact(row % folder.files().size());
    }

    private void mirror(float[] pixels, int from, int to) {
        for (int line = from; line < to; line += folder.width()) {
            for (int a = line, b = line + folder.width() - 1; a < b; a++, b--) {
                float left = pixels[a];
                pixels[a] = pixels[b];
                pixels[b] = left;
            }
        }
    }

    private Tensor samples(Backend backend, float[] pixels) {
        Shape shape = folder.shape(pixels.length / (folder.channels() * folder.height() * folder.width()));
        if (session.settings().precision().tensors() == DType.FLOAT32) {
            return backend.tensor(shape, pixels);
        }
        double[] wide = new double[pixels.length];
        Arrays.setAll(wide, k -> pixels[k]);
        return backend.tensor(session.settings().precision().tensors(), shape, wide);
    }

    private Tensor labels(Backend backend, long[] which) {
        long[] labels =
                Arrays.stream(which).map(row -> folder.labels()[file(row)]).toArray();
        return backend.tensor(Shape.of(labels.length), labels);
    }

    @Override
    public Value select(UnaryOperator<Value> choice) {
        return new StreamedImages(folder, choice.apply(rows), session);
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    /** Appends the mirror image of each picture. */
    private Value flipped(Call call) {
        int count = folder.files().size();
        double[] mirrored = Arrays.stream(all())
                .mapToDouble(row -> (row + count) % (2 * count))
                .toArray();
        Span span = call.span();
        Value others = call.tensors().literal(DType.INT64, Shape.of(mirrored.length), mirrored, span);
        return select(these -> call.tensors().apply(new Operation.Concat(0), span, these, others));
    }

    @Override
    public String show() {
        String labels = folder.classes().isEmpty() ? "" : " with labels";
        return "data " + shape() + labels + ", read batch by batch";
    }

    @Override
    public String toString() {
        return show();
    }
}
