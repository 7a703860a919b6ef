package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.check.Wanted;

/**
 * What a callable takes: variables, then parameters.
 *
 * @param rest whether further positional arguments are taken, as {@code print} does
 */
public record Signature(String name, List<Slot> variables, List<Slot> parameters, boolean rest) {

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
    }

    /** What happens where an argument is left out. */
    public sealed interface Fallback {
        Fallback REQUIRED = new Required();

        record Required() implements Fallback {}

        record Constant(Value value) implements Fallback {}

        /** Evaluated where the callable was declared, earlier slots in sight. */
        record Computed(Expression expression) implements Fallback {}
    }

    public Signature {
        variables = List.copyOf(variables);
        parameters = List.copyOf(parameters);
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

    public List<Slot> slots() {
        return Stream.concat(variables.stream(), parameters.stream()).toList();
    }

    public Optional<Slot> slot(String name) {
        return slots().stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    public boolean isVariable(String name) {
        return variables.stream().anyMatch(slot -> slot.name().equals(name));
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
        String second = String.join(", ", parameters.stream().map(Slot::written).toList());
        return name + "(" + String.join(", ", first) + (second.isEmpty() ? "" : (first.isEmpty() ? "" : "; ") + second)
                + ")";
    }
}
