package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;

/**
 * What a callable takes: variables, then parameters.
 *
 * @param rest whether further positional arguments are taken, as {@code print} does
 */
public record Signature(String name, List<Slot> variables, List<Slot> parameters, boolean rest) {

    /**
     * A name that an argument binds to.
     *
     * @param fallback what stands for it when none is given
     * @param takesName whether a bare name without a value may be given, for the variable it spells: {@code diff(f, t)}
     */
    public record Slot(String name, Fallback fallback, boolean takesName) {
        public Slot(String name, Fallback fallback) {
            this(name, fallback, false);
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

    public List<Slot> slots() {
        return Stream.concat(variables.stream(), parameters.stream()).toList();
    }

    public Optional<Slot> slot(String name) {
        return slots().stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    /** The slot that an argument at this position, or with this name, goes to. */
    Optional<Slot> slot(int position, Optional<String> name) {
        return name.isPresent() ? slot(name.get()) : slots().stream().skip(position).findFirst();
    }

    public boolean isVariable(String name) {
        return variables.stream().anyMatch(slot -> slot.name().equals(name));
    }

    /** What is said where a call does not fit. */
    String takes() {
        return name + " takes " + toString().substring(name.length());
    }

    /** {@code langevin(process, score, x, t; snr, steps)}, for errors and help. */
    @Override
    public String toString() {
        List<String> first =
                new ArrayList<>(variables.stream().map(Signature::written).toList());
        if (rest) {
            first.add("…");
        }
        String second =
                String.join(", ", parameters.stream().map(Signature::written).toList());
        return name + "(" + String.join(", ", first) + (second.isEmpty() ? "" : (first.isEmpty() ? "" : "; ") + second)
                + ")";
    }

    private static String written(Slot slot) {
        return switch (slot.fallback()) {
            case Fallback.Required required -> slot.name();
            case Fallback.Constant(Value value) -> slot.name() + " = " + Show.brief(value);
            case Fallback.Computed(Expression expression) ->
                slot.name() + " = " + expression.span().text();
        };
    }
}
