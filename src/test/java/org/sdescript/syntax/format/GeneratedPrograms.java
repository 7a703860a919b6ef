package org.sdescript.syntax.format;

import static org.sdescript.syntax.format.GeneratedExpressions.NOWHERE;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Block;
import org.sdescript.ast.Body;
import org.sdescript.ast.CallableKind;
import org.sdescript.ast.EquationTerm;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Program;
import org.sdescript.ast.SdeItem;
import org.sdescript.ast.Statement;

/** Random programs, each of which can be the result of parsing; they need not be meaningful. */
final class GeneratedPrograms {
    /** The noises with a coefficient so far: each fourth is a matrix. */
    private int noises;

    private static final List<BinaryOperator> UPDATES =
            List.of(BinaryOperator.ADD, BinaryOperator.SUBTRACT, BinaryOperator.MULTIPLY, BinaryOperator.DIVIDE);

    private final Random random;
    private final GeneratedExpressions expressions;

    GeneratedPrograms(long seed) {
        random = new Random(seed);
        expressions = new GeneratedExpressions(random);
    }

    Program program() {
        return new Program(statements(3), NOWHERE);
    }

    private List<Statement> statements(int depth) {
        return expressions.some(0, 4, () -> statement(depth));
    }

    private Block block(int depth) {
        return new Block(depth == 0 ? List.of() : statements(depth - 1), NOWHERE);
    }

    private Expression value() {
        return expressions.expression(random.nextInt(5));
    }

    private Statement statement(int depth) {
        String name = expressions.name();
        return switch (random.nextInt(17)) {
            case 0 -> new Statement.Import("other.sde", expressions.perhaps(expressions::name), NOWHERE);
            case 1 -> new Statement.Param(name, value(), doc(), NOWHERE, NOWHERE);
            case 2, 3 -> declaration(depth);
            case 4, 5 ->
                new Statement.SdeDeclaration(
                        name,
                        expressions.some(0, 3, () -> expressions.parameter(2)),
                        expressions.some(0, 5, this::item),
                        random.nextBoolean(),
                        doc(),
                        NOWHERE,
                        NOWHERE);
            case 6, 7 -> new Statement.Bind(expressions.targets(), value(), NOWHERE);
            case 8 ->
                new Statement.Update(new Statement.Target(name, NOWHERE), expressions.one(UPDATES), value(), NOWHERE);
            case 9 -> new Statement.If(value(), block(depth), expressions.perhaps(() -> block(depth)), NOWHERE);
            case 10 -> new Statement.For(expressions.targets(), value(), block(depth), NOWHERE);
            case 11 -> new Statement.While(value(), block(depth), NOWHERE);
            case 12 -> new Statement.Repeat(value(), block(depth), NOWHERE);
            case 13 -> new Statement.Return(expressions.some(0, 3, this::value), NOWHERE);
            case 14 -> random.nextBoolean() ? new Statement.Break(NOWHERE) : new Statement.Continue(NOWHERE);
            case 15 ->
                new Statement.Try(
                        block(depth),
                        expressions.perhaps(() -> new Statement.Target(expressions.name(), NOWHERE)),
                        block(depth),
                        NOWHERE);
            default -> new Statement.Evaluate(value(), NOWHERE);
        };
    }

    private Optional<String> doc() {
        return expressions.perhaps(() -> expressions.one(List.of("What it is.", "Two\n\nlines", " set in")));
    }

    private Statement declaration(int depth) {
        Body body =
                random.nextBoolean() ? new Body.Single(value(), NOWHERE) : new Body.Statements(block(depth), NOWHERE);
        return new Statement.Declaration(
                expressions.one(List.of(CallableKind.values())),
                expressions.name(),
                expressions.some(0, 5, () -> expressions.parameter(1)),
                expressions.some(0, 4, () -> expressions.parameter(2)),
                expressions.perhaps(expressions::order),
                body,
                random.nextBoolean(),
                doc(),
                NOWHERE,
                NOWHERE);
    }

    /** Each kind of line in a form that the parser recognises as that kind: only a transition contains noise. */
    private SdeItem item() {
        return switch (random.nextInt(8)) {
            case 0 -> new SdeItem.TimeDomain("t", value(), value(), NOWHERE);
            case 1 -> new SdeItem.ChainIndex("i", value(), value(), NOWHERE);
            case 2 -> new SdeItem.LocalValue("prior", value(), NOWHERE, NOWHERE);
            case 3 ->
                new SdeItem.LocalFunction(
                        "sigma", expressions.some(0, 2, () -> expressions.parameter(2)), value(), NOWHERE, NOWHERE);
            case 4 -> new SdeItem.Stratonovich(NOWHERE);
            case 5 ->
                new SdeItem.TransitionEquation(
                        "x",
                        "t",
                        new Expression.Binary(
                                BinaryOperator.ADD, value(), new Expression.Name("noise", NOWHERE), NOWHERE),
                        NOWHERE,
                        NOWHERE);
            case 6 -> new SdeItem.ChainEquation("x", "i", value(), NOWHERE, NOWHERE);
            default -> new SdeItem.ItoEquation("x", expressions.some(1, 4, this::term), NOWHERE, NOWHERE);
        };
    }

    private EquationTerm term() {
        Optional<Expression> coefficient = expressions.perhaps(this::value).filter(value -> !startsNegated(value));
        boolean stratonovich = coefficient.isPresent() && random.nextInt(4) == 0;
        String differential = expressions.one(List.of("dt", "dw", "dw_1"));
        boolean matrix = coefficient.isPresent() && !stratonovich && differential.startsWith("dw") && ++noises % 4 == 0;
        return new EquationTerm(
                random.nextBoolean(), coefficient, stratonovich, matrix, differential, NOWHERE, NOWHERE);
    }

    /** True if the first factor has a minus, which is the sign of the term. */
    private static boolean startsNegated(Expression value) {
        return value instanceof Expression.Negate
                || value instanceof Expression.Binary product
                        && (product.operator() == BinaryOperator.MULTIPLY
                                || product.operator() == BinaryOperator.DIVIDE
                                || product.operator() == BinaryOperator.MATMUL)
                        && startsNegated(product.left());
    }
}
