package org.sdescript.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.sdescript.data.csv.CsvOptions;
import org.sdescript.data.csv.CsvTable;
import org.sdescript.data.csv.Table;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Conditions;
import org.sdescript.runtime.LabelChecks;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;

/** Built-in data sets, and tables from files. */
public final class DataFunctions implements BuiltinLibrary {

    private interface Draw {
        Points points(Call call, int n, RandomGenerator random);
    }

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("moons", drawing((call, n, random) -> PointSets.moons(n, call.number("noise"), random))),
                Map.entry(
                        "swiss_roll",
                        drawing((call, n, random) -> PointSets.swissRoll(n, call.number("noise"), random))),
                Map.entry("rings", drawing((call, n, random) -> PointSets.rings(n, call.number("noise"), random))),
                Map.entry("spirals", drawing((call, n, random) -> PointSets.spirals(n, call.number("noise"), random))),
                Map.entry("checkerboard", drawing((call, n, random) -> PointSets.checkerboard(n, random))),
                Map.entry("pinwheel", drawing((call, n, random) -> PointSets.pinwheel(n, random))),
                Map.entry(
                        "eight_gaussians",
                        drawing((call, n, random) ->
                                PointSets.eightGaussians(n, call.number("radius"), call.number("std"), random))),
                Map.entry("labelled", Builtin.onHost(DataFunctions::labelled)),
                Map.entry("given", Builtin.onHost(GivenConditions::given)),
                Map.entry("csv", Builtin.onHost(DataFunctions::csv)),
                Map.entry("npy", Builtin.onHost(DataFunctions::npy)),
                Map.entry("npz", Builtin.onHost(DataFunctions::npz)),
                Map.entry("parts", Builtin.onHost(PartsData::parts)),
                Map.entry(
                        "json",
                        Builtin.onHost(call ->
                                JsonReading.read(call.session().folders().input(call.text("file"))))),
                Map.entry("save", Builtin.onHost(Saving::save)));
    }

    private static Builtin.Body drawing(Draw draw) {
        return Builtin.onHost(call -> data(call, draw));
    }

    /** Draws a new data set from the run's stream in each call. */
    private static Value data(Call call, Draw draw) {
        int n = call.integer("n");
        call.tensors().requireInJava(Shape.of(n, 2), call.span());
        long key = call.session().sampling().random().integers(1, Long.MAX_VALUE)[0];
        Points points = draw.points(call, n, new SplittableRandom(key));
        Value samples = call.tensors().literal(Shape.of(n, 2), points.xy(), call.span());
        double[] labels = Arrays.stream(points.labels()).asDoubleStream().toArray();
        Optional<Value> classes = labels.length == n
                ? Optional.of(call.tensors().literal(DType.INT64, Shape.of(n), labels, call.span()))
                : Optional.empty();
        return DataValue.of(samples, classes);
    }

    private static Value labelled(Call call) {
        Value x = call.value("x");
        Value y = call.value("y") instanceof Value.ListValue list ? call.tensorOf(list) : call.tensor("y");
        if (x instanceof DataValue) {
            return labelled(call, x, y);
        }
        DataValue data = (DataValue) labelled(call, call.tensor("x"), y);
        return x instanceof TensorSource source ? data.given(source.conditions()) : data;
    }

    /** @param x a data set or a tensor */
    public static Value labelled(Call call, Value x, Value y) {
        Shape samples = call.tensors().shape(x);
        Shape labels = call.tensors().shape(y);
        if (samples.rank() < 2 || labels.rank() != 1 || labels.size(0) != samples.size(0)) {
            throw call.diagnostic("E0566", "labels of shape " + labels + " for samples of shape " + samples)
                    .help("there is one label for each sample: x is [n, …] and y is [n]")
                    .raise();
        }
        LabelChecks.require(y, "labels", call.tensors(), call.span());
        Optional<Value> whole = Optional.of(call.tensors().cast(y, DType.INT64, call.span()));
        return x instanceof DataValue data ? data.labelled(whole.orElseThrow()) : DataValue.of(x, whole);
    }

    private static Value csv(Call call) {
        CsvOptions options = CsvOptions.DEFAULT.missing(missing(call));
        if (call.given("header").isPresent()) {
            options = options.header(call.isTrue("header") ? CsvOptions.Header.PRESENT : CsvOptions.Header.ABSENT);
        }
        if (call.given("columns").isPresent()) {
            options = options.columns(call.list("columns").stream()
                    .map(each -> choice(each, call))
                    .toList());
        }
        CsvTable read = CsvTable.read(call.session().folders().input(call.text("file")), options);
        tell(call, read);
        Table table = read.table();
        Value samples = call.tensors()
                .literal(call.tensors().precision(), Shape.of(table.rows(), table.width()), table.cells(), call.span());
        return new DataValue(
                samples,
                Optional.empty(),
                Conditions.NONE,
                table.columns(),
                List.of(),
                Optional.empty(),
                Optional.of(table));
    }

    private static Value npy(Call call) {
        Path file = call.session().folders().input(call.text("file"));
        return array(NpyReading.npy(file), file, call);
    }

    private static Value npz(Call call) {
        Map<String, Value> fields = new LinkedHashMap<>();
        Path file = call.session().folders().input(call.text("file"));
        NpyReading.npz(file).forEach((name, read) -> fields.put(name, tensor(read, call)));
        return new Value.RecordValue(fields);
    }

    private static Value array(NpyReading.Read read, Path file, Call call) {
        Value tensor = tensor(read, call);
        if (call.tensors().shape(tensor).rank() <= 1) {
            return tensor;
        }
        DataValue data = DataValue.of(tensor, Optional.empty());
        return read.wholes() != null
                ? data
                : data.readFrom(file.toString(), read.array().values());
    }

    /** Converts an array to a tensor. Whole numbers stay exact; beyond 2⁶³ − 1 they become double-precision numbers. */
    private static Value tensor(NpyReading.Read read, Call call) {
        NumberArray array = read.array();
        Shape shape = new Shape(Arrays.stream(array.shape()).boxed().toList());
        if (read.wholes() != null) {
            return call.session().memory().own(call.session().backend().tensor(shape, read.wholes()));
        }
        DType dtype = read.isWhole() ? DType.FLOAT64 : call.tensors().precision();
        return call.tensors().literal(dtype, shape, array.values(), call.span());
    }

    private static void tell(Call call, CsvTable read) {
        if (read.droppedRows() > 0) {
            String rows = read.droppedRows() == 1 ? " row with a missing value was" : " rows with missing values were";
            call.session().console().note(read.droppedRows() + rows + " left out");
        }
        if (read.filledCells() > 0) {
            String values = read.filledCells() == 1 ? " missing value was" : " missing values were";
            call.session().console().note(read.filledCells() + values + " filled with the column's mean");
        }
    }

    private static CsvOptions.Choice choice(Value column, Call call) {
        return column instanceof Value.Text(String name)
                ? new CsvOptions.Choice.Named(name)
                : new CsvOptions.Choice.At(Coercion.integer(column, "a column", call.span()));
    }

    private static CsvOptions.Missing missing(Call call) {
        return switch (call.text("missing")) {
            case "report" -> CsvOptions.Missing.REPORTED;
            case "drop" -> CsvOptions.Missing.ROW_DROPPED;
            case "mean" -> CsvOptions.Missing.MEAN_FILLED;
            default -> throw new IllegalStateException(call.text("missing"));
        };
    }
}
