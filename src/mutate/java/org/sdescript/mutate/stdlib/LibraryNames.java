package org.sdescript.mutate.stdlib;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;

/** For a name of the library or of a built-in, another one that can stand in its place. */
final class LibraryNames {
    /** Built-ins of one kind: each takes what the others take. */
    private static final List<List<String>> ALIKE = List.of(
            List.of("exp", "log"),
            List.of("sin", "cos"),
            List.of("min", "max"),
            List.of("sum", "mean"),
            List.of("zeros", "ones"),
            List.of("sqrt", "abs"),
            List.of("concat", "stack"),
            List.of("randn", "zeros"),
            List.of("randn_like", "zeros_like"),
            List.of("silu", "relu"),
            List.of("floor", "round"),
            List.of("pi", "inf"));

    /** Declarations by their kind and the number of their variables. */
    private final Map<String, List<String>> declared = new TreeMap<>();

    private final Map<String, String> kinds = new TreeMap<>();

    /** The fields read from the things of one name. */
    private final Map<String, List<String>> fields = new TreeMap<>();

    LibraryNames(List<Program> programs) {
        for (Program program : programs) {
            program.statements().forEach(this::declare);
            Children.all(program)
                    .filter(Expression.Field.class::isInstance)
                    .map(Expression.Field.class::cast)
                    .forEach(this::read);
        }
        declared.values().forEach(names -> names.sort(Comparator.naturalOrder()));
        fields.values().forEach(names -> names.sort(Comparator.naturalOrder()));
    }

    private void declare(Statement statement) {
        switch (statement) {
            case Statement.Declaration declaration ->
                declare(
                        declaration.name(),
                        declaration.kind() + "/" + declaration.variables().size());
            case Statement.SdeDeclaration declaration -> declare(declaration.name(), "sde");
            default -> {}
        }
    }

    private void declare(String name, String kind) {
        kinds.put(name, kind);
        declared.computeIfAbsent(kind, any -> new ArrayList<>()).add(name);
    }

    private void read(Expression.Field field) {
        List<String> names = fields.computeIfAbsent(owner(field), any -> new ArrayList<>());
        if (!names.contains(field.field())) {
            names.add(field.field());
        }
    }

    private static String owner(Expression.Field field) {
        return field.target() instanceof Expression.Name name
                ? name.name()
                : field.target().span().text();
    }

    Optional<String> insteadOf(String name, RandomGenerator random) {
        List<String> alike = new ArrayList<>(declared.getOrDefault(kinds.getOrDefault(name, ""), List.of()));
        ALIKE.stream().filter(group -> group.contains(name)).forEach(alike::addAll);
        return other(alike, name, random);
    }

    Optional<String> insteadOf(Expression.Field field, RandomGenerator random) {
        return other(fields.get(owner(field)), field.field(), random);
    }

    static Optional<String> other(List<String> names, String name, RandomGenerator random) {
        List<String> others = names.stream().filter(each -> !each.equals(name)).toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(random.nextInt(others.size())));
    }
}
