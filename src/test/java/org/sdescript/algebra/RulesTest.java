package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sdescript.algebra.Generated.SYMBOLS;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;
import static org.sdescript.algebra.Generated.Y;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Choice;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Product;
import org.sdescript.algebra.Expr.Sum;

/**
 * Every rule: what it rewrites, what it leaves alone, and equal values before and after, negative arguments included.
 */
class RulesTest {
    private static final Expr TWO = Expr.of(2);

    @Test
    void add_squares_of_sine_and_cosine() {
        Expr sine = Expr.sin(T).pow(2);
        Expr cosine = Expr.cos(T).pow(2);
        rewrites(new Sum(List.of(sine, cosine)), "1");
        rewrites(new Sum(List.of(X.times(sine), X.times(cosine))), "x");
        rewrites(new Sum(List.of(Expr.ONE, cosine.negate())), "sin²(t)");
        rewrites(new Sum(List.of(TWO.negate(), TWO.times(sine))), "−2 cos²(t)");
        leaves(new Sum(List.of(sine, TWO.times(cosine))));
        leaves(new Sum(List.of(sine, Expr.cos(X).pow(2))));
    }

    @Test
    void merge_exponentials() {
        rewrites(new Product(List.of(Expr.exp(X), Expr.exp(T))), "exp(t + x)");
        rewrites(new Product(List.of(Expr.exp(X), Expr.exp(X.negate()))), "1");
    }

    @Test
    void merge_roots_of_numbers() {
        rewrites(new Product(List.of(Expr.sqrt(TWO), Expr.sqrt(Expr.of(3)))), "√6");
        rewrites(new Product(List.of(Expr.sqrt(TWO), Expr.sqrt(Expr.of(8)))), "4");
    }

    @Test
    void raise_power() {
        rewrites(new Power(X.pow(2), Expr.HALF), "|x|");
        rewrites(new Power(Expr.sqrt(X), TWO), "x");
        rewrites(new Power(X.pow(3), TWO), "x⁶");
        rewrites(new Power(Expr.exp(X), Expr.HALF), "exp(½ x)");
        rewrites(new Power(new Apply(Elementary.ABS, X), TWO), "x²");
        leaves(new Power(X.pow(3), Expr.HALF));
    }

    @Test
    void raise_product() {
        rewrites(new Power(X.times(Y), TWO), "x² y²");
        rewrites(new Power(TWO.times(X), Expr.HALF), "√(2 x)");
        rewrites(new Power(X.times(Expr.exp(Y)), Expr.HALF), "√x exp(½ y)");
        leaves(new Power(X.times(Y), Expr.HALF));
        leaves(new Power(X.negate(), Expr.HALF));
    }

    @Test
    void take_content_out_of_power() {
        Expr difference = TWO.times(X).minus(TWO.times(Y));
        rewrites(new Power(difference, Expr.of(3)), "8 (x − y)³");
        rewrites(new Power(difference.negate(), Expr.of(-1)), "1/(2 (y − x))");
        leaves(new Power(Y.minus(X), Expr.HALF));
    }

    @Test
    void rationalise_denominator() {
        Expr root = Expr.sqrt(Expr.of(3));
        rewrites(new Power(Expr.of(5).plus(root), Expr.of(-1)), "5/22 − 1/22 √3");
        rewrites(new Power(root.minus(TWO), Expr.of(-1)), "−2 − √3");
        rewrites(new Power(Expr.sqrt(TWO).plus(root), Expr.of(-1)), "√3 − √2");
        leaves(new Power(X.plus(root), Expr.of(-1)));
        leaves(new Power(Expr.of(5).plus(root), TWO));
        leaves(new Power(Expr.ONE.plus(Expr.sqrt(TWO)).plus(root), Expr.of(-1)));
    }

    @Test
    void raise_number_to_expression() {
        rewrites(new Power(Expr.of(5), T), "5ᵗ");
        rewrites(new Power(Expr.ratio(1, 5), T), "5⁻ᵗ");
        rewrites(new Power(new Expr.Parameter("c", 5, "of the test"), T), "exp(t log(c))");
        leaves(new Power(new Expr.Parameter("c", -5, "of the test"), T));
        leaves(new Power(Expr.of(-5), T));
    }

    @Test
    void evaluate_at_numbers() {
        rewrites(new Apply(Elementary.EXP, Expr.ZERO), "1");
        rewrites(new Apply(Elementary.LOG, Expr.ONE), "0");
        rewrites(new Apply(Elementary.ABS, Expr.of(-3)), "3");
        rewrites(new Apply(Elementary.MIN, List.of(TWO, Expr.ONE)), "1");
        rewrites(new Apply(Elementary.MAX, List.of(X, X)), "x");
        leaves(new Apply(Elementary.EXP, Expr.ONE));
        assertThatThrownBy(() -> Expr.log(Expr.ZERO)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void evaluate_at_right_angles() {
        rewrites(new Apply(Elementary.COS, Expr.PI.times(Expr.HALF)), "0");
        rewrites(new Apply(Elementary.SIN, Expr.PI.times(Expr.ratio(3, 2))), "−1");
        leaves(new Apply(Elementary.SIN, Expr.PI.times(Expr.ratio(1, 5))));
    }

    @Test
    void cancel_exp_of_log() {
        rewrites(new Apply(Elementary.EXP, TWO.times(Expr.log(X)).plus(T)), "x² exp(t)");
        leaves(new Apply(Elementary.EXP, T.times(Expr.log(X))));
    }

    @Test
    void cancel_log_of_exp() {
        rewrites(new Apply(Elementary.LOG, Expr.exp(X)), "x");
        rewrites(new Apply(Elementary.LOG, Y.times(Expr.exp(X))), "x + log(y)");
    }

    @Test
    void split_log_of_power() {
        rewrites(new Apply(Elementary.LOG, X.pow(3)), "3 log(x)");
        rewrites(new Apply(Elementary.LOG, X.pow(2)), "2 log(|x|)");
        leaves(new Apply(Elementary.LOG, X.times(Y)));
    }

    @Test
    void split_log_of_product() {
        refines(Expr.log(X.times(Y)), Assumptions.positive(X), "log(x) + log(y)");
        leaves(new Apply(Elementary.LOG, X.times(Y)));
    }

    @Test
    void every_rule_has_a_test_of_its_name() {
        Stream<Rule<?>> rules = Stream.of(
                        Rules.OF_SUMS, Rules.OF_PRODUCTS, Rules.OF_POWERS, Rules.OF_FUNCTIONS, Rules.OF_CHOICES)
                .flatMap(List::stream);

        assertThat(Stream.of(getClass().getDeclaredMethods()).map(Method::getName))
                .containsAll(rules.map(rule -> rule.getClass()
                                .getSimpleName()
                                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                                .toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void reduce_log_of_number() {
        rewrites(new Apply(Elementary.LOG, Expr.of(8)), "3 log(2)");
        rewrites(new Apply(Elementary.LOG, Expr.ratio(1, 5)), "−log(5)");
        rewrites(new Apply(Elementary.LOG, Expr.ratio(9, 4)), "2 log(1.5)");
        rewrites(new Apply(Elementary.LOG, Expr.sqrt(Expr.of(5))), "½ log(5)");
        leaves(new Apply(Elementary.LOG, Expr.of(6)));
    }

    @Test
    void write_tangent_as_quotient() {
        rewrites(new Apply(Elementary.TAN, X), "tan(x)");
        assertThat(Expr.apply(Elementary.TAN, X).times(Expr.cos(X))).isEqualTo(Expr.sin(X));
    }

    @Test
    void drop_absolute_value() {
        rewrites(new Apply(Elementary.ABS, Expr.exp(X)), "exp(x)");
        rewrites(new Apply(Elementary.ABS, X.pow(2)), "x²");
        rewrites(new Apply(Elementary.SIGN, Expr.exp(X)), "1");
        leaves(new Apply(Elementary.ABS, X));
    }

    @Test
    void move_sign_out_of_function() {
        rewrites(new Apply(Elementary.SIN, X.negate()), "−sin(x)");
        rewrites(new Apply(Elementary.COS, Y.minus(X)), "cos(x − y)");
        rewrites(new Apply(Elementary.ABS, Expr.of(-2).times(X)), "2 |x|");
        rewrites(new Apply(Elementary.SIGN, Expr.of(-2).times(X)), "−sign(x)");
        leaves(new Apply(Elementary.EXP, X.negate()));
    }

    @Test
    void decide_condition() {
        Condition square = Condition.notLess(X.pow(2), Expr.ZERO);
        rewrites(new Choice(square, X, Y), "x");
        rewrites(new Choice(Condition.greater(Expr.exp(X).negate(), Expr.ZERO), X, Y), "y");
        rewrites(new Choice(Condition.equal(Expr.exp(X), Expr.ZERO), X, Y), "y");
        leaves(new Choice(Condition.greater(X.pow(2), Expr.ZERO), X, Y));
        rewrites(new Choice(Condition.greater(X.negate(), Expr.ZERO), X, Y), "where(x ≥ 0, y, x)");
    }

    @Test
    void drop_repeated_condition() {
        Condition c = Condition.greater(X, Expr.ZERO);
        rewrites(new Choice(c, new Choice(c, X, Y), T), "where(x > 0, x, t)");
        leaves(new Choice(c, Expr.choice(Condition.greater(Y, Expr.ZERO), X, Y), T));
    }

    @Test
    void choose_extremum() {
        rewrites(new Apply(Elementary.MAX, List.of(X, X.plus(Expr.exp(Y)))), "x + exp(y)");
        rewrites(new Apply(Elementary.MIN, List.of(X, X.plus(Y.pow(2)))), "x");
        leaves(new Apply(Elementary.MIN, List.of(X, Y)));
    }

    /** Rewrites that hold under an assumption only, and that are not made without it: at negative x each would be wrong. */
    @Test
    void assumptions_open_rules() {
        Assumptions positive = Assumptions.positive(X);
        refines(Expr.sqrt(X.pow(2)), positive, "x");
        refines(Expr.log(X.times(Y)), positive, "log(x) + log(y)");
        refines(Expr.sqrt(X.times(Y)), positive, "√(x y)");
        refines(Expr.apply(Elementary.ABS, X.pow(3)), positive, "x³");
        refines(Expr.apply(Elementary.SIGN, X), positive, "1");
        refines(Expr.power(X.pow(3), Expr.ratio(1, 3)), positive, "x");
        refines(Expr.apply(Elementary.MAX, X, X.times(TWO)), positive, "2 x");
        refines(Expr.choice(Condition.greater(X.plus(Expr.ONE), Expr.ZERO), T, Y), positive, "t");
        refines(Expr.log(X.pow(2)), positive, "2 log(x)");
        refines(Expr.apply(Elementary.ABS, X), Assumptions.nonZero(X), "|x|");
    }

    @Test
    void the_domain_of_a_symbol_decides_signs() {
        Assumptions unit = Assumptions.in(T, Interval.of(Rational.ZERO, Rational.ONE));
        refines(Expr.apply(Elementary.ABS, Expr.ONE.minus(T)), unit, "1 − t");
        refines(Expr.apply(Elementary.ABS, T.minus(TWO)), unit, "2 − t");
        Expr quarter = Expr.PI.times(T).times(Expr.HALF);
        refines(Expr.apply(Elementary.ABS, Expr.cos(quarter)), unit, "cos(½ π t)");
        refines(Expr.apply(Elementary.ABS, Expr.sin(quarter.times(TWO))), unit, "sin(π t)");
        refines(Expr.apply(Elementary.ABS, Expr.cos(quarter.times(TWO))), unit, "|cos(π t)|");
        refines(Expr.sqrt(Expr.ONE.minus(T).pow(2)), unit, "1 − t");
    }

    private static void refines(Expr before, Assumptions under, String text) {
        Expr after = Refinement.of(before, under);
        assertThat(after.toString()).isEqualTo(text);
        if (!after.equals(before)) {
            assertThat(Generated.canonical(before)).as("without assumptions").isEqualTo(before);
        }
        agree(before, after, point -> {
            for (int i = 0; i < SYMBOLS.length; i++) {
                Interval range = under.range(SYMBOLS[i]);
                point[i] = range.upper().isPresent()
                        ? Math.abs(point[i]) / 3
                        : range.isNonNegative() ? Math.abs(point[i]) : point[i];
            }
        });
    }

    private static void rewrites(Expr before, String text) {
        Expr after = Generated.canonical(before);
        assertThat(after.toString()).isEqualTo(text);
        agree(before, after, point -> {});
    }

    /** Asserts equal values before and after, wherever there was a value before. */
    private static void agree(Expr before, Expr after, Consumer<double[]> place) {
        Evaluation left = Evaluation.ofStable(before, SYMBOLS);
        Evaluation right = Evaluation.ofStable(after, SYMBOLS);
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            double[] point = random.doubles(SYMBOLS.length, -3, 3).toArray();
            place.accept(point);
            double expected = left.at(point);
            if (Double.isFinite(expected)) {
                double tolerance = 1e-12 * Math.max(1, Math.abs(expected));
                assertThat(Math.abs(right.at(point) - expected))
                        .as("%s", before)
                        .isLessThan(tolerance);
            }
        }
    }

    private static void leaves(Expr node) {
        assertThat(Generated.canonical(node)).isEqualTo(node);
    }
}
