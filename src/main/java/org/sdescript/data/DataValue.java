package org.sdescript.data;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.sdescript.check.Kind;
import org.sdescript.data.csv.Table;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.Sliceable;
import org.sdescript.runtime.Value;

/**
 * A data set: samples [n, …], labels [n] and conditions if present, and the scaling of the original data, so that
 * generated samples can be converted to the original units. The data set converts to its samples wherever a tensor is expected.
 *
 * @param labels whole numbers, or absent
 * @param columns the names of a table's features, or empty
 * @param classes the names of the labels, or empty
 * @param scaling the map from original data to samples, by feature: x = (original − shift)/scale
 * @param table the original numbers of a file in double precision; its columns of whole numbers stay whole in
 *     {@code restored}
 */
public record DataValue(
        Value tensor,
        Optional<Value> labels,
        Conditions conditions,
        List<String> columns,
        List<String> classes,
        Optional<Standardisation> scaling,
        Optional<Table> table)
        implements Sliceable, FieldTable.Owner {
    /** The number of axes of images. */
    private static final int IMAGES = 4;

    private static final FieldTable<DataValue> FIELDS = FieldTable.of(
            value("x", DataValue::tensor),
            value("y", data -> data.labels.orElse(Value.None.NONE)),
            value("c", data -> data.conditions.value()),
            value("shape", data -> FieldAccess.shape(data.shape())),
            value("columns", data -> Value.texts(data.columns)),
            value("classes", data -> Value.texts(data.classes)),
            method("split", List.of("share"), DataValue::split),
            method("scaled", List.of("low", "high"), DataValue::scaled),
            method("standardised", List.of(), DataValue::standardised),
            method("restored", List.of("x"), DataValue::restored),
            method("flipped", List.of(), DataValue::flipped));

    public static DataValue of(Value samples, Optional<Value> labels) {
        return new DataValue(
                samples, labels, Conditions.NONE, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Returns the data set with names for the labels, from label 0 on. */
    public DataValue ofClasses(List<String> names) {
        return new DataValue(tensor, labels, conditions, columns, names, scaling, table);
    }

    /**
     * Returns the data set with the double-precision numbers of its file, which scaling uses; unchanged if the file
     * is empty.
     */
    DataValue readFrom(String file, double[] numbers) {
        if (numbers.length == 0) {
            return this;
        }
        List<String> names =
                IntStream.range(0, width()).mapToObj(k -> "column_" + k).toList();
        return new DataValue(
                tensor,
                labels,
                conditions,
                columns,
                classes,
                scaling,
                Optional.of(new Table(file, names, false, numbers)));
    }

    DataValue labelled(Value others) {
        return new DataValue(tensor, Optional.of(others), conditions, columns, List.of(), scaling, table);
    }

    DataValue given(Conditions others) {
        return new DataValue(tensor, labels, others, columns, classes, scaling, table);
    }

    @Override
    public Kind kind() {
        return Kind.DATA;
    }

    @Override
    public List<Value> children() {
        List<Value> children = new ArrayList<>(List.of(tensor));
        labels.ifPresent(children::add);
        children.addAll(conditions.children());
        return children;
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    private Shape shape() {
        return shape(tensor);
    }

    static Shape shape(Value tensor) {
        return tensor instanceof Value.TensorValue(var samples)
                ? samples.shape()
                : ((Value.TracedValue) tensor).node().shape();
    }

    @Override
    public Value select(UnaryOperator<Value> rows) {
        return new DataValue(
                rows.apply(tensor), labels.map(rows), conditions.each(rows), columns, classes, scaling, table);
    }

    /** Splits the samples into the first share and the rest. */
    public static Value split(Sliceable data, Call call) {
        return split(data, call.tensors().shape(data).size(0), call);
    }

    /** @param n the number of samples */
    static Value split(Sliceable data, long n, Call call) {
        double share = call.number("share");
        if (!(share > 0 && share < 1)) {
            throw call.error("E0733", "the share of a split is between 0 and 1, not " + share);
        }
        long cut = Math.round(share * n);
        return Value.list(
                List.of(data.select(each -> rows(each, 0, cut, call)), data.select(each -> rows(each, cut, n, call))));
    }

    private static Value rows(Value tensor, long from, long to, Call call) {
        return call.tensors().apply(new Operation.Slice(0, from, to, 1), call.span(), tensor);
    }

    /** Appends the mirror image of each image, with its label, and its conditions. */
    private Value flipped(Call call) {
        if (shape().rank() != IMAGES) {
            throw call.diagnostic("E0762", "samples of shape " + shape() + " have no mirror images")
                    .help("images are [n, channels, height, width]")
                    .raise();
        }
        return new DataValue(
                joined(tensor, mirrored(tensor, call), call),
                labels.map(each -> joined(each, each, call)),
                flipped(conditions, shape(), call),
                columns,
                classes,
                scaling,
                Optional.empty());
    }

    /**
     * Returns the conditions of images and of their mirror images: conditions that are images of the same height and
     * width are mirrored, all others repeated.
     */
    static Conditions flipped(Conditions conditions, Shape images, Call call) {
        return conditions.each(each -> {
            Shape shape = call.tensors().shape(each);
            boolean isImage = shape.rank() == IMAGES
                    && shape.sizes().subList(2, IMAGES).equals(images.sizes().subList(2, IMAGES));
            return joined(each, isImage ? mirrored(each, call) : each, call);
        });
    }

    private static Value mirrored(Value images, Call call) {
        int width = (int) call.tensors().shape(images).size(3);
        double[] backwards =
                IntStream.range(0, width).mapToDouble(k -> width - 1 - k).toArray();
        Value order = call.tensors().literal(DType.INT64, Shape.of(width), backwards, call.span());
        return call.tensors().apply(new Operation.Gather(3), call.span(), images, order);
    }

    private static Value joined(Value first, Value second, Call call) {
        return call.tensors().apply(new Operation.Concat(0), call.span(), first, second);
    }

    /** Scales all features by one map that takes the smallest value to low and the largest to high. */
    private Value scaled(Call call) {
        double least = table.isPresent() ? Arrays.stream(values()).min().orElse(0) : extreme(Reduction.MIN, call);
        double most = table.isPresent() ? Arrays.stream(values()).max().orElse(1) : extreme(Reduction.MAX, call);
        double low = call.number("low");
        double high = call.number("high");
        double scale = most > least ? (most - least) / (high - low) : 1;
        int width = width();
        double[] shift = new double[width];
        double[] scales = new double[width];
        Arrays.fill(shift, least - low * scale);
        Arrays.fill(scales, scale);
        return scaledBy(new Standardisation(shift, scales), call);
    }

    private double extreme(Reduction which, Call call) {
        List<Integer> axes = IntStream.range(0, shape().rank()).boxed().toList();
        Value found = call.tensors().reduce(which, tensor, axes, false, call.span());
        return ((Value.TensorValue) found).tensor().item();
    }

    private Value standardised(Call call) {
        return scaledBy(Standardisation.of(values(), width()), call);
    }

    private Value scaledBy(Standardisation by, Call call) {
        if (scaling.isPresent()) {
            throw call.diagnostic("E0734", "this data set is scaled already")
                    .help("scale the original data set instead")
                    .raise();
        }
        Value changed = call.tensors().literal(call.tensors().precision(), shape(), by.apply(values()), call.span());
        return new DataValue(changed, labels, conditions, columns, classes, Optional.of(by), table);
    }

    /**
     * Returns samples in the original units, with the column names; features of whole numbers are rounded to whole
     * numbers.
     */
    private Value restored(Call call) {
        Value x = call.tensor("x");
        if (!(x instanceof Value.TensorValue(var samples))
                || samples.shape().rank() != shape().rank()
                || samples.shape().elements() / Math.max(1, samples.shape().size(0)) != width()) {
            throw call.error("E0735", "samples to restore have " + width() + " features, as the data has");
        }
        double[] values = samples.toDoubles();
        double[] original = scaling.map(by -> by.undo(values)).orElse(values);
        if (table.isEmpty()) {
            return new DataValue(
                    call.tensors().literal(DType.FLOAT64, samples.shape(), original, call.span()),
                    Optional.empty(),
                    Conditions.NONE,
                    columns,
                    classes,
                    Optional.empty(),
                    table);
        }
        Table rounded = table.get().with(original).rounded(table.get().wholeColumns());
        return new DataValue(
                call.tensors().literal(DType.FLOAT64, samples.shape(), rounded.cells(), call.span()),
                Optional.empty(),
                Conditions.NONE,
                columns,
                classes,
                Optional.empty(),
                Optional.of(rounded));
    }

    private int width() {
        return Math.toIntExact(shape().elements() / Math.max(1, shape().size(0)));
    }

    /**
     * Returns the file's double-precision numbers if the samples are still its rows: float32 does not distinguish
     * 1.7e9 from the next second.
     */
    double[] values() {
        boolean asRead = table.isPresent() && scaling.isEmpty() && table.get().rows() == shape().size(0);
        if (asRead) {
            return table.get().cells();
        }
        return ((Value.TensorValue) tensor).tensor().toDoubles();
    }

    @Override
    public String show() {
        String names = columns.isEmpty() ? "" : ", columns " + String.join(", ", columns);
        return "data " + shape() + besides(labels.isPresent(), conditions) + names;
    }

    /** Returns what a data set has besides its samples: {@code  with labels and a condition [64, 3]}. */
    static String besides(boolean hasLabels, Conditions conditions) {
        List<String> parts = new ArrayList<>(hasLabels ? List.of("labels") : List.of());
        if (!conditions.isEmpty()) {
            parts.add(conditions.words(DataValue::shape));
        }
        return parts.isEmpty() ? "" : " with " + String.join(" and ", parts);
    }

    @Override
    public String toString() {
        return show();
    }
}
