package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sdescript.ast.Body;
import org.sdescript.ast.Children;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;

/**
 * The statements that share one scope: those of a program or of a callable's body, including their blocks.
 *
 * @param whole the program or the declaration
 * @param taken the variables and parameters of the declaration
 * @param statements the outermost statements
 */
record ScopeStatements(SyntaxNode whole, List<Parameter> taken, List<Statement> statements) {

    static ScopeStatements of(Program program) {
        return new ScopeStatements(program, List.of(), program.statements());
    }

    /** The bodies of all callables declared anywhere in a program. */
    static List<ScopeStatements> bodies(Program program) {
        return Children.all(program).flatMap(ScopeStatements::body).toList();
    }

    private static Stream<ScopeStatements> body(SyntaxNode node) {
        return node instanceof Statement.Declaration declaration
                        && declaration.body() instanceof Body.Statements(var block, var span)
                ? Stream.of(new ScopeStatements(declaration, taken(declaration), block.statements()))
                : Stream.empty();
    }

    private static List<Parameter> taken(Statement.Declaration declaration) {
        return Stream.concat(declaration.variables().stream(), declaration.parameters().stream())
                .toList();
    }

    /** All statements of this scope in the order of the text, including those of inner blocks. */
    List<Statement> flat() {
        List<Statement> all = new ArrayList<>();
        statements.forEach(statement -> flatten(statement, all));
        return all;
    }

    private static void flatten(SyntaxNode node, List<Statement> all) {
        if (node instanceof Statement statement) {
            all.add(statement);
        }
        if (!(node instanceof Statement.Declaration || node instanceof Statement.SdeDeclaration)) {
            Children.of(node).forEach(child -> flatten(child, all));
        }
    }
}
