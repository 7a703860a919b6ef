package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/** Field access: {@code value.field}. */
public final class FieldAccess {
    public static final List<String> OF_TENSORS = List.of("shape", "dtype", "T");

    private FieldAccess() {}

    public static Value of(Value target, String field, Interpreter interpreter, Span span) {
        return switch (target) {
            case Value.RecordValue record -> ofRecord(record, field, span);
            case Value.TensorLike tensor -> ofTensor(tensor, field, interpreter, span);
            case Value.Extension extension -> ofExtension(extension, field, span);
            case Value.Num number -> throw none(target, field, List.of(), span);
            case Value.Bool bool -> throw none(target, field, List.of(), span);
            case Value.Text text -> throw none(target, field, List.of(), span);
            case Value.None none -> throw none(target, field, List.of(), span);
            case Value.ListValue list -> throw none(target, field, List.of(), span);
            case Value.FormulaValue formula -> throw none(target, field, List.of(), span);
        };
    }

    static Value ofRecord(Value.RecordValue record, String field, Span span) {
        Value value = record.fields().get(field);
        if (value == null) {
            throw none(record, field, List.copyOf(record.fields().keySet()), span);
        }
        return value;
    }

    private static Value ofTensor(Value.TensorLike tensor, String field, Interpreter interpreter, Span span) {
        Tensors tensors = interpreter.tensors();
        return switch (field) {
            case "shape" -> shape(tensors.shape(tensor));
            case "dtype" -> Value.text(dtype(tensors, tensor));
            case "T" -> TensorFunctions.transpose(tensor, tensors, span);
            default -> throw none(tensor, field, OF_TENSORS, span);
        };
    }

    private static String dtype(Tensors tensors, Value tensor) {
        return tensors.type(tensor) instanceof org.sdescript.graph.Type.TensorType(var dtype, var shape)
                ? dtype.toString()
                : "number";
    }

    public static Value shape(Shape shape) {
        return Value.list(
                shape.sizes().stream().map(size -> Value.number((double) size)).toList());
    }

    private static Value ofExtension(Value.Extension extension, String field, Span span) {
        Value value = extension.field(field);
        if (value == null) {
            throw none(extension, field, extension.fieldNames(), span);
        }
        return value instanceof Builtin method ? method.of(extension) : value;
    }

    private static SdeError none(Value target, String field, List<String> names, Span span) {
        Diagnostic error = Diagnostic.error("E0414", span, target.words() + " has no field `" + field + "`");
        List<String> known = new ArrayList<>(names);
        if (!known.isEmpty()) {
            error = error.note("it has " + String.join(", ", known));
        }
        Diagnostic result = error;
        return Spelling.nearest(field, known)
                .map(close -> result.help("did you mean `" + close + "`?"))
                .orElse(result)
                .raise();
    }
}
