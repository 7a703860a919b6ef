package org.sdescript.pipeline;

import static org.sdescript.runtime.FieldTable.value;

import java.util.List;
import org.sdescript.check.Kind;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.TableValue;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.Value;

/**
 * The value of {@code sweep}: the table of means and standard deviations over the seeds, with the table of all runs as
 * its field {@code runs}.
 *
 * @param table one row for each combination of the parameters except the seed
 * @param runs one row for each run
 */
record SweepValue(TableValue table, TableValue runs) implements Tabular, FieldTable.Owner {
    private static final FieldTable<SweepValue> FIELDS = FieldTable.of(
            value("runs", SweepValue::runs),
            value("columns", sweep -> Value.texts(sweep.table.columns())),
            value("rows", sweep -> Value.list(sweep.table.rows())));

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
        return List.of(table, runs);
    }

    @Override
    public String toString() {
        return show();
    }
}
