package org.sdescript.check;

import java.util.Map;
import java.util.Optional;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.ast.Expression;
import org.sdescript.check.Constant.Bool;
import org.sdescript.check.Constant.Number;
import org.sdescript.check.Constant.Text;

/** Evaluates expressions over known names; empty if a part is not known. Every value equals the value in the run. */
final class ConstantFolding {
    private final Map<String, Constant> known;

    ConstantFolding(Map<String, Constant> known) {
        this.known = known;
    }

    static Optional<Constant> literal(Expression expression) {
        return new ConstantFolding(Map.of()).of(expression);
    }

    Optional<Constant> of(Expression expression) {
        return switch (expression) {
            case Expression.Number number -> Optional.of(new Number(number.value()));
            case Expression.Bool bool -> Optional.of(new Bool(bool.value()));
            case Expression.None none -> Optional.of(new Constant.None());
            case Expression.Text text -> text(text);
            case Expression.Name name -> Optional.ofNullable(known.get(name.name()));
            case Expression.Negate negate -> number(negate.operand()).map(value -> new Number(-value));
            case Expression.Not not -> booleanOf(not.operand()).map(value -> new Bool(!value));
            case Expression.Binary binary -> binary(binary);
            case Expression.And and -> either(and.left(), and.right(), false);
            case Expression.Or or -> either(or.left(), or.right(), true);
            case Expression.Comparison comparison -> comparison(comparison);
            case Expression.Conditional choice ->
                booleanOf(choice.condition()).flatMap(chosen -> of(chosen ? choice.then() : choice.otherwise()));
            case Expression.ListLiteral unknown -> Optional.empty();
            case Expression.Comprehension unknown -> Optional.empty();
            case Expression.RecordLiteral unknown -> Optional.empty();
            case Expression.Lambda unknown -> Optional.empty();
            case Expression.Range unknown -> Optional.empty();
            case Expression.Call unknown -> Optional.empty();
            case Expression.Index unknown -> Optional.empty();
            case Expression.Field unknown -> Optional.empty();
        };
    }

    Optional<Double> number(Expression expression) {
        return of(expression).filter(Number.class::isInstance).map(value -> ((Number) value).value());
    }

    Optional<Boolean> booleanOf(Expression expression) {
        return of(expression).filter(Bool.class::isInstance).map(value -> ((Bool) value).value());
    }

    private Optional<Constant> text(Expression.Text text) {
        StringBuilder whole = new StringBuilder();
        for (Expression.TextPart part : text.parts()) {
            Optional<String> piece =
                    switch (part) {
                        case Expression.TextPart.Literal(String words) -> Optional.of(words);
                        case Expression.TextPart.Interpolation(Expression value, String format) ->
                            format.isEmpty() ? of(value).map(Constant::text) : Optional.empty();
                    };
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            whole.append(piece.get());
        }
        return Optional.of(new Text(whole.toString()));
    }

    private Optional<Constant> binary(Expression.Binary binary) {
        Optional<Double> left = number(binary.left());
        Optional<Double> right = number(binary.right());
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        return arithmetic(binary.operator(), left.get(), right.get())
                .filter(Double::isFinite)
                .map(Number::new);
    }

    private static Optional<Double> arithmetic(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case ADD -> Optional.of(left + right);
            case SUBTRACT -> Optional.of(left - right);
            case MULTIPLY -> Optional.of(left * right);
            case DIVIDE -> Optional.of(left / right);
            case MODULO -> Optional.of(left - right * Math.floor(left / right));
            case POWER -> Optional.of(Math.pow(left, right));
            case MATMUL -> Optional.empty();
        };
    }

    /** {@code and}, {@code or}: the left side alone may decide the value. */
    private Optional<Constant> either(Expression left, Expression right, boolean settling) {
        return booleanOf(left)
                .flatMap(value -> value == settling ? Optional.of(settling) : booleanOf(right))
                .map(Bool::new);
    }

    private Optional<Constant> comparison(Expression.Comparison comparison) {
        boolean all = true;
        for (int i = 0; i < comparison.operators().size(); i++) {
            Optional<Constant> left = of(comparison.operands().get(i));
            Optional<Constant> right = of(comparison.operands().get(i + 1));
            if (left.isEmpty() || right.isEmpty()) {
                return Optional.empty();
            }
            Optional<Boolean> link = link(comparison.operators().get(i), left.get(), right.get());
            if (link.isEmpty()) {
                return Optional.empty();
            }
            all &= link.get();
        }
        return Optional.of(new Bool(all));
    }

    private static Optional<Boolean> link(ComparisonOperator operator, Constant left, Constant right) {
        if (operator == ComparisonOperator.EQUAL) {
            return Optional.of(same(left, right));
        }
        if (operator == ComparisonOperator.NOT_EQUAL) {
            return Optional.of(!same(left, right));
        }
        return left instanceof Number(double a) && right instanceof Number(double b)
                ? Optional.of(holds(operator, a, b))
                : Optional.empty();
    }

    private static boolean same(Constant left, Constant right) {
        return left instanceof Number(double a) && right instanceof Number(double b) ? a == b : left.equals(right);
    }

    private static boolean holds(ComparisonOperator operator, double left, double right) {
        return switch (operator) {
            case LESS -> left < right;
            case LESS_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_EQUAL -> left >= right;
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
        };
    }
}
