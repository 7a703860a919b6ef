package org.sdescript.runtime.builtin;

import java.util.List;
import java.util.Map;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueIteration;

/** The keys and values of records. */
public final class RecordFunctions implements BuiltinLibrary {

    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry(
                        "keys",
                        call -> Value.list(record(call).fields().keySet().stream()
                                .map(Value::text)
                                .toList())),
                Map.entry(
                        "values",
                        call -> Value.list(List.copyOf(record(call).fields().values()))),
                Map.entry("items", call -> Value.list(ValueIteration.pairs(record(call)))));
    }

    private static Value.RecordValue record(Call call) {
        if (call.value("r") instanceof Value.RecordValue record) {
            return record;
        }
        throw Coercion.mismatch(call.value("r"), "`r` of " + call.name(), "a record", call.place("r"));
    }
}
