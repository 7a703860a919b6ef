package org.sdescript.units;

import java.util.List;
import org.sdescript.data.PartFile;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.parcel.Parcel;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.UnitResult;
import org.sdescript.runtime.Value;

/** The reply of a unit: its value, or the error of the script that ended it, and the notes of the run so far. */
final class UnitReply {
    private UnitReply() {}

    static byte[] of(UnitResult result, List<String> notes, Interpreter interpreter) {
        return Parcel.of(List.of(notes, result.value(), result.evaluations()), interpreter)
                .toBytes();
    }

    static byte[] of(SdeError error, List<String> notes, Interpreter interpreter) {
        return Parcel.of(List.of(notes, error.diagnostics()), interpreter).toBytes();
    }

    /** The reply of a unit whose value was written as a part. */
    static byte[] of(PartFile.Written part, long evaluations, List<String> notes, Interpreter interpreter) {
        return Parcel.of(List.of(notes, part, evaluations), interpreter).toBytes();
    }

    static PartFile.Written part(byte[] bytes, Interpreter interpreter) {
        return (PartFile.Written) parts(bytes, interpreter).get(1);
    }

    static long evaluations(byte[] bytes, Interpreter interpreter) {
        return (Long) parts(bytes, interpreter).get(2);
    }

    /** Returns the result, and passes on the notes; throws the error of the unit. */
    static UnitResult result(byte[] bytes, Interpreter interpreter) {
        List<Object> reply = parts(bytes, interpreter);
        return new UnitResult((Value) reply.get(1), (Long) reply.get(2));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> parts(byte[] bytes, Interpreter interpreter) {
        List<Object> reply = (List<Object>) Parcel.of(bytes).unpackedAsResult(interpreter);
        ((List<String>) reply.getFirst()).forEach(interpreter.session().log()::noteOnce);
        if (reply.size() == 2) {
            throw new SdeError((List<Diagnostic>) reply.get(1));
        }
        return reply;
    }
}
