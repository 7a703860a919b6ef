package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr.Symbol;

/** Operations are lowered as a person would write them, light ones (of time) before heavy ones (of the state). */
class LoweringTest {
    private static final Symbol SCORE = Expr.symbol("∇ₓ log pₜ(x)");

    @Test
    void operations_are_natural() {
        lowersTo(X.minus(T), "(x - t)");
        lowersTo(X.over(T), "(x / t)");
        lowersTo(X.negate(), "-x");
        lowersTo(X.pow(2), "(x * x)");
        lowersTo(Expr.sqrt(X), "sqrt(x)");
        lowersTo(T.pow(-1), "(1.0 / t)");
        lowersTo(Expr.ONE.minus(Expr.exp(T)), "-expm1(t)");
        lowersTo(X.plus(SCORE).negate(), "-(x + score)");
    }

    @Test
    void light_values_are_combined_first() {
        Expr beta = Expr.of(0.5).plus(T);
        lowersTo(Expr.product(Expr.of(-0.5), X, Expr.exp(T)), "((-0.5 * exp(t)) * x)");
        lowersTo(Expr.product(Expr.of(-1), X, Expr.exp(T)), "(-exp(t) * x)");
        lowersTo(X.over(beta).times(Expr.of(3)), "((6.0 / (1.0 + (2.0 * t))) * x)");
    }

    private static void lowersTo(Expr e, String text) {
        assertThat(Lowering.of(e, new Words())).isEqualTo(text);
    }

    private static final class Words implements Arithmetic<String> {
        @Override
        public String constant(double value) {
            return String.valueOf(value);
        }

        @Override
        public String symbol(Symbol symbol) {
            return symbol.equals(SCORE) ? "score" : symbol.name();
        }

        @Override
        public String add(String a, String b) {
            return "(" + a + " + " + b + ")";
        }

        @Override
        public String subtract(String a, String b) {
            return "(" + a + " - " + b + ")";
        }

        @Override
        public String multiply(String a, String b) {
            return "(" + a + " * " + b + ")";
        }

        @Override
        public String divide(String a, String b) {
            return "(" + a + " / " + b + ")";
        }

        @Override
        public String negate(String a) {
            return "-" + a;
        }

        @Override
        public String sqrt(String a) {
            return "sqrt(" + a + ")";
        }

        @Override
        public String power(String base, String exponent) {
            return "pow(" + base + ", " + exponent + ")";
        }

        @Override
        public String choose(Condition.Relation relation, String u, String then, String otherwise) {
            return "(" + u + " " + relation.sign() + " 0 ? " + then + " : " + otherwise + ")";
        }

        @Override
        public String interpolate(Interpolant function, String u) {
            return "table(" + u + ")";
        }

        @Override
        public String apply(Elementary function, List<String> arguments) {
            return function.spelling() + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
        }

        @Override
        public int weight(String value) {
            return value.replace("exp", "").contains("x") || value.contains("score") ? 1 : 0;
        }
    }
}
