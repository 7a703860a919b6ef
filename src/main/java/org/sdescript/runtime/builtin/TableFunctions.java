package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.TableValue;
import org.sdescript.runtime.Tabular;
import org.sdescript.runtime.Value;

/** Tables of records. */
public final class TableFunctions implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.of("table", Builtin.onHost(TableFunctions::table));
    }

    private static Value table(Call call) {
        List<Value.RecordValue> records = new ArrayList<>();
        for (Value row : rows(call)) {
            if (!(row instanceof Value.RecordValue record)) {
                throw Coercion.mismatch(row, "a row of `table`", "a record", call.place("rows"));
            }
            records.add(record);
        }
        return TableValue.of(records, call.text("title"), call.integer("digits"));
    }

    private static List<Value> rows(Call call) {
        return call.value("rows") instanceof Tabular tabular
                ? List.copyOf(tabular.table().rows())
                : call.list("rows");
    }
}
