package org.sdescript.syntax.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.ast.Expression;

/** Prints operands with operators of one precedence between them. Lines break after operators. */
final class ChainPrinter {
    private final SourceTrivia original;
    private final ExpressionPrinter expressions;

    ChainPrinter(SourceTrivia original, ExpressionPrinter expressions) {
        this.original = original;
        this.expressions = expressions;
    }

    /** @param operator the operator with the blank before it */
    private record Operator(String operator, Doc line) {
        static Operator spaced(String symbol) {
            return new Operator(" " + symbol, Doc.BLANK);
        }

        static Operator of(BinaryOperator operator) {
            return Precedence.isSpaced(operator)
                    ? spaced(operator.symbol())
                    : new Operator(operator.symbol(), Doc.SOFT);
        }
    }

    Doc print(Expression.Binary binary) {
        return binary.operator() == BinaryOperator.POWER ? power(binary) : leftToRight(binary);
    }

    /** {@code a^b^c} means {@code a^(b^c)}; an exponent may have a sign. */
    private Doc power(Expression.Binary power) {
        FillDoc filling = new FillDoc();
        filling.add(List.of(), Doc.SOFT, Doc.of(expressions.print(power.left(), Precedence.CALL), Doc.text("^")));
        List<Comment> comments = original.before(power.right().span().start());
        filling.add(comments, Doc.SOFT, expressions.print(power.right(), Precedence.NEGATION));
        return filling.doc();
    }

    private Doc leftToRight(Expression.Binary binary) {
        Precedence precedence = Precedence.of(binary);
        List<Expression> operands = new ArrayList<>();
        List<Operator> operators = new ArrayList<>();
        Expression left = binary;
        while (left instanceof Expression.Binary chained && continues(chained, precedence, operators)) {
            operands.add(chained.right());
            operators.add(Operator.of(chained.operator()));
            left = chained.left();
        }
        operands.add(left);
        Collections.reverse(operands);
        Collections.reverse(operators);
        return chain(operands, operators, precedence.tighter());
    }

    /**
     * True if the left operand needs no parentheses. In {@code (a @ b)*c} they stay, because the blanks would suggest
     * {@code a @ (b*c)}.
     */
    private static boolean continues(Expression.Binary left, Precedence precedence, List<Operator> behind) {
        boolean misleads = Precedence.of(left) == Precedence.PRODUCT
                && Precedence.isSpaced(left.operator())
                && !behind.isEmpty()
                && behind.getLast().line() == Doc.SOFT;
        return Precedence.of(left) == precedence && !misleads;
    }

    Doc print(Expression.And and) {
        List<Expression> operands = new ArrayList<>();
        Expression left = and;
        while (left instanceof Expression.And chained) {
            operands.addFirst(chained.right());
            left = chained.left();
        }
        operands.addFirst(left);
        return chain(operands, words("and", operands.size() - 1), Precedence.AND.tighter());
    }

    Doc print(Expression.Or or) {
        List<Expression> operands = new ArrayList<>();
        Expression left = or;
        while (left instanceof Expression.Or chained) {
            operands.addFirst(chained.right());
            left = chained.left();
        }
        operands.addFirst(left);
        return chain(operands, words("or", operands.size() - 1), Precedence.OR.tighter());
    }

    private static List<Operator> words(String word, int count) {
        return Collections.nCopies(count, Operator.spaced(word));
    }

    Doc print(Expression.Comparison comparison) {
        List<Operator> operators = comparison.operators().stream()
                .map(ComparisonOperator::symbol)
                .map(Operator::spaced)
                .toList();
        return chain(comparison.operands(), operators, Precedence.COMPARISON.tighter());
    }

    /** Prints a chain. A first operand of the same precedence gets parentheses. */
    private Doc chain(List<Expression> operands, List<Operator> operators, Precedence least) {
        FillDoc filling = new FillDoc();
        Doc line = Doc.NOTHING;
        for (int i = 0; i < operands.size(); i++) {
            Expression operand = operands.get(i);
            List<Comment> comments =
                    i == 0 ? List.of() : original.before(operand.span().start());
            Doc doc = expressions.print(operand, least);
            boolean last = i == operands.size() - 1;
            filling.add(
                    comments,
                    line,
                    last ? doc : Doc.of(doc, Doc.text(operators.get(i).operator())));
            line = last ? line : operators.get(i).line();
        }
        return filling.doc();
    }
}
