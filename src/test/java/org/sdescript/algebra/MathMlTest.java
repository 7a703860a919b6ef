package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas of {@link LatexTest} are compared there, in both notations. */
class MathMlTest {
    private static final int CASES = 400;

    private static String inside(Expr e) {
        return MathMl.of(e)
                .replace("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">", "")
                .replace("</math>", "");
    }

    @Test
    void a_formula_is_elements_in_one_math_element() {
        assertThat(MathMl.of(X.over(T)))
                .isEqualTo("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">"
                        + "<mfrac><mi>x</mi><mi>t</mi></mfrac></math>");
        assertThat(MathMl.inline("x")).contains("display=\"inline\"");
    }

    @Test
    void a_minus_in_front_is_a_sign_and_between_terms_an_operation() {
        assertThat(inside(T.negate())).isEqualTo("<mo form=\"prefix\">−</mo><mi>t</mi>");
        assertThat(inside(T.minus(X))).isEqualTo("<mi>t</mi><mo>−</mo><mi>x</mi>");
        assertThat(MathMl.inline("\\begin{aligned} x &= t \\end{aligned}")).contains("<mo form=\"infix\">=</mo>");
        assertThat(MathMl.inline("x = -t, 2 - t"))
                .contains("<mo>=</mo><mo form=\"prefix\">−</mo>", "<mn>2</mn><mo>−</mo>");
    }

    @Test
    void a_function_is_applied_to_its_argument() {
        assertThat(inside(Expr.sin(T))).startsWith("<mi>sin</mi><mo>\u2061</mo><mo stretchy=\"false\">(</mo>");
        assertThat(inside(T.times(Expr.sin(T))))
                .startsWith("<mi>t</mi><mspace width=\"0.1667em\"></mspace><mi>sin</mi>");
        assertThat(MathMl.inline("\\log p"))
                .contains("<mi>log</mi><mo>\u2061</mo><mspace width=\"0.1667em\"></mspace>");
    }

    @Test
    void names_and_signs_that_xml_reserves_are_escaped() {
        Expr choice = Expr.choice(Condition.greater(T, Expr.HALF), T, X);
        assertThat(MathMl.of(choice)).contains("<mo>≤</mo>");
        assertThat(MathMl.inline("x < t")).contains("<mo>&lt;</mo>");
        assertThat(MathMl.escaped("a < b & \"c\" > d")).isEqualTo("a &lt; b &amp; &quot;c&quot; &gt; d");
    }

    @Test
    void random_formulas_are_the_same_as_in_latex() {
        for (int seed = 0; seed < CASES; seed++) {
            Expr e = new Generated(seed).canonical(4);
            MathMlReader.agrees(MathMl.of(e), Latex.of(e));
        }
    }

    /** The reader of the test is blind to nothing: each of these differs in one thing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x^{2}",
                "x_{2}",
                "2 x",
                "x 2",
                "\\frac{x}{2}",
                "\\frac{2}{x}",
                "\\left(x\\right) 2",
                "\\tfrac{x}{2}",
                "\\dot{x} 2",
                "\\ddot{x} 2",
                "\\mathit{x2}",
                "\\mathrm{x2}",
                "\\text{x2}",
                "\\sqrt[2]{x}",
                "(x) 2"
            })
    void a_difference_is_seen(String latex) {
        String mathml = MathMl.displayed("x + 2");
        assertThatThrownBy(() -> MathMlReader.agrees(mathml, latex)).isInstanceOf(AssertionError.class);
        MathMlReader.agrees(MathMl.displayed(latex), latex);
        assertThatThrownBy(() -> MathMlReader.agrees(MathMl.displayed(latex), "x + 2"))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\mathfrak{R}",
                "x^{2",
                "x}",
                "x & y",
                "x^{1}^{2}",
                "\\begin{matrix} x \\end{matrix}",
                "\\frac",
                "x_"
            })
    void other_latex_is_refused(String latex) {
        assertThatThrownBy(() -> MathMl.inline(latex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(latex);
    }
}
