package org.sdescript.algebra;

import java.util.function.UnaryOperator;

/** What a {@link Expr.Choice} depends on: an expression compared with zero. */
public record Condition(Relation relation, Expr of) {
    /** How the expression compares with zero. */
    public enum Relation {
        POSITIVE(">"),
        NON_NEGATIVE("≥"),
        ZERO("=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        /** The sign between two sides, as it is printed. */
        public String sign() {
            return sign;
        }

        public boolean holds(double value) {
            return switch (this) {
                case POSITIVE -> value > 0;
                case NON_NEGATIVE -> value >= 0;
                case ZERO -> value == 0;
            };
        }

        boolean holds(int signum) {
            return holds((double) signum);
        }
    }

    /** left > right. */
    public static Condition greater(Expr left, Expr right) {
        return new Condition(Relation.POSITIVE, left.minus(right));
    }

    /** left ≥ right. */
    public static Condition notLess(Expr left, Expr right) {
        return new Condition(Relation.NON_NEGATIVE, left.minus(right));
    }

    /** left = right. */
    public static Condition equal(Expr left, Expr right) {
        return new Condition(Relation.ZERO, left.minus(right));
    }

    Condition map(UnaryOperator<Expr> change) {
        return new Condition(relation, change.apply(of));
    }
}
