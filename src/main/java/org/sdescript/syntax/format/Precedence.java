package org.sdescript.syntax.format;

import org.sdescript.ast.BinaryOperator;
import org.sdescript.ast.Expression;

/** The precedence of expressions, loosest first. */
enum Precedence {
    LAMBDA,
    CONDITIONAL,
    OR,
    AND,
    NOT,
    COMPARISON,
    RANGE,
    SUM,
    PRODUCT,
    NEGATION,
    POWER,
    CALL;

    static Precedence of(Expression expression) {
        return switch (expression) {
            case Expression.Lambda lambda -> LAMBDA;
            case Expression.Conditional conditional -> CONDITIONAL;
            case Expression.Or or -> OR;
            case Expression.And and -> AND;
            case Expression.Not not -> NOT;
            case Expression.Comparison comparison -> COMPARISON;
            case Expression.Range range -> RANGE;
            case Expression.Binary binary -> of(binary.operator());
            case Expression.Negate negate -> NEGATION;
            case Expression.Number number -> CALL;
            case Expression.Text text -> CALL;
            case Expression.Bool bool -> CALL;
            case Expression.None none -> CALL;
            case Expression.Name name -> CALL;
            case Expression.ListLiteral list -> CALL;
            case Expression.Comprehension comprehension -> CALL;
            case Expression.RecordLiteral fields -> CALL;
            case Expression.Call call -> CALL;
            case Expression.Index index -> CALL;
            case Expression.Field field -> CALL;
        };
    }

    static Precedence of(BinaryOperator operator) {
        return switch (operator) {
            case ADD, SUBTRACT -> SUM;
            case MULTIPLY, DIVIDE, MODULO, MATMUL -> PRODUCT;
            case POWER -> POWER;
        };
    }

    /** True if blanks surround the operator. */
    static boolean isSpaced(BinaryOperator operator) {
        return switch (operator) {
            case ADD, SUBTRACT, MODULO, MATMUL -> true;
            case MULTIPLY, DIVIDE, POWER -> false;
        };
    }

    /** True if the expression is printed without blanks outside of brackets. */
    static boolean isTight(Expression expression) {
        return of(expression) == CALL
                || expression instanceof Expression.Negate negate && isTightFactor(negate.operand())
                || expression instanceof Expression.Binary binary
                        && !isSpaced(binary.operator())
                        && isTightFactor(binary.left())
                        && isTightFactor(binary.right());
    }

    /** True for a factor without blanks; a sum as a factor gets brackets. */
    private static boolean isTightFactor(Expression expression) {
        return of(expression).compareTo(PRODUCT) < 0 || isTight(expression);
    }

    Precedence tighter() {
        return this == CALL ? CALL : values()[ordinal() + 1];
    }
}
