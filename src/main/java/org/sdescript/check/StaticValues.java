package org.sdescript.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Expression;

/** Derives facts about the values of expressions, from their form and the names they read. */
final class StaticValues {
    private final Globals globals;

    StaticValues(Globals globals) {
        this.globals = globals;
    }

    Optional<StaticValue> of(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Number literal -> Optional.of(StaticValue.of(Kind.NUMBER));
            case Expression.Text literal -> Optional.of(StaticValue.of(Kind.TEXT));
            case Expression.Bool literal -> Optional.of(StaticValue.of(Kind.BOOLEAN));
            case Expression.None literal -> Optional.of(StaticValue.of(Kind.NONE));
            case Expression.ListLiteral list -> Optional.of(StaticValue.of(Kind.LIST));
            case Expression.Comprehension list -> Optional.of(StaticValue.of(Kind.LIST));
            case Expression.Range list -> Optional.of(StaticValue.of(Kind.LIST));
            case Expression.RecordLiteral literal -> Optional.of(StaticValue.record(fields(literal, scope)));
            case Expression.Lambda lambda -> Optional.of(StaticValue.callable(Signature.of(lambda)));
            case Expression.Name name -> named(name.name(), scope);
            case Expression.Call call -> of(call.callee(), scope).flatMap(callee -> called(callee, call));
            case Expression.Field field -> field(field, scope);
            case Expression.Conditional choice -> common(of(choice.then(), scope), of(choice.otherwise(), scope));
            case Expression.Negate negate -> number(List.of(negate.operand()), scope);
            case Expression.Binary binary ->
                binary.operator() == BinaryOperator.MATMUL
                        ? Optional.empty()
                        : number(List.of(binary.left(), binary.right()), scope);
            case Expression.Not unknown -> Optional.empty();
            case Expression.And unknown -> Optional.empty();
            case Expression.Or unknown -> Optional.empty();
            case Expression.Comparison unknown -> Optional.empty();
            case Expression.Index unknown -> Optional.empty();
        };
    }

    private Map<String, Optional<StaticValue>> fields(Expression.RecordLiteral literal, Scope scope) {
        Map<String, Optional<StaticValue>> fields = new LinkedHashMap<>();
        literal.fields().forEach(field -> fields.put(field.name(), of(field.value(), scope)));
        return fields;
    }

    private Optional<StaticValue> named(String name, Scope scope) {
        return scope.mentions(name) ? scope.known(name) : globals.known(name);
    }

    private Optional<StaticValue> field(Expression.Field field, Scope scope) {
        return of(field.target(), scope).flatMap(StaticValue::names).flatMap(names -> names.known(field.field()));
    }

    private static Optional<StaticValue> called(StaticValue callee, Expression.Call call) {
        return callee.signature().flatMap(signature -> {
            ArgumentMatch filling = ArgumentMatch.of(call, signature, callee);
            return filling.complete()
                    ? signature.gives().map(StaticValue::of)
                    : Optional.of(callee.configured(filling.given().keySet()));
        });
    }

    private static Optional<StaticValue> common(Optional<StaticValue> then, Optional<StaticValue> otherwise) {
        boolean same = then.isPresent()
                && otherwise.isPresent()
                && then.get().kind() == otherwise.get().kind();
        return same ? Optional.of(StaticValue.of(then.get().kind())) : Optional.empty();
    }

    /** A number, if all operands are numbers. */
    private Optional<StaticValue> number(List<Expression> operands, Scope scope) {
        return operands.stream().allMatch(operand -> of(operand, scope)
                        .filter(known -> known.kind() == Kind.NUMBER)
                        .isPresent())
                ? Optional.of(StaticValue.of(Kind.NUMBER))
                : Optional.empty();
    }
}
