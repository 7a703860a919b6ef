package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.ast.Children;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.Statement;
import org.sdescript.diagnostic.Diagnostic;

/** Expressions that call nothing and stand alone, such as {@code x == 3}: what they give is lost. */
final class IdleStatements {

    List<Diagnostic> of(Program program) {
        List<Diagnostic> found = new ArrayList<>();
        idle(Surface.of(program), false, found);
        Surface.bodies(program).forEach(body -> idle(body, true, found));
        return found;
    }

    private static void idle(Surface surface, boolean returns, List<Diagnostic> found) {
        for (Statement statement : surface.flat()) {
            if (statement instanceof Statement.Evaluate(Expression value, var span)
                    && Children.all(value).noneMatch(Expression.Call.class::isInstance)) {
                boolean last = returns && statement == surface.statements().getLast();
                found.add(Diagnostic.warning("W0302", span, "the value of this is not used")
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
                ? "a body gives back what it returns: `return " + text + "`"
                : "`print(" + text + ")` shows it, `name = " + text + "` keeps it";
    }
}
