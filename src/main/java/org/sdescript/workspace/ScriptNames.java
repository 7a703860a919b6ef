package org.sdescript.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sdescript.check.Kind;
import org.sdescript.check.Signature;
import org.sdescript.check.StaticValue;
import org.sdescript.manual.Manual;
import org.sdescript.pipeline.ScriptAnalysis;

/**
 * The names that a line of a script sees before the script runs. The script may have errors; names of statements that
 * could not be parsed are included, without facts.
 *
 * @param offset the place of the line in the text
 */
public record ScriptNames(ScriptAnalysis script, Manual manual, int offset) implements KnownNames {
    /** The kinds of fields that are values with fields of their own. */
    private static final Map<String, String> KINDS_OF_FIELDS =
            Map.of("transition", "transition", "prior", "distribution", "chain", "chain of steps", "T", "tensor");

    @Override
    public Collection<String> names() {
        Collection<String> names = new TreeSet<>(script.visible(offset));
        names.addAll(script.parsed().lost());
        return names;
    }

    @Override
    public String about(String name) {
        return known(name).map(ScriptNames::about).orElse("");
    }

    private static String about(StaticValue value) {
        String kind = value.kind().word();
        return value.signature()
                .map(signature -> kind + " " + signature.name() + signature.shown())
                .orElse(kind);
    }

    @Override
    public Optional<Kind> kind(String name) {
        return known(name).map(StaticValue::kind);
    }

    private Optional<StaticValue> known(String name) {
        return script.known(name, offset);
    }

    /** The facts about the value that a path of names leads to, through modules and records. */
    public Optional<StaticValue> known(List<String> path) {
        Optional<StaticValue> value = path.isEmpty() ? Optional.empty() : known(path.getFirst());
        for (String field : path.subList(Math.min(1, path.size()), path.size())) {
            value = value.flatMap(owner -> inner(owner, field));
        }
        return value;
    }

    private static Optional<StaticValue> inner(StaticValue owner, String field) {
        return owner.names().isPresent()
                ? owner.names().get().known(field)
                : owner.fields().getOrDefault(field, Optional.empty());
    }

    @Override
    public List<KnownField> fields(List<String> path) {
        Optional<StaticValue> value = known(path);
        if (value.isPresent()) {
            return fields(value.get());
        }
        return path.size() < 2
                ? List.of()
                : Optional.ofNullable(KINDS_OF_FIELDS.get(path.getLast()))
                        .map(kind -> KnownField.ofKind(kind, manual))
                        .orElse(List.of());
    }

    private List<KnownField> fields(StaticValue value) {
        if (value.names().isPresent()) {
            return value.names().get().names().stream()
                    .sorted()
                    .map(name -> new KnownField(
                            name,
                            value.names()
                                    .get()
                                    .known(name)
                                    .map(ScriptNames::about)
                                    .orElse("")))
                    .toList();
        }
        return value.kind() == Kind.RECORD
                ? value.fields().entrySet().stream()
                        .map(field -> new KnownField(
                                field.getKey(),
                                field.getValue().map(ScriptNames::about).orElse("")))
                        .toList()
                : KnownField.ofKind(value.kind().word(), manual);
    }

    @Override
    public List<KnownParameter> parameters(List<String> path) {
        return known(path)
                .flatMap(value -> value.signature().map(signature -> parameters(signature, value)))
                .orElse(List.of());
    }

    private static List<KnownParameter> parameters(Signature signature, StaticValue value) {
        return signature.slots().stream()
                .map(slot -> new KnownParameter(
                        slot.name(),
                        slot.written(),
                        slot.required(),
                        value.configured().contains(slot.name()),
                        slot.wanted().values()))
                .toList();
    }
}
