package org.sdescript.algebra;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sdescript.algebra.FormulaLayout.FunctionName;
import org.sdescript.algebra.FormulaLayout.Name;
import org.sdescript.algebra.FormulaLayout.Sign;
import org.sdescript.algebra.FormulaLayout.Space;
import org.sdescript.algebra.FormulaLayout.Style;

/** The macros of LaTeX without arguments that our formulas use: Greek letters, functions, signs and spaces. */
final class LatexSigns {
    private static final Set<String> FUNCTIONS =
            Set.of("arctan", "cos", "cosh", "det", "exp", "lim", "log", "max", "min", "sin", "sinh", "tan", "tanh");

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
            Map.entry("_", "_"));

    /** The space between a function and its argument without brackets. */
    static final Space THIN = new Space("0.1667em");

    private static final Map<String, Space> SPACES =
            Map.of(",", THIN, ";", new Space("0.2778em"), "quad", new Space("1em"));

    private LatexSigns() {}

    /** Returns what the macro stands for; empty if our formulas do not use it. */
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
        String letter = UnicodeNames.spelled(macro);
        return letter.equals(macro)
                ? Optional.empty()
                : Optional.of(new Name(letter, Character.isUpperCase(letter.charAt(0)) ? Style.UPRIGHT : Style.ITALIC));
    }
}
