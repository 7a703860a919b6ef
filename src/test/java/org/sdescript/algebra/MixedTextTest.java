package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "$\\nabla_x \\log p_t$; ∇ₓ log pₜ",
                "loss $L(\\theta)$ in nats; loss L(θ) in nats",
                "$x_1^2 + y$; x₁² + y",
                "$-x$; −x",
                "$a - b = c$; a − b = c",
                "$\\sigma_{\\mathrm{min}}$; σ_min",
                "$\\frac{1}{2}$; 1/2",
                "$\\frac{a + b}{2}$; (a + b)/2",
                "$\\sqrt{1 - t}$; √(1 − t)",
                "$\\mathbb{E}[x]$; 𝔼[x]",
                "$\\hat{x}_\\theta$; x̂_θ",
                "$\\|x\\|$; ‖x‖",
                "$e^{-t}$; e⁻ᵗ",
                "$e^{-\\beta}$; e^(−β)",
                "$\\mathcal{N}(0, 1)$; 𝒩(0, 1)",
                "costs $5; costs $5",
                "\\$a$; $a$"
            })
    void formulas_become_a_line_of_unicode(String text, String line) {
        assertThat(MixedText.of(text).unicode()).isEqualTo(line);
    }

    @Test
    void an_unknown_macro_is_named() {
        assertThatThrownBy(() -> MixedText.of("$x + \\foo$"))
                .isInstanceOfSatisfying(UnknownLatex.class, unknown -> assertThat(unknown.why())
                        .isEqualTo("sde reads no \\foo in a formula"));
    }

    @Test
    void a_formula_that_breaks_off_is_no_unknown_part() {
        assertThatThrownBy(() -> MixedText.of("$x^$"))
                .isInstanceOfSatisfying(UnknownLatex.class, unknown -> assertThat(unknown.why())
                        .isEqualTo("a formula ends where a part of it is missing"));
    }

    @Test
    void formulas_of_the_algebra_read_as_its_own_text() {
        Expr x = Expr.symbol("x");
        Expr beta = Expr.symbol("beta_min");
        for (Expr e : new Expr[] {x.plus(beta), Expr.sin(x), beta.times(x), beta.minus(x)}) {
            assertThat(MixedText.of("$" + Latex.of(e) + "$").unicode().replace(" ", ""))
                    .isEqualTo(Text.of(e).replace(" ", ""));
        }
    }
}
