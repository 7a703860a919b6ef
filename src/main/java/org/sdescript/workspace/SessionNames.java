package org.sdescript.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.check.Kind;
import org.sdescript.display.ValueView;
import org.sdescript.manual.Manual;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.Value;

/**
 * The names bound in a session, described by their values. No value is computed: a field such as {@code p.transition},
 * which may take long to derive, is described by the manual.
 */
public record SessionNames(Environment bound, Manual manual) implements KnownNames {
    /** The kinds of the values of computed fields, by the kind of their owner. */
    private static final Map<Kind, Map<String, String>> COMPUTED = Map.of(
            Kind.PROCESS, Map.of("transition", "transition", "prior", "distribution", "chain", "chain of steps"),
            Kind.DATA, Map.of("x", "tensor", "y", "tensor"));

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
        return value(path)
                .map(SessionNames::fields)
                .or(() -> computed(path).map(kind -> KnownField.ofKind(kind, manual)))
                .orElse(List.of());
    }

    private static List<KnownField> fields(Value value) {
        return fieldNames(value).stream()
                .map(field -> new KnownField(
                        field, stored(value, field).map(ValueView::brief).orElse("")))
                .toList();
    }

    /** The kind of the value of a computed field, to which a path leads. */
    private Optional<String> computed(List<String> path) {
        return path.isEmpty()
                ? Optional.empty()
                : value(path.subList(0, path.size() - 1))
                        .map(owner -> COMPUTED.getOrDefault(owner.kind(), Map.of()))
                        .map(fields -> fields.get(path.getLast()));
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

    /** The value of a field that a record or a module holds; other fields may need computation. */
    private static Optional<Value> stored(Value owner, String field) {
        return switch (owner) {
            case Value.RecordValue(var fields) -> Optional.ofNullable(fields.get(field));
            case Value.Extension module when module.kind() == Kind.MODULE -> Optional.ofNullable(module.field(field));
            default -> Optional.empty();
        };
    }

    private Optional<Value> value(List<String> path) {
        Optional<Value> value = path.isEmpty() ? Optional.empty() : Optional.ofNullable(bound.find(path.getFirst()));
        for (String field : path.subList(Math.min(1, path.size()), path.size())) {
            value = value.flatMap(owner -> stored(owner, field));
        }
        return value;
    }
}
