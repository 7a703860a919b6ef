package org.sdescript.runtime;

import org.sdescript.algebra.Condition;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.ComparisonOperator;
import org.sdescript.check.Kind;
import org.sdescript.source.Span;

/**
 * A comparison of formulas, open until their symbols have values; {@code where} and {@code if … then … else} accept
 * it.
 */
public sealed interface ConditionValue extends Value.Extension {

    /** Returns a formula that equals {@code then} where the condition holds and {@code otherwise} elsewhere. */
    Expr choose(Expr then, Expr otherwise);

    @Override
    default Kind kind() {
        return Kind.CONDITION;
    }

    /** A comparison with zero. */
    record Simple(Condition condition) implements ConditionValue {
        @Override
        public Expr choose(Expr then, Expr otherwise) {
            return Expr.choice(condition, then, otherwise);
        }

        @Override
        public String show() {
            return org.sdescript.algebra.Text.of(condition);
        }
    }

    /** The negation of a condition. */
    record Opposite(ConditionValue of) implements ConditionValue {
        @Override
        public Expr choose(Expr then, Expr otherwise) {
            return of.choose(otherwise, then);
        }

        @Override
        public String show() {
            return "not (" + of.show() + ")";
        }
    }

    /** The conjunction of two conditions. */
    record Both(ConditionValue first, ConditionValue second) implements ConditionValue {
        @Override
        public Expr choose(Expr then, Expr otherwise) {
            return first.choose(second.choose(then, otherwise), otherwise);
        }

        @Override
        public String show() {
            return first.show() + " and " + second.show();
        }
    }

    static ConditionValue of(ComparisonOperator operator, Expr left, Expr right) {
        return switch (operator) {
            case GREATER -> new Simple(Condition.greater(left, right));
            case GREATER_EQUAL -> new Simple(Condition.notLess(left, right));
            case LESS -> new Simple(Condition.greater(right, left));
            case LESS_EQUAL -> new Simple(Condition.notLess(right, left));
            case EQUAL -> new Simple(Condition.equal(left, right));
            case NOT_EQUAL -> new Opposite(new Simple(Condition.equal(left, right)));
        };
    }

    /** Returns the conjunction of two conditions; the second may already be decided. */
    static Value both(ConditionValue first, Value second, Interpreter interpreter, Span span) {
        if (second instanceof ConditionValue open) {
            return new Both(first, open);
        }
        return Comparisons.isTrue(second, interpreter, span) ? first : Value.Bool.FALSE;
    }

    static Value either(ConditionValue first, Value second, Interpreter interpreter, Span span) {
        if (second instanceof ConditionValue open) {
            return new Opposite(new Both(new Opposite(first), new Opposite(open)));
        }
        return Comparisons.isTrue(second, interpreter, span) ? Value.Bool.TRUE : first;
    }
}
