package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.ast.Block;
import org.sdescript.ast.Statement;

/** Finds the names that statements bind in their scope; control flow opens no scope of its own. */
public final class BoundNames {
    private BoundNames() {}

    /** All bound names, with one entry per binding. */
    public static List<String> of(List<Statement> statements) {
        List<String> names = new ArrayList<>();
        statements.forEach(statement -> collect(statement, names));
        return names;
    }

    /** The names bound by declarations, which are bound before the first statement runs. */
    static List<String> declared(List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> declaredName(statement).stream())
                .toList();
    }

    static Optional<String> declaredName(Statement statement) {
        return switch (statement) {
            case Statement.Declaration declaration -> Optional.of(declaration.name());
            case Statement.SdeDeclaration declaration -> Optional.of(declaration.name());
            default -> Optional.empty();
        };
    }

    private static void collect(Statement statement, List<String> names) {
        switch (statement) {
            case Statement.Import module -> module.alias().ifPresent(names::add);
            case Statement.Param param -> names.add(param.name());
            case Statement.Declaration declaration -> names.add(declaration.name());
            case Statement.SdeDeclaration declaration -> names.add(declaration.name());
            case Statement.Bind bind -> bind.targets().forEach(target -> names.add(target.name()));
            case Statement.If branch -> {
                collect(branch.then(), names);
                branch.otherwise().ifPresent(block -> collect(block, names));
            }
            case Statement.For loop -> {
                loop.targets().forEach(target -> names.add(target.name()));
                collect(loop.body(), names);
            }
            case Statement.While loop -> collect(loop.body(), names);
            case Statement.Repeat loop -> collect(loop.body(), names);
            case Statement.Try attempt -> {
                collect(attempt.body(), names);
                attempt.error().ifPresent(error -> names.add(error.name()));
                collect(attempt.handler(), names);
            }
            case Statement.Update none -> {}
            case Statement.Evaluate none -> {}
            case Statement.Return none -> {}
            case Statement.Break none -> {}
            case Statement.Continue none -> {}
        }
    }

    private static void collect(Block block, List<String> names) {
        block.statements().forEach(statement -> collect(statement, names));
    }
}
