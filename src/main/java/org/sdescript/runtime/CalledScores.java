package org.sdescript.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Argument;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.Children;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.ast.SyntaxNode;

/**
 * Finds the scores that a function of (x, t) calls with its own x and t, such as {@code (x, t) -> 2*score(x, t)}: the
 * function is a score of their processes. A score that is called with other arguments, such as {@code score(x/s(t),
 * clock(t))}, may belong to the function's process by a change of variables, so that call is ignored.
 */
final class CalledScores {
    private final Set<Callable> seen = new HashSet<>();

    private CalledScores() {}

    static List<Callable> of(Callable function) {
        return new CalledScores().scores(function).distinct().toList();
    }

    private Stream<Callable> scores(Callable score) {
        return switch (score) {
            case LambdaValue lambda -> seen.add(lambda) ? called(lambda) : Stream.empty();
            case Closure closure ->
                closure.declaration().kind() == CallableKind.FN && seen.add(closure) ? called(closure) : Stream.empty();
            default -> score.calledScores().stream();
        };
    }

    private Stream<Callable> called(LambdaValue lambda) {
        return called(lambda.lambda().body(), lambda.signature(), Map.of(), lambda.scope());
    }

    private Stream<Callable> called(Closure closure) {
        Body body = closure.declaration().body();
        return called(body, closure.signature(), closure.configuration(), closure.scope());
    }

    private Stream<Callable> called(SyntaxNode body, SlotTable signature, Map<String, Value> given, Environment scope) {
        List<SlotTable.Slot> variables = signature.variables();
        Set<String> assigned =
                Children.all(body).flatMap(CalledScores::assigned).collect(Collectors.toSet());
        if (variables.size() < 2) {
            return Stream.empty();
        }
        String x = variables.get(0).name();
        String t = variables.get(1).name();
        if (assigned.contains(x) || assigned.contains(t)) {
            return Stream.empty();
        }
        Set<String> slots = signature.slots().stream().map(SlotTable.Slot::name).collect(Collectors.toSet());
        return callees(body, x, t)
                .filter(name -> !assigned.contains(name))
                .map(name -> slots.contains(name) ? given.get(name) : scope.find(name))
                .filter(Callable.class::isInstance)
                .flatMap(value -> scores((Callable) value));
    }

    private static Stream<String> assigned(SyntaxNode node) {
        List<Statement.Target> targets =
                switch (node) {
                    case Statement.Bind bind -> bind.targets();
                    case Statement.Update update -> List.of(update.target());
                    case Statement.For loop -> loop.targets();
                    default -> List.of();
                };
        return targets.stream().map(Statement.Target::name);
    }

    /**
     * Returns the names that are called with x and t first; empty below a lambda or comprehension that rebinds x or t.
     */
    private static Stream<String> callees(SyntaxNode node, String x, String t) {
        if (shadows(node, x) || shadows(node, t)) {
            return Stream.empty();
        }
        Stream<String> below = Children.of(node).stream().flatMap(child -> callees(child, x, t));
        return node instanceof Expression.Call call
                        && call.callee() instanceof Expression.Name(String name, var span)
                        && call.arguments().size() >= 2
                        && isName(call.arguments().get(0), x)
                        && isName(call.arguments().get(1), t)
                ? Stream.concat(Stream.of(name), below)
                : below;
    }

    private static boolean isName(Argument argument, String name) {
        return argument.name().isEmpty()
                && argument.value() instanceof Expression.Name(String given, var span)
                && given.equals(name);
    }

    private static boolean shadows(SyntaxNode node, String name) {
        return switch (node) {
            case Expression.Lambda lambda ->
                lambda.variables().stream().map(Parameter::name).anyMatch(name::equals);
            case Expression.Comprehension comprehension ->
                comprehension.clauses().stream()
                        .anyMatch(clause -> clause instanceof Expression.Clause.ForIn each
                                && each.targets().stream()
                                        .map(Statement.Target::name)
                                        .anyMatch(name::equals));
            default -> false;
        };
    }
}
