package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.sdescript.ast.AllowedValues;
import org.sdescript.ast.Argument;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Order;
import org.sdescript.ast.Parameter;
import org.sdescript.ast.Statement;
import org.sdescript.ast.Subscript;
import org.sdescript.source.Source;
import org.sdescript.source.Span;

/** Random expressions, each of which can be the result of parsing. */
final class GeneratedExpressions {
    static final Span NOWHERE = new Source("generated", "").span(0, 0);

    private static final List<String> NUMBERS = List.of("0", "1", "2.5", "1e-5", "20_000", ".5", "1000");
    private static final List<String> NAMES =
            List.of("x", "t", "a_long_name", "β", "σ_min", "x₀", "loss", "sde", "param", "pi", "state", "as");
    private static final List<String> LITERALS =
            List.of("text", "a \"b\"", "{braces}", "line\nend", "\t#\\", "β\u0001", ": ");

    private final Random random;

    GeneratedExpressions(Random random) {
        this.random = random;
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> List<T> some(int least, int most, Supplier<T> make) {
        List<T> made = new ArrayList<>();
        for (int i = random.nextInt(least, most + 1); i > 0; i--) {
            made.add(make.get());
        }
        return made;
    }

    <T> Optional<T> perhaps(Supplier<T> make) {
        return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
    }

    String name() {
        return one(NAMES);
    }

    List<Statement.Target> targets() {
        return some(1, 3, () -> new Statement.Target(name(), NOWHERE));
    }

    Parameter variable() {
        return new Parameter(name(), Optional.empty(), NOWHERE);
    }

    Parameter parameter(int depth) {
        Optional<AllowedValues> allowed = random.nextInt(4) > 0
                ? Optional.empty()
                : Optional.of(new AllowedValues(some(1, 4, this::choice), NOWHERE));
        return new Parameter(name(), perhaps(() -> expression(depth)), allowed, NOWHERE);
    }

    private AllowedValues.Choice choice() {
        return switch (random.nextInt(4)) {
            case 0 ->
                new AllowedValues.Choice.Interval(
                        random.nextBoolean(), number(), number(), random.nextBoolean(), NOWHERE);
            case 1 -> new AllowedValues.Choice.WholeFrom(number(), NOWHERE);
            case 2 -> new AllowedValues.Choice.Of(new Expression.Range(number(), number(), NOWHERE), NOWHERE);
            default -> new AllowedValues.Choice.Of(leaf(), NOWHERE);
        };
    }

    Order order() {
        return new Order(random.nextBoolean(), leaf(), NOWHERE);
    }

    Expression expression(int depth) {
        if (depth <= 0) {
            return leaf();
        }
        int less = depth - 1;
        return switch (random.nextInt(22)) {
            case 0 -> new Expression.Text(parts(less), NOWHERE);
            case 1 -> new Expression.ListLiteral(some(0, 4, () -> expression(less)), NOWHERE);
            case 2 -> new Expression.Comprehension(expression(less), clauses(less), NOWHERE);
            case 3 ->
                new Expression.RecordLiteral(
                        some(0, 3, () -> new Expression.FieldValue(name(), expression(less))), NOWHERE);
            case 4 -> new Expression.Lambda(some(0, 3, this::variable), expression(less), NOWHERE);
            case 5, 6 -> new Expression.Negate(expression(less), NOWHERE);
            case 7 -> new Expression.Not(expression(less), NOWHERE);
            case 8 -> new Expression.And(expression(less), expression(less), NOWHERE);
            case 9 -> new Expression.Or(expression(less), expression(less), NOWHERE);
            case 10 -> comparison(less);
            case 11 -> new Expression.Conditional(expression(less), expression(less), expression(less), NOWHERE);
            case 12 -> new Expression.Range(expression(less), expression(less), NOWHERE);
            case 13, 14 -> new Expression.Call(expression(less), some(0, 5, () -> argument(less)), NOWHERE);
            case 15 -> new Expression.Index(expression(less), some(1, 3, () -> subscript(less)), NOWHERE);
            case 16 -> new Expression.Field(expression(less), name(), NOWHERE, NOWHERE);
            default ->
                new Expression.Binary(
                        one(List.of(BinaryOperator.values())), expression(less), expression(less), NOWHERE);
        };
    }

    private Expression leaf() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> number();
            case 2 -> new Expression.Bool(random.nextBoolean(), NOWHERE);
            case 3 -> new Expression.None(NOWHERE);
            case 4 -> new Expression.Text(parts(0), NOWHERE);
            default -> new Expression.Name(name(), NOWHERE);
        };
    }

    private Expression number() {
        String text = one(NUMBERS);
        return new Expression.Number(Double.parseDouble(text.replace("_", "")), text, NOWHERE);
    }

    private Expression comparison(int depth) {
        int operators = random.nextInt(1, 4);
        return new Expression.Comparison(
                some(operators + 1, operators + 1, () -> expression(depth)),
                some(operators, operators, () -> one(List.of(ComparisonOperator.values()))),
                NOWHERE);
    }

    private Argument argument(int depth) {
        return new Argument(perhaps(this::name), expression(depth), NOWHERE);
    }

    private Subscript subscript(int depth) {
        return random.nextBoolean()
                ? new Subscript.At(expression(depth), NOWHERE)
                : new Subscript.Slice(
                        perhaps(() -> expression(depth)),
                        perhaps(() -> expression(depth)),
                        perhaps(() -> expression(depth)),
                        NOWHERE);
    }

    private List<Expression.Clause> clauses(int depth) {
        List<Expression.Clause> clauses = new ArrayList<>();
        clauses.add(new Expression.Clause.ForIn(targets(), expression(depth)));
        clauses.addAll(some(
                0,
                2,
                () -> random.nextBoolean()
                        ? new Expression.Clause.If(expression(depth))
                        : new Expression.Clause.ForIn(targets(), expression(depth))));
        return clauses;
    }

    /**
     * Literal text and insertions in turn; strings inside strings are rare, because the language allows only eight
     * levels.
     */
    private List<Expression.TextPart> parts(int depth) {
        List<Expression.TextPart> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0 && depth > 0; i--) {
            perhaps(() -> one(LITERALS)).map(Expression.TextPart.Literal::new).ifPresent(parts::add);
            parts.add(new Expression.TextPart.Interpolation(
                    expression(Math.min(depth - 1, 2)), one(List.of("", "", ".3f", ">8"))));
        }
        if (parts.isEmpty() || random.nextBoolean()) {
            parts.add(new Expression.TextPart.Literal(parts.isEmpty() ? one(List.of("", "#!")) : one(LITERALS)));
        }
        return parts;
    }
}
