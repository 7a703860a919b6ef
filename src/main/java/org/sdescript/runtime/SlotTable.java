package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.check.ParameterType;

/** The slots of a callable: variables, then parameters. Looked up by every call, therefore indexed by name. */
public final class SlotTable {
    private final String name;
    private final List<Slot> variables;
    private final List<Slot> slots;
    private final Set<String> variableNames;
    private final Map<String, Slot> byName = new HashMap<>();
    private final boolean rest;
    private final boolean needsVariable;

    /** A name that an argument binds to; {@code fallback} is the value without an argument. */
    public record Slot(String name, Fallback fallback, ParameterType wanted) {
        public Slot(String name, Fallback fallback) {
            this(name, fallback, ParameterType.ANY);
        }

        Slot wanting(ParameterType other) {
            return new Slot(name, fallback, other);
        }

        /** Returns the slot with its default, as in {@code lo = 0.1}. */
        public String written() {
            return switch (fallback) {
                case Fallback.Required required -> name;
                case Fallback.Constant(Value value) -> name + " = " + ValueText.brief(value);
                case Fallback.Computed(Expression expression) ->
                    name + " = " + expression.span().text();
            };
        }

        public boolean isRequired() {
            return fallback instanceof Fallback.Required;
        }
    }

    /** The value of a slot without an argument. */
    public sealed interface Fallback {
        Fallback REQUIRED = new Required();

        record Required() implements Fallback {}

        record Constant(Value value) implements Fallback {}

        /** A default evaluated in the scope of the declaration, with earlier slots bound. */
        record Computed(Expression expression) implements Fallback {}
    }

    /** @param rest true if further positional arguments are accepted, as by {@code print} */
    public SlotTable(String name, List<Slot> variables, List<Slot> parameters, boolean rest) {
        this.name = name;
        this.variables = List.copyOf(variables);
        this.slots = Stream.concat(variables.stream(), parameters.stream()).toList();
        this.variableNames = this.variables.stream().map(Slot::name).collect(Collectors.toSet());
        this.rest = rest;
        this.needsVariable = this.variables.stream().anyMatch(Slot::isRequired);
        slots.forEach(slot -> byName.put(slot.name(), slot));
    }

    /** Returns the same slots under another name. */
    public SlotTable named(String other) {
        return new SlotTable(other, variables, parameters(), rest);
    }

    public static SlotTable of(String name, List<Parameter> variables, List<Parameter> parameters) {
        return new SlotTable(name, slots(variables), slots(parameters), false);
    }

    private static List<Slot> slots(List<Parameter> declared) {
        return declared.stream()
                .map(parameter -> new Slot(
                        parameter.name(),
                        parameter
                                .defaultValue()
                                .<Fallback>map(Fallback.Computed::new)
                                .orElse(Fallback.REQUIRED)))
                .toList();
    }

    /** Returns the signature of a declared callable. */
    static SlotTable of(org.sdescript.check.Signature declared) {
        return new SlotTable(
                declared.name(), taken(declared.variables()), taken(declared.parameters()), declared.variadic());
    }

    private static List<Slot> taken(List<org.sdescript.check.Signature.Slot> declared) {
        return declared.stream()
                .map(slot -> new Slot(
                        slot.name(),
                        slot.fallback().<Fallback>map(Fallback.Computed::new).orElse(Fallback.REQUIRED),
                        slot.wanted()))
                .toList();
    }

    public String name() {
        return name;
    }

    public List<Slot> variables() {
        return variables;
    }

    public List<Slot> parameters() {
        return slots.subList(variables.size(), slots.size());
    }

    /** Returns variables and parameters, in the order of positional arguments. */
    public List<Slot> slots() {
        return slots;
    }

    public Optional<Slot> slot(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the slot of an argument with this position or this name. */
    Optional<Slot> slot(int position, Optional<String> given) {
        return given.isPresent()
                ? slot(given.get())
                : slots.stream().skip(position).findFirst();
    }

    /** True if further positional arguments are accepted. */
    public boolean rest() {
        return rest;
    }

    /** True if a call without any variable only configures the callable. */
    boolean needsVariable() {
        return needsVariable;
    }

    public boolean isVariable(String name) {
        return variableNames.contains(name);
    }

    /** Returns a slot as in messages: {@code `n` of sample}. */
    String of(String slot) {
        return "`" + slot + "` of " + name;
    }

    /** Returns the note for a call with wrong arguments. */
    String takes() {
        return name + " takes " + toString().substring(name.length());
    }

    /** Returns {@code langevin(process, score, x, t; snr, steps)}, for errors and help. */
    @Override
    public String toString() {
        List<String> first =
                new ArrayList<>(variables.stream().map(Slot::written).toList());
        if (rest) {
            first.add("…");
        }
        String second =
                String.join(", ", parameters().stream().map(Slot::written).toList());
        return name + "(" + String.join(", ", first) + (second.isEmpty() ? "" : (first.isEmpty() ? "" : "; ") + second)
                + ")";
    }
}
