package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.algebra.Expr.Num;

/** The printed form of a condition: {@code t < ½} rather than {@code ½ − t > 0}. */
record ConditionText(Expr left, String sign, Expr right) {
    static ConditionText of(Condition condition) {
        List<Expr> left = new ArrayList<>();
        List<Expr> right = new ArrayList<>();
        List<Expr> numbers = new ArrayList<>();
        for (Expr term : Term.termsOf(condition.of())) {
            boolean minus = Term.of(term).coefficient().signum() < 0;
            if (term instanceof Num) {
                numbers.add(term);
            } else {
                (minus ? right : left).add(minus ? term.negate() : term);
            }
        }
        Expr number = Expr.sum(numbers);
        ConditionText sides = left.isEmpty()
                ? new ConditionText(Expr.sum(right), turned(condition.relation()), number)
                : new ConditionText(
                        Expr.sum(left),
                        condition.relation().sign(),
                        Expr.sum(right).minus(number));
        Expr scale = Expr.of(Term.of(sides.left).coefficient().reciprocal());
        return sides.left instanceof Expr.Sum
                ? sides
                : new ConditionText(scale.times(sides.left), sides.sign, scale.times(sides.right));
    }

    private static String turned(Condition.Relation relation) {
        return switch (relation) {
            case POSITIVE -> "<";
            case NON_NEGATIVE -> "≤";
            case ZERO -> "=";
        };
    }
}
