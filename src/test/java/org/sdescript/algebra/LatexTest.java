package org.sdescript.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sdescript.algebra.Generated.T;
import static org.sdescript.algebra.Generated.X;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LatexTest {
    private static final int CASES = 400;

    /** The macros of TeX and amsmath that the printer may use. */
    private static final Set<String> MACROS = Set.of(
            "frac",
            "sqrt",
            "left",
            "right",
            "pi",
            "cdot",
            "ldots",
            "operatorname",
            "arctan",
            "exp",
            "log",
            "sin",
            "cos",
            "tan",
            "sinh",
            "cosh",
            "tanh",
            "min",
            "max",
            "begin",
            "end",
            "text",
            "ge",
            "le",
            "dot",
            "ddot",
            "mathrm",
            "mathit",
            "nabla",
            "beta",
            "sigma",
            "theta",
            "\\",
            "_");

    private static final Pattern TOKEN = Pattern.compile("\\\\([A-Za-z]+|.)|[{}]");

    @Test
    void formulas_look_as_in_the_paper() {
        Definition beta = new Definition("beta", T, T);
        prints(Expr.exp(T.pow(2).negate()).times(Expr.HALF), "\\frac{1}{2} e^{-t^{2}}");
        prints(Expr.of(-0.5).times(beta.at(T)).times(X), "-\\frac{1}{2} x \\beta(t)");
        prints(Expr.sqrt(beta.at(T)).over(T.plus(Expr.ONE)), "\\frac{\\sqrt{\\beta(t)}}{t + 1}");
        prints(Expr.symbol("sigma_min").pow(2), "\\sigma_{\\mathrm{min}}^{2}");
        prints(Expr.symbol("σ_1"), "\\sigma_{1}");
        prints(Expr.apply(Elementary.ERF, X.over(T)), "\\operatorname{erf}\\left(\\frac{x}{t}\\right)");
        prints(Expr.sin(T).pow(2), "\\sin^{2}(t)");
        prints(Derivative.of(beta.at(T.pow(2)), T), "2 t \\dot{\\beta}(t^{2})");
        prints(Expr.ratio(3, 7).times(T), "\\frac{3}{7} t");
        prints(Expr.power(Expr.of(5), T.times(Expr.of(2))), "5^{2 t}");
        prints(Expr.of(2).times(Expr.power(Expr.of(3), T)), "2 \\cdot 3^{t}");
        prints(Expr.power(X, Expr.ratio(1, 7)), "\\sqrt[7]{x}");
        prints(Expr.symbol("∇ₓ log pₜ(x)"), "\\nabla_{x} \\log p_{t}(x)");
        prints(Expr.symbol("∇_x₁ log pₜ(x₁, x₂)"), "\\nabla_{x_{1}} \\log p_{t}(x_{1}, x_{2})");
        prints(Expr.symbol("∇_y log pₛ(x, y)"), "\\nabla_{y} \\log p_{s}(x, y)");
        prints(Expr.symbol("∇_rate log pₜ(rate)"), "\\nabla_{\\mathit{rate}} \\log p_{t}(\\mathit{rate})");
        prints(
                Expr.choice(Condition.greater(T, Expr.HALF), T, X),
                "\\begin{cases} x & t \\le 0.5 \\\\ t & \\text{otherwise} \\end{cases}");
    }

    private static void prints(Expr e, String latex) {
        assertThat(Latex.of(e)).isEqualTo(latex);
        MathMlReader.agrees(MathMl.of(e), latex);
    }

    @Test
    void braces_balance_and_macros_are_known() {
        for (int seed = 0; seed < CASES; seed++) {
            String latex = Latex.of(new Generated(seed).canonical(4));
            Deque<String> open = new ArrayDeque<>();
            Matcher tokens = TOKEN.matcher(latex);
            while (tokens.find()) {
                switch (tokens.group()) {
                    case "{", "\\left" -> open.push(tokens.group());
                    case "}" -> assertThat(open.poll()).as(latex).isEqualTo("{");
                    case "\\right" -> assertThat(open.poll()).as(latex).isEqualTo("\\left");
                    default -> assertThat(MACROS).as(latex).contains(tokens.group(1));
                }
            }
            assertThat(open).as("seed %d: %s", seed, latex).isEmpty();
        }
    }

    /** TeX rejects a second exponent on the same letter, and a base that is itself an exponent. */
    @Test
    void nothing_has_two_exponents() {
        Pattern twice = Pattern.compile("\\^\\{[^{}]*\\}\\^");
        for (int seed = 0; seed < CASES; seed++) {
            String latex = Latex.of(new Generated(seed).canonical(4));
            assertThat(twice.matcher(latex).find())
                    .as("seed %d: %s", seed, latex)
                    .isFalse();
        }
        for (Expr e : List.of(Expr.exp(T), Expr.power(X, T))) {
            assertThat(Latex.of(new Expr.Power(e, Expr.of(3)))).contains("(");
        }
    }
}
