package org.sdescript.runtime.builtin;

import java.util.List;
import org.sdescript.check.Kind;
import org.sdescript.check.ParameterType;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueIteration;

/** The keys and values of records. */
public final class RecordFunctions implements BuiltinLibrary {

    @Override
    public Chapter theme() {
        return Chapter.SEQUENCES;
    }

    @Override
    public List<Builtin> builtins() {
        return List.of(
                ofRecord("keys")
                        .doc("The names of a record's fields, as a list of strings in the record's order.")
                        .example("print(keys({em: 1, rd: 2}))  # [\"em\", \"rd\"]")
                        .is(call -> Value.list(record(call).fields().keySet().stream()
                                .map(Value::text)
                                .toList())),
                ofRecord("values")
                        .doc("The values of a record's fields, as a list in the record's order. An inner record is one"
                                + " value; `fields` takes inner records apart.")
                        .example("print(values({em: 1, rd: 2}))  # [1, 2]")
                        .is(call -> Value.list(List.copyOf(record(call).fields().values()))),
                ofRecord("items")
                        .doc("Each field of a record as a list of its name and its value. A loop needs no `items`:"
                                + " `for key, value in r`.")
                        .example("print(items({em: 1, rd: 2}))  # [[\"em\", 1], [\"rd\", 2]]")
                        .is(call -> Value.list(ValueIteration.pairs(record(call)))));
    }

    private static Builtin.Declared ofRecord(String name) {
        return Builtin.named(name, "r").wants("r", ParameterType.A_RECORD).gives(Kind.LIST);
    }

    private static Value.RecordValue record(Call call) {
        if (call.value("r") instanceof Value.RecordValue record) {
            return record;
        }
        throw Coercion.mismatch(call.value("r"), "`r` of " + call.name(), "a record", call.place("r"));
    }
}
