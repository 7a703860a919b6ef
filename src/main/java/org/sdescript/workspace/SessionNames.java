package org.sdescript.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sdescript.check.Kind;
import org.sdescript.display.ValueView;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.Value;

/** The names bound in a session, described by their values. */
public record SessionNames(Environment bound) implements KnownNames {

    @Override
    public Collection<String> names() {
        return bound.names();
    }

    @Override
    public String about(String name) {
        return value(List.of(name)).map(ValueView::brief).orElse("");
    }

    @Override
    public Optional<Kind> kind(String name) {
        return value(List.of(name)).map(Value::kind);
    }

    @Override
    public List<KnownField> fields(List<String> path) {
        return value(path).stream()
                .flatMap(value -> fieldNames(value).stream()
                        .map(field -> new KnownField(
                                field, field(value, field).map(ValueView::brief).orElse(""))))
                .toList();
    }

    @Override
    public List<KnownParameter> parameters(List<String> path) {
        return value(path)
                .filter(Callable.class::isInstance)
                .map(Callable.class::cast)
                .map(SessionNames::parameters)
                .orElse(List.of());
    }

    private static List<KnownParameter> parameters(Callable callable) {
        return callable.signature().slots().stream()
                .map(slot -> new KnownParameter(
                        slot.name(),
                        slot.written(),
                        slot.isRequired(),
                        callable.configuration().containsKey(slot.name()),
                        slot.wanted().values()))
                .toList();
    }

    private static List<String> fieldNames(Value value) {
        return switch (value) {
            case Value.RecordValue(var fields) -> List.copyOf(fields.keySet());
            case Value.TensorLike tensor -> FieldAccess.OF_TENSORS;
            case Value.Extension extension -> extension.fieldNames();
            case Value.Num number -> List.of();
            case Value.Bool bool -> List.of();
            case Value.Text text -> List.of();
            case Value.None none -> List.of();
            case Value.ListValue list -> List.of();
            case Value.FormulaValue formula -> List.of();
        };
    }

    /** A field's value, for records only: other fields may need computation, which completion must not start. */
    private static Optional<Value> field(Value value, String field) {
        return value instanceof Value.RecordValue(var fields)
                ? Optional.ofNullable(fields.get(field))
                : Optional.empty();
    }

    private Optional<Value> value(List<String> path) {
        Optional<Value> value = path.isEmpty() ? Optional.empty() : Optional.ofNullable(bound.find(path.getFirst()));
        for (String field : path.subList(Math.min(1, path.size()), path.size())) {
            value = value.flatMap(owner -> switch (owner) {
                case Value.RecordValue(var fields) -> Optional.ofNullable(fields.get(field));
                case Value.Extension extension -> inner(extension, field);
                default -> Optional.empty();
            });
        }
        return value;
    }

    /** The value of a field; empty if it cannot be computed, such as the transition of a process that has none. */
    private static Optional<Value> inner(Value.Extension owner, String field) {
        try {
            return Optional.ofNullable(owner.field(field));
        } catch (RuntimeException refused) {
            return Optional.empty();
        }
    }
}
