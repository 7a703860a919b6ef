package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.ast.Block;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;
import org.sdescript.diagnostic.Diagnostic;

/**
 * Warns of statements after one that always leaves the block.
 *
 * <pre>
 * return x
 * print(x)      # never done
 * </pre>
 */
final class UnreachableStatements {
    private static final String FAIL = "fail";

    private final Globals globals;

    UnreachableStatements(Globals globals) {
        this.globals = globals;
    }

    List<Diagnostic> of(Program program) {
        boolean failEnds = globals.names().contains(FAIL) && !rebindsFail(program);
        List<Diagnostic> found = new ArrayList<>();
        Children.all(program).forEach(node -> {
            switch (node) {
                case Program whole -> after(whole.statements(), failEnds).ifPresent(found::add);
                case Block block -> after(block.statements(), failEnds).ifPresent(found::add);
                default -> {}
            }
        });
        return found;
    }

    private static boolean rebindsFail(Program program) {
        return BoundNames.of(program.statements()).contains(FAIL)
                || Children.all(program)
                        .anyMatch(node -> node instanceof Parameter parameter
                                        && parameter.name().equals(FAIL)
                                || node instanceof Block block
                                        && BoundNames.of(block.statements()).contains(FAIL));
    }

    private static Optional<Diagnostic> after(List<Statement> statements, boolean failEnds) {
        for (int i = 0; i + 1 < statements.size(); i++) {
            if (leaves(statements.get(i), failEnds)) {
                Statement next = statements.get(i + 1);
                return Optional.of(Diagnostic.warning("W0301", next.span(), "this statement never runs")
                        .label("line " + statements.get(i).span().line() + " leaves the block before"));
            }
        }
        return Optional.empty();
    }

    /** True if no later statement of the block can run. */
    private static boolean leaves(Statement statement, boolean failEnds) {
        return switch (statement) {
            case Statement.Return result -> true;
            case Statement.Break leave -> true;
            case Statement.Continue next -> true;
            case Statement.Evaluate evaluate ->
                failEnds && evaluate.expression() instanceof Expression.Call call && Guard.isFail(call);
            case Statement.If branch ->
                branch.otherwise()
                        .filter(otherwise -> leaves(branch.then(), failEnds) && leaves(otherwise, failEnds))
                        .isPresent();
            case Statement.Try attempt -> leaves(attempt.body(), false) && leaves(attempt.handler(), failEnds);
            case Statement.While loop ->
                loop.condition() instanceof Expression.Bool(boolean bool, var span) && bool && !breaks(loop.body());
            case Statement.Import goesOn -> false;
            case Statement.Param goesOn -> false;
            case Statement.Declaration goesOn -> false;
            case Statement.SdeDeclaration goesOn -> false;
            case Statement.Bind goesOn -> false;
            case Statement.Update goesOn -> false;
            case Statement.For goesOn -> false;
            case Statement.Repeat goesOn -> false;
        };
    }

    private static boolean leaves(Block block, boolean failEnds) {
        return block.statements().stream().anyMatch(statement -> leaves(statement, failEnds));
    }

    private static boolean breaks(SyntaxNode loop) {
        return Children.all(loop).anyMatch(Statement.Break.class::isInstance);
    }
}
