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
import org.sdescript.check.Wanted;

/** What a callable takes: variables, then parameters. Every call asks for it, so its slots are looked up once. */
public final class Signature {
    private final String name;
    private final List<Slot> variables;
    private final List<Slot> slots;
    private final Set<String> variableNames;
    private final Map<String, Slot> byName = new HashMap<>();
    private final boolean rest;
    private final boolean needsVariable;

    /** A name that an argument binds to; {@code fallback} is what stands for it when none is given. */
    public record Slot(String name, Fallback fallback, Wanted wanted) {
        public Slot(String name, Fallback fallback) {
            this(name, fallback, Wanted.ANY);
        }

        Slot wanting(Wanted other) {
            return new Slot(name, fallback, other);
        }

        /** With its default, as in {@code lo = 0.1}. */
        public String written() {
            return switch (fallback) {
                case Fallback.Required required -> name;
                case Fallback.Constant(Value value) -> name + " = " + Show.brief(value);
                case Fallback.Computed(Expression expression) ->
                    name + " = " + expression.span().text();
            };
        }

        public boolean isRequired() {
            return fallback instanceof Fallback.Required;
        }
    }

    /** What happens where an argument is left out. */
    public sealed interface Fallback {
        Fallback REQUIRED = new Required();

        record Required() implements Fallback {}

        record Constant(Value value) implements Fallback {}

        /** Evaluated where the callable was declared, earlier slots in sight. */
        record Computed(Expression expression) implements Fallback {}
    }

    /** @param rest whether further positional arguments are taken, as {@code print} does */
    public Signature(String name, List<Slot> variables, List<Slot> parameters, boolean rest) {
        this.name = name;
        this.variables = List.copyOf(variables);
        this.slots = Stream.concat(variables.stream(), parameters.stream()).toList();
        this.variableNames = this.variables.stream().map(Slot::name).collect(Collectors.toSet());
        this.rest = rest;
        this.needsVariable = this.variables.stream().anyMatch(Slot::isRequired);
        slots.forEach(slot -> byName.put(slot.name(), slot));
    }

    /** The same slots under another name. */
    public Signature named(String other) {
        return new Signature(other, variables, parameters(), rest);
    }

    public static Signature of(String name, List<Parameter> variables, List<Parameter> parameters) {
        return new Signature(name, slots(variables), slots(parameters), false);
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

    /** What a declared callable takes. */
    static Signature of(org.sdescript.check.Signature declared) {
        return new Signature(declared.name(), taken(declared.variables()), taken(declared.parameters()), false);
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

    /** Variables and parameters, in the order that positional arguments go to them. */
    public List<Slot> slots() {
        return slots;
    }

    public Optional<Slot> slot(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The slot that an argument at this position, or with this name, goes to. */
    Optional<Slot> slot(int position, Optional<String> given) {
        return given.isPresent()
                ? slot(given.get())
                : slots.stream().skip(position).findFirst();
    }

    /** Whether further positional arguments are taken. */
    public boolean rest() {
        return rest;
    }

    /** Whether a call without any variable only configures. */
    boolean needsVariable() {
        return needsVariable;
    }

    public boolean isVariable(String name) {
        return variableNames.contains(name);
    }

    /** A variable or parameter in a message: {@code `n` of sample}. */
    String of(String slot) {
        return "`" + slot + "` of " + name;
    }

    /** What is said where a call does not fit. */
    String takes() {
        return name + " takes " + toString().substring(name.length());
    }

    /** {@code langevin(process, score, x, t; snr, steps)}, for errors and help. */
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
