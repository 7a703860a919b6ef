package org.sdescript.algebra;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.algebra.FormulaLayout.FunctionName;
import org.sdescript.algebra.FormulaLayout.Name;
import org.sdescript.algebra.FormulaLayout.Sign;
import org.sdescript.algebra.FormulaLayout.Space;
import org.sdescript.algebra.FormulaLayout.Style;

/** The macros of LaTeX without arguments: Greek letters, functions, signs and spaces. */
final class LatexSigns {
    private static final Set<String> FUNCTIONS = Set.of(
            "arctan", "arg", "cos", "cosh", "det", "dim", "exp", "inf", "lim", "ln", "log", "max", "min", "sin", "sinh",
            "sup", "tan", "tanh");

    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("cdot", "⋅"),
            Map.entry("circ", "∘"),
            Map.entry("ge", "≥"),
            Map.entry("in", "∈"),
            Map.entry("infty", "∞"),
            Map.entry("int", "∫"),
            Map.entry("ldots", "…"),
            Map.entry("le", "≤"),
            Map.entry("mid", "∣"),
            Map.entry("nabla", "∇"),
            Map.entry("partial", "∂"),
            Map.entry("sim", "∼"),
            Map.entry("sum", "∑"),
            Map.entry("to", "→"),
            Map.entry("{", "{"),
            Map.entry("}", "}"),
            Map.entry("_", "_"),
            Map.entry("%", "%"),
            Map.entry("$", "$"),
            Map.entry("#", "#"),
            Map.entry("&", "&"),
            Map.entry("|", "‖"),
            Map.entry("approx", "≈"),
            Map.entry("ast", "∗"),
            Map.entry("bullet", "•"),
            Map.entry("cap", "∩"),
            Map.entry("cdots", "⋯"),
            Map.entry("cup", "∪"),
            Map.entry("dots", "…"),
            Map.entry("ell", "ℓ"),
            Map.entry("equiv", "≡"),
            Map.entry("exists", "∃"),
            Map.entry("forall", "∀"),
            Map.entry("geq", "≥"),
            Map.entry("gg", "≫"),
            Map.entry("hbar", "ℏ"),
            Map.entry("langle", "⟨"),
            Map.entry("leftarrow", "←"),
            Map.entry("leq", "≤"),
            Map.entry("ll", "≪"),
            Map.entry("mapsto", "↦"),
            Map.entry("mp", "∓"),
            Map.entry("ne", "≠"),
            Map.entry("neq", "≠"),
            Map.entry("notin", "∉"),
            Map.entry("oplus", "⊕"),
            Map.entry("otimes", "⊗"),
            Map.entry("perp", "⊥"),
            Map.entry("pm", "±"),
            Map.entry("prime", "′"),
            Map.entry("prod", "∏"),
            Map.entry("propto", "∝"),
            Map.entry("rangle", "⟩"),
            Map.entry("rightarrow", "→"),
            Map.entry("simeq", "≃"),
            Map.entry("subset", "⊂"),
            Map.entry("subseteq", "⊆"),
            Map.entry("times", "×"),
            Map.entry("top", "⊤"),
            Map.entry("vert", "|"),
            Map.entry("Vert", "‖"));

    /** Other spellings of Greek letters. */
    private static final Map<String, String> LETTERS =
            Map.of("varepsilon", "ε", "varphi", "φ", "vartheta", "ϑ", "varrho", "ρ", "varsigma", "ς");

    /** The space between a function and its argument without brackets. */
    static final Space THIN = new Space("0.1667em");

    private static final Map<String, Space> SPACES = Map.of(
            ",",
            THIN,
            ":",
            new Space("0.2222em"),
            ";",
            new Space("0.2778em"),
            " ",
            new Space("0.25em"),
            "!",
            new Space("-0.1667em"),
            "quad",
            new Space("1em"),
            "qquad",
            new Space("2em"));

    private LatexSigns() {}

    /** Returns what the macro stands for; empty for an unknown macro. */
    static Optional<FormulaLayout> of(String macro) {
        if (FUNCTIONS.contains(macro)) {
            return Optional.of(new FunctionName(macro));
        }
        if (SIGNS.containsKey(macro)) {
            return Optional.of(new Sign(SIGNS.get(macro)));
        }
        if (SPACES.containsKey(macro)) {
            return Optional.of(SPACES.get(macro));
        }
        String letter = LETTERS.getOrDefault(macro, UnicodeNames.spelled(macro));
        return letter.equals(macro)
                ? Optional.empty()
                : Optional.of(new Name(letter, Character.isUpperCase(letter.charAt(0)) ? Style.UPRIGHT : Style.ITALIC));
    }
}
