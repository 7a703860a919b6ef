package org.sdescript.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Endings;

/**
 * What a callable takes.
 *
 * @param kind the word that declares it: {@code fn}, {@code schedule}, … or {@code sde}
 * @param variadic whether it takes any number of positional arguments
 * @param files the slots that take the name of a file to write, with the endings it may have
 */
public record Signature(
        String kind, List<Slot> variables, List<Slot> parameters, boolean variadic, Map<String, Endings> files) {

    /** One variable or parameter. */
    public record Slot(String name, boolean required) {}

    public Signature {
        variables = List.copyOf(variables);
        parameters = List.copyOf(parameters);
        files = Map.copyOf(files);
    }

    public Signature(String kind, List<Slot> variables, List<Slot> parameters, boolean variadic) {
        this(kind, variables, parameters, variadic, Map.of());
    }

    public static Signature of(Statement.Declaration declaration) {
        return new Signature(
                declaration.kind().word(), slots(declaration.variables()), slots(declaration.parameters()), false);
    }

    public static Signature of(Statement.SdeDeclaration declaration) {
        return new Signature("sde", List.of(), slots(declaration.parameters()), false);
    }

    private static List<Slot> slots(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter ->
                        new Slot(parameter.name(), parameter.defaultValue().isEmpty()))
                .toList();
    }

    /** Variables, then parameters: the order in which positional arguments fill them. */
    List<Slot> slots() {
        return Stream.concat(variables.stream(), parameters.stream()).toList();
    }

    Optional<Slot> slot(String name) {
        return slots().stream().filter(slot -> slot.name().equals(name)).findFirst();
    }

    boolean isFunction() {
        return kind.equals(CallableKind.FN.word());
    }

    /** {@code x, t; lo, hi}, as a declaration would have it. */
    String shown() {
        if (slots().isEmpty()) {
            return "nothing";
        }
        String first = names(variables);
        return parameters.isEmpty()
                ? first
                : variables.isEmpty() ? names(parameters) : first + "; " + names(parameters);
    }

    private static String names(List<Slot> slots) {
        return slots.stream().map(Slot::name).collect(Collectors.joining(", "));
    }
}
