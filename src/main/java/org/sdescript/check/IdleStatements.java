package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sdescript.ast.Body;
import org.sdescript.ast.Children;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;

/** Warns of expression statements without a call, such as {@code x == 3}: their value is lost. */
final class IdleStatements {

    /** Functions called for their effect; a body may end with such a call and return nothing. */
    private static final Set<String> FOR_EFFECT = Set.of(
            "print",
            "plot",
            "save",
            "export",
            "animate",
            "set",
            "fail",
            "help",
            "metric",
            "visit",
            "progress",
            "describe",
            "explain",
            "preview",
            "counted");

    private final Globals globals;

    IdleStatements(Globals globals) {
        this.globals = globals;
    }

    List<Diagnostic> of(Program program) {
        List<Diagnostic> found = new ArrayList<>();
        idle(ScopeStatements.of(program), false, found);
        found.addAll(ofBodies(program));
        return found;
    }

    /**
     * The warnings in the bodies of callables only, because the prompt shows the value of a statement at the top level.
     */
    List<Diagnostic> ofBodies(Program program) {
        List<Diagnostic> found = new ArrayList<>();
        ScopeStatements.bodies(program).forEach(body -> {
            idle(body, true, found);
            lost(body, program).ifPresent(found::add);
        });
        return found;
    }

    /** The warning for a last value in a body that returns nothing; Julia, R and Rust would return the value. */
    private Optional<Diagnostic> lost(ScopeStatements body, Program program) {
        boolean returns = body.flat().stream()
                .anyMatch(
                        statement -> statement instanceof Statement.Return(var values, var span) && !values.isEmpty());
        if (returns
                || body.statements().isEmpty()
                || !(body.statements().getLast() instanceof Statement.Evaluate(Expression value, var span))
                || Children.all(value).noneMatch(Expression.Call.class::isInstance)
                || !givesValue(value, program)) {
            return Optional.empty();
        }
        return Optional.of(
                Diagnostic.warning("W0302", span, "this value is not used").help(instead(value, true)));
    }

    /**
     * True if the expression certainly has a value: an operation, or a call of a function that is not called for its
     * effect.
     */
    private boolean givesValue(Expression value, Program program) {
        if (!(value instanceof Expression.Call call)) {
            return true;
        }
        if (!(call.callee() instanceof Expression.Name(String name, var span))) {
            return false;
        }
        List<Statement.Declaration> own = program.statements().stream()
                .filter(Statement.Declaration.class::isInstance)
                .map(Statement.Declaration.class::cast)
                .filter(declaration -> declaration.name().equals(name))
                .toList();
        boolean bound = Children.all(program)
                .anyMatch(node -> node instanceof Statement.Bind bind
                        && bind.targets().stream()
                                .anyMatch(target -> target.name().equals(name)));
        return own.isEmpty()
                ? !bound
                        && !FOR_EFFECT.contains(name)
                        && globals.known(name)
                                .filter(known -> known.kind().isCallable())
                                .isPresent()
                : returns(own.getFirst());
    }

    private static boolean returns(Statement.Declaration declaration) {
        return !(declaration.body() instanceof Body.Statements)
                || Children.all(declaration)
                        .anyMatch(node -> node instanceof Statement.Return(var values, var span) && !values.isEmpty());
    }

    private static void idle(ScopeStatements surface, boolean returns, List<Diagnostic> found) {
        for (Statement statement : surface.flat()) {
            if (statement instanceof Statement.Evaluate(Expression value, var span)
                    && Children.all(value).noneMatch(Expression.Call.class::isInstance)) {
                boolean last = returns && statement == surface.statements().getLast();
                found.add(Diagnostic.warning("W0302", span, "this value is not used")
                        .help(instead(value, last)));
            }
        }
    }

    private static String instead(Expression value, boolean last) {
        String text = value.span().text();
        if (value instanceof Expression.Comparison comparison
                && comparison.operators().equals(List.of(ComparisonOperator.EQUAL))
                && comparison.operands().getFirst() instanceof Expression.Name name) {
            return "`" + name.name() + " = "
                    + comparison.operands().getLast().span().text() + "` binds the name";
        }
        return last
                ? "only `return` gives a value back: `return " + text + "`"
                : "`print(" + text + ")` shows it, `name = " + text + "` keeps it";
    }
}
