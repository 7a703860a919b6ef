package org.sdescript.runtime;

import static org.sdescript.runtime.FieldTable.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sdescript.check.Kind;

/**
 * A table of records: one row for each record, one column for each field. A row may lack fields; a gap is {@code none}.
 *
 * @param columns the names of the columns, in the order in which the records name them first
 * @param rows the records
 * @param title the line above the printed table; may be empty
 * @param digits the number of significant digits of printed numbers that are not whole
 * @param spreads columns of means, each with the column of its standard deviations; the printed table joins the two as
 *     mean ± standard deviation
 */
public record TableValue(
        List<String> columns, List<Value.RecordValue> rows, String title, int digits, Map<String, String> spreads)
        implements Tabular, FieldTable.Owner {
    /** The number of rows that the record of a run keeps. */
    private static final int MOST_PLAIN = 1000;

    private static final FieldTable<TableValue> FIELDS = FieldTable.of(
            value("columns", table -> Value.texts(table.columns)), value("rows", table -> Value.list(table.rows)));

    public TableValue {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        spreads = Collections.unmodifiableMap(new LinkedHashMap<>(spreads));
    }

    public static TableValue of(List<Value.RecordValue> rows, String title, int digits) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.fields().keySet()));
        return new TableValue(List.copyOf(columns), rows, title, digits, Map.of());
    }

    /** Returns the cells of a column, with {@code none} for gaps. */
    public List<Value> column(String name) {
        List<Value> cells = new ArrayList<>();
        rows.forEach(row -> cells.add(cell(row, name)));
        return cells;
    }

    /** Returns the columns as a record of lists. */
    Value.RecordValue byColumn() {
        Map<String, Value> byName = new LinkedHashMap<>();
        columns.forEach(name -> byName.put(name, Value.list(column(name))));
        return new Value.RecordValue(byName);
    }

    /** Returns the same columns with other rows. */
    TableValue with(List<Value.RecordValue> others) {
        return new TableValue(columns, others, title, digits, spreads);
    }

    /** Returns the first rows with plain cells, which hold no native memory: for a record of the run. */
    TableValue plain() {
        return with(rows.stream().limit(MOST_PLAIN).map(TableValue::plain).toList());
    }

    private static Value.RecordValue plain(Value.RecordValue row) {
        Map<String, Value> cells = new LinkedHashMap<>();
        row.fields().forEach((name, cell) -> cells.put(name, TableText.plain(cell)));
        return new Value.RecordValue(cells);
    }

    public static Value cell(Value.RecordValue row, String column) {
        return row.fields().getOrDefault(column, Value.None.NONE);
    }

    @Override
    public TableValue table() {
        return this;
    }

    @Override
    public Kind kind() {
        return Kind.TABLE;
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    @Override
    public List<Value> children() {
        return List.copyOf(rows);
    }

    @Override
    public String toString() {
        return show();
    }
}
