package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import org.junit.jupiter.api.Test;

class IntegralTest {
    @Test
    void each_rule_finds_its_integrals() {
        Expr two = Expr.of(2);
        Expr line = two.times(T).plus(Expr.ONE);
        found(T.pow(3).plus(T.pow(-2)));
        found(T.pow(-1));
        found(Expr.exp(line));
        found(Expr.power(Expr.of(5), T));
        found(Expr.power(line, Expr.ratio(5, 3)));
        found(T.times(Expr.sqrt(line)));
        found(line.times(Expr.exp(T.pow(2).plus(T))));
        found(T.pow(2).times(Expr.exp(T.times(Expr.of(-3)))));
        found(T.times(Expr.sin(line)));
        found(Expr.sin(T).pow(2));
        found(Expr.sin(T).times(Expr.cos(T)));
        found(Expr.apply(Elementary.TAN, line));
        found(Expr.log(line));
        found(Expr.apply(Elementary.TANH, line));
        found(Expr.exp(T.pow(2).negate()));
        found(Expr.exp(T).over(Expr.exp(T).plus(Expr.ONE)));
        found(Expr.log(T).over(T));
        found(Expr.cos(T).times(Expr.exp(Expr.sin(T))));
        found(Expr.cos(line).pow(-2));
        found(Expr.exp(line).times(Expr.sin(T.times(Expr.of(3)))));
        found(Expr.exp(T.negate()).times(Expr.cos(line)));
        found(X.times(T).plus(Expr.exp(X.times(T))));
    }

    @Test
    void rational_functions_are_split_into_partial_fractions() {
        Expr one = Expr.ONE;
        found(one.over(T.pow(2).plus(one)));
        found(one.over(T.pow(2).minus(one)));
        found(one.over(T.pow(2).minus(Expr.of(2))));
        found(T.pow(4).plus(T).over(T.pow(2).plus(T).plus(one)));
        found(one.over(T.pow(3).plus(one)));
        found(T.plus(Expr.of(3)).over(T.times(T.plus(one).pow(3))));
        found(one.over(T.pow(2).plus(one).pow(2)));
        found(one.over(T.pow(2).plus(one).times(T.pow(2).plus(Expr.of(4))).times(T.minus(Expr.of(5)))));
        found(T.pow(2).over(T.pow(2).plus(T).plus(one).pow(3)));
        found(one.over(T.plus(X).times(T.plus(Expr.of(2)))));
        found(T.over(T.plus(X).pow(2)));
        found(one.over(T.pow(2).plus(X.pow(2))));
        found(one.over(Expr.of(0.1).plus(T.times(Expr.of(19.9)))));
    }

    @Test
    void exponentials_and_hyperbolics_become_rational() {
        Expr two = Expr.of(2);
        Expr tanh = Expr.apply(Elementary.TANH, T);
        Expr sinh = Expr.apply(Elementary.SINH, T.times(two));
        found(Expr.ONE.over(Expr.ONE.plus(Expr.exp(T.times(two).negate()))));
        found(Expr.ONE.over(Expr.exp(T).plus(Expr.exp(T.negate()))));
        found(tanh.pow(2));
        found(tanh.pow(3));
        found(sinh.pow(2));
        found(Expr.apply(Elementary.COSH, T).pow(-1));
        found(sinh.times(Expr.exp(T.times(Expr.of(3)))));
        found(T.times(Expr.apply(Elementary.COSH, T)));
        found(Expr.log(Expr.ONE.plus(Expr.exp(T))).times(Expr.exp(T)));
        found(Expr.power(Expr.of(5), T)
                .over(Expr.power(Expr.of(5), T).plus(Expr.ONE).pow(2)));
    }

    @Test
    void waves_in_products_and_below_strokes() {
        Expr three = Expr.of(3);
        found(Expr.sin(T).pow(4));
        found(Expr.sin(T.times(three)).times(Expr.cos(T.times(Expr.of(5)))));
        found(T.times(Expr.sin(T).pow(2)));
        found(T.times(Expr.exp(T)).times(Expr.sin(T)));
        found(T.pow(2).times(Expr.exp(T.negate())).times(Expr.cos(T.times(three))));
        found(Expr.cos(T).pow(-1));
        found(Expr.sin(T).pow(-1));
        found(Expr.ONE.over(Expr.of(2).plus(Expr.cos(T))));
        found(Expr.apply(Elementary.TAN, T).pow(2));
        found(Expr.sin(T).pow(3).times(Expr.cos(T).pow(2)));
    }

    @Test
    void roots_logarithms_and_gaussians() {
        Expr line = Expr.of(2).times(T).plus(Expr.ONE);
        found(Expr.ONE.over(Expr.ONE.plus(Expr.sqrt(T))));
        found(Expr.sqrt(line).over(T));
        found(T.pow(2).times(Expr.power(line, Expr.ratio(1, 3))));
        found(Expr.sqrt(Expr.ONE.minus(T.pow(2))));
        found(Expr.sqrt(T.pow(2).plus(Expr.ONE)));
        found(Expr.ONE.over(Expr.sqrt(Expr.of(4).minus(T.pow(2)))));
        found(T.pow(2).times(Expr.log(T)));
        found(Expr.log(T).pow(2));
        found(T.times(Expr.log(line)));
        found(Expr.apply(Elementary.ATAN, T));
        found(T.times(Expr.apply(Elementary.ATAN, T)));
        found(Expr.apply(Elementary.ERF, line));
        found(T.times(Expr.apply(Elementary.ERF, T)));
        found(T.pow(2).times(Expr.exp(T.pow(2).negate())));
        found(T.pow(3).times(Expr.exp(T.minus(T.pow(2)))));
        found(T.times(Expr.exp(Expr.of(-3).times(T.pow(2)))));
        found(Expr.exp(Expr.sqrt(T)));
    }

    @Test
    void parameters_are_integrated_under_assumptions() {
        Expr gaussian = Expr.exp(X.times(T.pow(2)).negate());
        assertThat(Integral.of(gaussian, T)).isEmpty();
        assertThat(Integral.of(gaussian, T, Assumptions.positive(X))).hasToString("Optional[½ √π erf(t √x)/√x]");
        assertThat(Integral.of(T.pow(2).plus(X).pow(-1), T)).isEmpty();
        assertThat(Integral.of(T.pow(2).plus(X).pow(-1), T, Assumptions.positive(X)))
                .hasToString("Optional[atan(t/√x)/√x]");
        found(Expr.power(T, X));
        found(Expr.exp(X.times(T)).times(T.pow(2)));
    }

    @Test
    void branches_are_joined_without_a_step() {
        Expr t = T.minus(Expr.HALF);
        Expr choice = Expr.choice(new Condition(Condition.Relation.POSITIVE, t), T.pow(2), Expr.exp(T));
        found(choice);
        found(Expr.apply(Elementary.ABS, t).times(T));
        found(Expr.apply(Elementary.MIN, T, Expr.ONE.minus(T)));
        found(choice.times(Expr.exp(Expr.choice(Condition.greater(T, Expr.HALF), T, Expr.ONE))));
        Evaluation integral = Evaluation.of(Integral.of(choice, T).orElseThrow(), T);
        assertThat(integral.at(0.5 + 1e-9)).isCloseTo(integral.at(0.5 - 1e-9), within(1e-8));
    }

    /** Schedules of the literature: VP linear, cosine, VE geometric, Karras, sigmoid. */
    @Test
    void schedules_of_processes() {
        Expr angle = T.plus(Expr.of(0.008)).times(Expr.PI).over(Expr.of(2.016));
        found(Expr.apply(Elementary.TAN, angle).times(Expr.PI).over(Expr.of(1.008)));
        found(Expr.of(0.0001).times(Expr.power(Expr.of(5000), T.times(Expr.of(2)))));
        Expr low = Expr.power(Expr.of(0.002), Expr.ratio(1, 7));
        Expr high = Expr.power(Expr.of(80), Expr.ratio(1, 7));
        found(Expr.power(high.plus(T.times(low.minus(high))), Expr.of(7)));
        Expr sigmoid =
                Expr.ONE.over(Expr.ONE.plus(Expr.exp(Expr.of(3).minus(Expr.of(6).times(T)))));
        found(sigmoid);
        found(sigmoid.times(Expr.ONE.minus(sigmoid)));
    }

    @Test
    void named_functions_stay_where_their_bodies_are_not_needed() {
        Definition beta =
                new Definition("beta", T, Expr.of(0.1).plus(Expr.of(19.9).times(T.pow(2))));
        Expr rate = Derivative.of(beta.at(T), T);
        assertThat(Integral.of(rate.times(Expr.exp(beta.at(T))), T)).hasToString("Optional[exp(β(t))]");
        found(beta.at(T).times(T));
    }

    @Test
    void a_search_that_leads_nowhere_ends() {
        Expr hopeless =
                Expr.exp(Expr.sin(T).times(Expr.sqrt(T))).over(Expr.log(T.pow(3).plus(Expr.cos(T))));
        assertThat(Integral.of(hopeless, T)).isEmpty();
    }

    private static void found(Expr integrand) {
        assertThat(Integral.of(integrand, T)).as("%s", integrand).isPresent().hasValueSatisfying(found -> assertThat(
                        Equality.probably(Derivative.of(found, T), integrand))
                .isTrue());
    }

    @Test
    void what_has_no_elementary_integral_is_not_found() {
        assertThat(Integral.of(Expr.exp(T).over(T), T)).isEmpty();
        assertThat(Integral.of(Expr.sin(T.pow(2)), T)).isEmpty();
    }

    @Test
    void a_divergent_integral_has_no_value() {
        assertThat(Integral.between(T.pow(-1), T, Expr.ZERO, T)).isEmpty();
    }
}
