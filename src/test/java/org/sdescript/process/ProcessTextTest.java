package org.sdescript.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.process.Processes.T;
import static org.sdescript.process.Processes.X;
import static org.sdescript.process.Processes.process;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Text;

class ProcessTextTest {
    private static final String DW_BAR = "dw\u0304";

    @Test
    void vp_prints_as_it_is_written() {
        assertThat(Processes.vp()).hasToString("dx = −½ β(t) x dt + √β(t) dw");
    }

    @Test
    void reverse_of_vp_contains_the_score() {
        assertThat(Reversal.reverse(Processes.vp()))
                .hasToString("dx = [−½ β(t) x − β(t) ∇ₓ log pₜ(x)] dt + √β(t) " + DW_BAR);
    }

    @Test
    void flow_of_vp_has_half_the_score_and_no_noise() {
        assertThat(Reversal.flow(Processes.vp())).hasToString("dx = [−½ β(t) x − ½ β(t) ∇ₓ log pₜ(x)] dt");
    }

    @Test
    void transition_of_vp() {
        assertThat(Processes.vp().transition())
                .hasToString("x(t) | x(0) ~ N( exp(−4.975 t² − 0.05 t) x(0), 1 − exp(−9.95 t² − 0.1 t) )");
    }

    @Test
    void prior_of_vp_is_its_marginal_at_the_end() {
        assertThat(Processes.vp().prior()).hasToString("x(1) ~ N( 0, 1 − exp(−10.05) )");
    }

    @Test
    void ve_and_its_derivations() {
        Process ve = Processes.ve();
        assertThat(ve).hasToString("dx = √(2 σ(t) σ\u0307(t)) dw");
        assertThat(Reversal.reverse(ve))
                .hasToString("dx = −2 σ(t) σ\u0307(t) ∇ₓ log pₜ(x) dt + √(2 σ(t) σ\u0307(t)) " + DW_BAR);
        assertThat(ve.transition()).hasToString("x(t) | x(0) ~ N( x(0), 0.0001 (5000²ᵗ − 1) )");
        assertThat(ve.prior()).hasToString("x(1) ~ N( 0, 2499.9999 )");
    }

    @Test
    void sub_vp_has_a_squared_variance() {
        Process subVp = Processes.subVp();
        assertThat(subVp).hasToString("dx = −½ β(t) x dt + √(β(t) (1 − exp(−19.9 t² − 0.2 t))) dw");
        assertThat(subVp.transition())
                .hasToString("x(t) | x(0) ~ N( exp(−4.975 t² − 0.05 t) x(0), (1 − exp(−9.95 t² − 0.1 t))² )");
        assertThat(subVp.transition().std()).hasToString("1 − exp(−9.95 t² − 0.1 t)");
    }

    @Test
    void ornstein_uhlenbeck_keeps_its_mean() {
        Process ou = Processes.ornsteinUhlenbeck();
        assertThat(ou).hasToString("dx = [3 − 2 x] dt + 0.5 dw");
        assertThat(ou.transition())
                .hasToString("x(t) | x(0) ~ N( exp(−2 t) x(0) + 1.5 (1 − exp(−2 t)), 0.0625 (1 − exp(−4 t)) )");
    }

    @Test
    void cosine_vp_from_its_transition() {
        Process cosine = Processes.cosine();
        assertThat(cosine).hasToString("dx = −½ π tan(½ π t) x dt + √(π tan(½ π t)) dw");
        assertThat(cosine.transition()).hasToString("x(t) | x(0) ~ N( cos(½ π t) x(0), sin²(½ π t) )");
    }

    @Test
    void flow_matching_from_its_transition() {
        Process line = Process.ofTransition("RectifiedFlow", T, 1e-5, 0.999, X, Expr.ONE.minus(T), T);
        assertThat(line).hasToString("dx = −x/(1 − t) dt + √(2 t/(1 − t)) dw");
        Process written = process(
                "line", line.drift().getFirst(), line.diffusion().getFirst().getFirst());
        assertThat(written.transition()).hasToString("x(t) | x(0) ~ N( (1 − t) x(0), t² )");
    }

    @Test
    void a_system_is_reversed_by_the_same_formula() {
        Symbol v = Expr.symbol("v");
        Process cld = Process.of(
                "CLD",
                T,
                1e-5,
                1,
                List.of(X, v),
                List.of("w"),
                List.of(
                        Expr.of(16).times(v),
                        Expr.of(-4).times(X).minus(Expr.of(16).times(v))),
                List.of(List.of(Expr.ZERO), List.of(Expr.sqrt(Expr.of(8)))));
        assertThat(Reversal.reverse(cld))
                .hasToString("dx = 16 v dt\ndv = [−4 x − 16 v − 8 ∇ᵥ log pₜ(x, v)] dt + 2 √2 " + DW_BAR);
        assertThat(Reversal.reverse(Reversal.reverse(cld))).isEqualTo(cld);
    }

    @Test
    void multiplicative_noise_adds_its_divergence() {
        Process geometric = process("GeometricBrownian", Expr.HALF.times(X), X);
        assertThat(Reversal.reverse(geometric)).hasToString("dx = [−1.5 x − x² ∇ₓ log pₜ(x)] dt + x " + DW_BAR);
    }

    @Test
    void the_family_between_reverse_and_flow() {
        assertThat(Reversal.reverse(Processes.vp(), Expr.HALF))
                .hasToString("dx = [−½ β(t) x − ⅝ β(t) ∇ₓ log pₜ(x)] dt + ½ √β(t) " + DW_BAR);
        assertThat(Reversal.reverse(Processes.vp(), Expr.ONE)).isEqualTo(Reversal.reverse(Processes.vp()));
        assertThat(Reversal.reverse(Processes.vp(), Expr.ZERO)).isEqualTo(Reversal.flow(Processes.vp()));
    }

    @Test
    void reverse_of_reverse_is_the_process() {
        for (Process p : List.of(
                Processes.vp(),
                Processes.subVp(),
                Processes.ve(),
                Processes.ornsteinUhlenbeck(),
                Processes.cosine(),
                process("GeometricBrownian", X, X))) {
            assertThat(Reversal.reverse(Reversal.reverse(p))).isEqualTo(p);
        }
    }

    @Test
    void a_stated_prior_is_kept() {
        Process p = Processes.ve().withPrior(List.of(Expr.ZERO), List.of(Expr.of(50)));
        assertThat(p.prior()).hasToString("x(1) ~ N( 0, 2500 )");
        assertThat(Reversal.reverse(p).prior()).isEqualTo(p.prior());
    }

    @Test
    void ve_from_its_transition_keeps_the_whole_variance() {
        Process ve = Process.ofTransition(
                "VE", T, 1e-5, 1, X, Expr.ONE, Expr.of(0.01).times(Expr.power(Expr.of(5000), T)));
        assertThat(ve.transition()).hasToString("x(t) | x(0) ~ N( x(0), 0.0001 5000²ᵗ )");
        assertThat(ve.transition().std()).hasToString("0.01 5000ᵗ");
        assertThat(ve.drift()).containsExactly(Expr.ZERO);
    }

    @Test
    void a_seasonal_mean_is_an_affine_process_too() {
        Process p = process(
                "seasonal",
                Expr.of(2).times(Expr.sin(T).minus(X)),
                Expr.sqrt(Expr.of(2).times(T)));
        assertThat(p.transition().shown().offset().getFirst()).hasToString("0.4 exp(−2 t) + 0.8 sin(t) − 0.4 cos(t)");
    }

    @Test
    void a_nonlinear_process_has_a_flow() {
        Process doubleWell = process("DoubleWell", X.minus(X.pow(3)), Expr.sqrt(Expr.of(0.2)));
        assertThat(doubleWell).hasToString("dx = [x − x³] dt + √0.2 dw");
        assertThat(Reversal.flow(doubleWell)).hasToString("dx = [x − x³ − 0.1 ∇ₓ log pₜ(x)] dt");
    }

    @Test
    void standard_deviations_take_square_factors_out() {
        assertThat(Processes.ve().transition().std()).hasToString("0.01 √(5000²ᵗ − 1)");
        assertThat(Processes.ornsteinUhlenbeck().transition().std()).hasToString("¼ √(1 − exp(−4 t))");
        Process growing = process("growing", Expr.ZERO, Expr.sqrt(Expr.of(2).times(T)));
        assertThat(growing.transition().std()).hasToString("t");
    }

    @Test
    void names_of_states_and_noises_are_spelled() {
        Symbol theta = Expr.symbol("theta_1");
        Process p = Process.of(
                "p", T, 0, 1, List.of(theta), List.of("w_2"), List.of(theta.negate()), List.of(List.of(Expr.ONE)));
        assertThat(p).hasToString("dθ₁ = −θ₁ dt + dw₂");
        assertThat(Text.of(p.scores().getFirst())).isEqualTo("∇_θ₁ log pₜ(θ₁)");
    }

    @Test
    void cosine_vp_is_found_again_from_its_ito_form() {
        Process stated = Processes.cosine();
        Process written = Processes.process(
                "cosine",
                stated.drift().getFirst(),
                stated.diffusion().getFirst().getFirst());
        assertThat(written.transition()).hasToString(stated.transition().toString());
    }
}
