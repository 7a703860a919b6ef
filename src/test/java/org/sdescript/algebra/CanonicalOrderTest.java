package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr.Tabulated;

class CanonicalOrderTest {
    private static final Interpolant ONE = constant(1);
    private static final Interpolant TWO = constant(2);

    private static Interpolant constant(double value) {
        return new Interpolant(new double[] {0, 1}, new double[][] {{value}});
    }

    /** Expressions of each kind, and those that differ in one part only. */
    private static List<Expr> expressions() {
        List<Expr> all = new ArrayList<>(List.of(
                new Tabulated("a", 0, ONE, T),
                new Tabulated("b", 0, ONE, T),
                new Tabulated("a", 1, ONE, T),
                new Tabulated("a", 0, ONE, X),
                new Tabulated("a", 0, TWO, T)));
        Generated generated = new Generated(7);
        for (int i = 0; i < 60; i++) {
            all.add(generated.canonical(3));
        }
        return all;
    }

    @Test
    void the_order_of_factors_is_total() {
        List<Expr> all = expressions();
        for (Expr a : all) {
            for (Expr b : all) {
                int order = Integer.signum(CanonicalOrder.FACTORS.compare(a, b));
                assertThat(order)
                        .as("%s and %s", a, b)
                        .isEqualTo(-Integer.signum(CanonicalOrder.FACTORS.compare(b, a)));
                assertThat(order == 0).as("%s and %s", a, b).isEqualTo(a.equals(b));
                for (Expr c : all) {
                    if (order < 0 && CanonicalOrder.FACTORS.compare(b, c) < 0) {
                        assertThat(CanonicalOrder.FACTORS.compare(a, c))
                                .as("%s, %s, %s", a, b, c)
                                .isNegative();
                    }
                }
            }
        }
    }

    @Test
    void terms_with_the_same_rest_follow_their_coefficients() {
        Expr two = Expr.of(2).times(X);
        assertThat(CanonicalOrder.TERMS.compare(X, two)).isNegative();
        assertThat(CanonicalOrder.TERMS.compare(two, X)).isPositive();
        assertThat(CanonicalOrder.TERMS.compare(Expr.of(5), X)).isNegative();
    }
}
