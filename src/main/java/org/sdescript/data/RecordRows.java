package org.sdescript.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.DType;
import org.sdescript.runtime.TableValue;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Value;

/**
 * Named rows for a .csv file: of a table, of a list of records, of a record of columns, or of a record of single values,
 * which is one row.
 */
final class RecordRows {
    private static final String CODE = "E0727";

    private final TableValue table;

    static RecordRows of(TableValue table) {
        return new RecordRows(table);
    }

    private RecordRows(TableValue table) {
        this.table = table;
    }

    /**
     * Empty for a value without named rows.
     *
     * @param array converts a column to numbers, or throws; takes the column and its description
     */
    static Optional<RecordRows> of(Value value, BiFunction<Value, String, NumberArray> array) {
        return switch (value) {
            case Tabular tabular -> Optional.of(new RecordRows(tabular.table()));
            case Value.ListValue(var elements)
            when !elements.isEmpty() && elements.stream().allMatch(Value.RecordValue.class::isInstance) ->
                Optional.of(new RecordRows(TableValue.of(
                        elements.stream().map(Value.RecordValue.class::cast).toList(), "", 1)));
            case Value.RecordValue(var fields) -> Optional.of(ofColumns(fields, array));
            default -> Optional.empty();
        };
    }

    private static RecordRows ofColumns(Map<String, Value> fields, BiFunction<Value, String, NumberArray> array) {
        Map<String, List<Value>> columns = new LinkedHashMap<>();
        fields.forEach((name, column) -> columns.put(name, cells(column, "the column `" + name + "`", array)));
        List<Integer> lengths =
                columns.values().stream().map(List::size).distinct().toList();
        if (lengths.size() > 1) {
            throw Diagnostic.error("E0723", null, "the columns have different lengths: " + lengths(columns))
                    .help("a record of columns has one cell for each row in each of its fields")
                    .raise();
        }
        List<Value.RecordValue> rows = new ArrayList<>();
        for (int i = 0; i < (lengths.isEmpty() ? 0 : lengths.getFirst()); i++) {
            Map<String, Value> row = new LinkedHashMap<>();
            for (Map.Entry<String, List<Value>> column : columns.entrySet()) {
                row.put(column.getKey(), column.getValue().get(i));
            }
            rows.add(new Value.RecordValue(row));
        }
        return new RecordRows(new TableValue(List.copyOf(columns.keySet()), rows, "", 1, Map.of()));
    }

    private static String lengths(Map<String, List<Value>> columns) {
        return String.join(
                ", ",
                columns.entrySet().stream()
                        .map(each ->
                                "`" + each.getKey() + "` has " + each.getValue().size())
                        .toList());
    }

    private static List<Value> cells(Value column, String what, BiFunction<Value, String, NumberArray> array) {
        if (column instanceof Value.ListValue(var cells)) {
            return cells;
        }
        if (!(column instanceof Value.TensorValue || column instanceof TensorSource)) {
            return List.of(column);
        }
        NumberArray numbers = array.apply(column, what);
        if (numbers.shape().length > 1) {
            throw Diagnostic.error(
                            "E0794", null, what + " has " + numbers.shape().length + " axes, and a column has one")
                    .help("a .npz file holds tensors of any shape by name")
                    .raise();
        }
        return Value.numbers(NumberFile.decimals(numbers)).elements();
    }

    /** Returns the named columns in their order; all without names. Throws if no row has a named column. */
    RecordRows select(Optional<List<String>> names) {
        for (String name : names.orElse(List.of())) {
            if (!table.columns().contains(name)) {
                throw Diagnostic.error("E0717", null, "the rows have no column \"" + name + "\"")
                        .note("they have " + String.join(", ", table.columns()))
                        .raise();
            }
        }
        return names.map(chosen -> new RecordRows(new TableValue(chosen, table.rows(), "", 1, Map.of())))
                .orElse(this);
    }

    List<String> columns() {
        return table.columns();
    }

    /** Returns the cells as numbers, truth values and strings; null for a gap. */
    List<List<Object>> cells(Path path) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            List<Object> row = new ArrayList<>();
            for (String column : table.columns()) {
                row.add(cell(TableValue.cell(table.rows().get(i), column), i, column, path));
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object cell(Value value, int row, String column, Path path) {
        return switch (value) {
            case Value.None gap -> "";
            case Value.Num(double number) -> number;
            case Value.Bool(boolean bool) -> bool;
            case Value.Text(String text) -> text;
            case Value.TensorValue(var tensor)
            when tensor.shape().elements() == 1 -> {
                double number = NumberFile.decimals(NestedNumbers.array(value).orElseThrow())[0];
                yield tensor.dtype() == DType.BOOL ? (Object) (number != 0) : (Object) number;
            }
            default ->
                throw Diagnostic.error(
                                CODE,
                                null,
                                "`" + column + "` of row " + row + " is " + value.words() + ", which "
                                        + path.getFileName() + " cannot hold")
                        .note("a cell holds a number, a string or a truth value")
                        .help("a .json file holds any nesting of these")
                        .raise();
        };
    }
}
