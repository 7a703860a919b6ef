package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sdescript.ast.Body;
import org.sdescript.ast.Children;
import org.sdescript.ast.Node;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;

/**
 * The statements that share one scope: those of a program or of a callable's body, including their blocks.
 *
 * @param whole the program or the declaration
 * @param taken the variables and parameters of the declaration
 * @param statements the outermost statements
 */
record Surface(Node whole, List<Parameter> taken, List<Statement> statements) {

    static Surface of(Program program) {
        return new Surface(program, List.of(), program.statements());
    }

    /** The bodies of all callables declared anywhere in a program. */
    static List<Surface> bodies(Program program) {
        return Children.all(program).flatMap(Surface::body).toList();
    }

    private static Stream<Surface> body(Node node) {
        return node instanceof Statement.Declaration declaration
                        && declaration.body() instanceof Body.Statements(var block, var span)
                ? Stream.of(new Surface(declaration, taken(declaration), block.statements()))
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

    private static void flatten(Node node, List<Statement> all) {
        if (node instanceof Statement statement) {
            all.add(statement);
        }
        if (!(node instanceof Statement.Declaration || node instanceof Statement.SdeDeclaration)) {
            Children.of(node).forEach(child -> flatten(child, all));
        }
    }
}
