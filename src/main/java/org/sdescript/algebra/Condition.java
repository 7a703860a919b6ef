package org.sdescript.algebra;

import java.util.function.UnaryOperator;

/** The condition of a {@link Expr.Choice}: an expression compared with zero. */
public record Condition(Relation relation, Expr of) {
    /** A comparison of an expression with zero. */
    public enum Relation {
        POSITIVE(">"),
        NON_NEGATIVE("≥"),
        ZERO("=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        /** Returns the comparison sign as it is printed between two sides. */
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

    /** Returns the condition left > right. */
    public static Condition greater(Expr left, Expr right) {
        return new Condition(Relation.POSITIVE, left.minus(right));
    }

    /** Returns the condition left ≥ right. */
    public static Condition notLess(Expr left, Expr right) {
        return new Condition(Relation.NON_NEGATIVE, left.minus(right));
    }

    /** Returns the condition left = right. */
    public static Condition equal(Expr left, Expr right) {
        return new Condition(Relation.ZERO, left.minus(right));
    }

    Condition map(UnaryOperator<Expr> change) {
        return new Condition(relation, change.apply(of));
    }
}
