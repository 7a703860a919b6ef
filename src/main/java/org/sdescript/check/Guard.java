package org.sdescript.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.Body;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;

/**
 * A condition at the head of a body under which the callable fails: {@code if steps < 1 { fail("…") }}. A guard that
 * reads only known values is evaluated before the body runs: when the callable is configured, and by the checker.
 */
public record Guard(Expression condition, Expression message) {
    private static final String FAIL = "fail";

    /** The guards at the head of a body, before the first other statement. */
    public static List<Guard> of(Statement.Declaration declaration) {
        List<Guard> guards = new ArrayList<>();
        if (declaration.body() instanceof Body.Statements(var block, var span)) {
            for (Statement statement : block.statements()) {
                Optional<Guard> guard = guard(statement);
                if (guard.isEmpty()) {
                    break;
                }
                guards.add(guard.get());
            }
        }
        return List.copyOf(guards);
    }

    private static Optional<Guard> guard(Statement statement) {
        return statement instanceof Statement.If(var condition, var then, var otherwise, var span)
                        && otherwise.isEmpty()
                        && then.statements().size() == 1
                        && then.statements().getFirst() instanceof Statement.Evaluate(Expression only, var place)
                        && only instanceof Expression.Call call
                        && call.arguments().size() == 1
                        && isFail(call)
                ? Optional.of(new Guard(condition, call.arguments().getFirst().value()))
                : Optional.empty();
    }

    static boolean isFail(Expression.Call call) {
        return call.callee() instanceof Expression.Name name && name.name().equals(FAIL);
    }

    /** The guard's message, if it refuses these values. */
    public Optional<String> refusal(Map<String, Constant> values) {
        ConstantFolding folding = new ConstantFolding(values);
        return folding.booleanOf(condition)
                .filter(refused -> refused)
                .flatMap(refused -> folding.of(message))
                .map(Constant::text);
    }

    /** True if the condition reads this variable or parameter. */
    boolean reads(String name) {
        return ReadNames.of(condition).contains(name);
    }
}
