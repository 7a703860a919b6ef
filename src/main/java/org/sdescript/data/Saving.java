package org.sdescript.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.Safetensors;
import org.sdescript.backend.Tensor;
import org.sdescript.data.csv.CsvTable;
import org.sdescript.data.csv.Table;
import org.sdescript.files.AtomicFile;
import org.sdescript.graph.DType;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Storable;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;

/** The body of {@code save}: writes a value in the format that the ending of the file's name chooses. */
final class Saving {
    private final Call call;
    private final Value value;
    private final Path path;
    private final String name;

    private Saving(Call call, Value value, Path path) {
        this.call = call;
        this.value = value;
        this.path = path;
        this.name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    static Value save(Call call) {
        Path path = call.session().folders().output(call.text("file"));
        new Saving(call, call.value("value"), path).write();
        call.session().log().wrote(path);
        return Value.text(path.toString());
    }

    private void write() {
        if (value instanceof Storable storable) {
            storable.store(call.interpreter(), path, call.span());
            return;
        }
        SavedFiles.of(value).refused(call.text("file"), call.place("file")).ifPresent(refusal -> {
            throw refusal.raise();
        });
        if (name.endsWith(SavedFiles.JSON)) {
            AtomicFile.write(path, out -> new JsonWriting(out, path).write(value));
        } else if (name.endsWith(SavedFiles.CSV)) {
            csv();
        } else if (SavedFiles.TEXT.stream().anyMatch(name::endsWith)) {
            AtomicFile.write(path, text());
        } else if (name.endsWith(NumberFile.TENSORS)) {
            new Safetensors(tensors(), Map.of()).write(path);
        } else if (value instanceof Value.RecordValue(var fields)) {
            Map<String, NumberArray> arrays = new LinkedHashMap<>();
            fields.forEach((field, its) -> arrays.put(field, array(its, part(field))));
            NumberFile.write(arrays, path);
        } else if (NumberFile.isPicture(path)) {
            int columns = call.given("columns").isPresent() ? call.integer("columns") : 0;
            NumberFile.writePicture(array(value, whole()), columns, path);
        } else {
            NumberFile.write(array(value, whole()), path);
        }
    }

    private String text() {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Tabular tabular when name.endsWith(".tex") -> TableMarkup.latex(tabular.table());
            case Tabular tabular when name.endsWith(".md") -> TableMarkup.markdown(tabular.table());
            default -> ((Tabular) value).show() + "\n";
        };
    }

    private void csv() {
        Optional<RecordRows> records = RecordRows.of(value, this::array);
        if (records.isPresent()) {
            RecordRows rows = records.get().select(names());
            CsvTable.write(rows.columns(), rows.cells(path), path);
            return;
        }
        NumberArray array = array(value, whole());
        Optional<List<String>> names = names();
        if (names.isPresent()) {
            NumberFile.write(array, names.get(), path);
        } else {
            NumberFile.write(array, path);
        }
    }

    private Optional<List<String>> names() {
        if (call.given("columns").isPresent()) {
            return Optional.of(call.list("columns").stream()
                    .map(each -> Coercion.text(each, "a column's name", call.span()))
                    .toList());
        }
        return value instanceof DataValue data
                ? data.table().filter(Table::named).map(Table::columns)
                : Optional.empty();
    }

    /** Returns the tensors of a record by name, or a single tensor. */
    private Map<String, Tensor> tensors() {
        Map<String, Value> values = value instanceof Value.RecordValue(var fields) ? fields : Map.of("value", value);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        values.forEach((field, its) -> tensors.put(field, tensor(its, values.size() == 1 ? whole() : part(field))));
        return tensors;
    }

    private Tensor tensor(Value its, String what) {
        if (its instanceof TensorSource source) {
            return tensor(source.tensor(), what);
        }
        if (its instanceof Value.TensorValue(Tensor tensor)) {
            return tensor;
        }
        NumberArray array = array(its, what);
        Shape shape = new Shape(Arrays.stream(array.shape()).boxed().toList());
        Value made = call.tensors().literal(DType.FLOAT64, shape, array.values(), call.span());
        return ((Value.TensorValue) made).tensor();
    }

    private NumberArray array(Value its, String what) {
        return NestedNumbers.array(its).orElseThrow(() -> call.diagnostic(
                        "E0727", what + " is " + its.words() + ", which " + path.getFileName() + " cannot hold")
                .note("the file holds numbers: tensors, and lists whose rows are equally long")
                .help("a .json file holds any nesting of numbers, strings, lists and records")
                .raise());
    }

    private static String whole() {
        return "the value";
    }

    private static String part(String field) {
        return "the field `" + field + "`";
    }
}
