package org.sdescript.algebra;

import java.util.List;
import java.util.Set;
import org.sdescript.algebra.FormulaLayout.Fence;
import org.sdescript.algebra.FormulaLayout.FunctionName;
import org.sdescript.algebra.FormulaLayout.Row;
import org.sdescript.algebra.FormulaLayout.Scripts;
import org.sdescript.algebra.FormulaLayout.Sign;
import org.sdescript.algebra.FormulaLayout.Space;
import org.sdescript.algebra.FormulaLayout.Words;

/** The blank width between the parts of a formula (Knuth, The TeXbook, chapter 18), shared by all forms of output. */
public final class FormulaSpacing {
    private static final Set<String> RELATIONS = Set.of(
            "=", "∼", "≈", "≃", "≡", "≠", "<", ">", "≤", "≥", "≪", "≫", "∈", "∉", "∝", "→", "←", "↦", "⊂", "⊆", "∣",
            "⊥", "∶");

    private static final Set<String> OPERATIONS =
            Set.of("+", Text.MINUS, "±", "∓", "⋅", "×", "∘", "⊕", "⊗", "∩", "∪", "∗", "*");
    private static final Set<String> OPENING = Set.of("(", "[", "{", "⟨");
    private static final Set<String> CLOSING = Set.of(")", "]", "}", "⟩");
    private static final Set<String> PUNCTUATION = Set.of(",", ";");

    /** Signs that stand for a value, so that a minus behind them is a subtraction. */
    private static final Set<String> VALUES = Set.of("…", "⋯", "∞", "′", "!", "∂", "∇", "ℓ", "ℏ", "%", "|", "‖", "⊤");

    private static final double THIN = 0.1667;
    private static final double MEDIUM = 0.2222;
    private static final double THICK = 0.2778;

    private FormulaSpacing() {}

    /** Returns the width between a part of a row and the part before it, in ems; 0 in front of the first part. */
    public static double before(List<FormulaLayout> parts, int index) {
        if (index == 0) {
            return 0;
        }
        FormulaLayout left = parts.get(index - 1);
        FormulaLayout right = parts.get(index);
        if (left instanceof Space || right instanceof Space || left instanceof Words || right instanceof Words) {
            return 0;
        }
        double around = Math.max(around(parts, index - 1), around(parts, index));
        if (around > 0) {
            return around;
        }
        if (left instanceof Sign(String sign) && PUNCTUATION.contains(sign)) {
            return THIN;
        }
        boolean behindFunction = isFunction(left) && !isBracketed(right);
        return behindFunction || isFunction(right) && isValue(left) ? THIN : 0;
    }

    /** Returns the width on both sides of a relation or an operation of two values. */
    private static double around(List<FormulaLayout> parts, int index) {
        if (!(parts.get(index) instanceof Sign(String sign))) {
            return 0;
        }
        if (RELATIONS.contains(sign)) {
            return THICK;
        }
        boolean binary = index > 0 && isValue(parts.get(index - 1)) && index + 1 < parts.size();
        return OPERATIONS.contains(sign) && binary ? MEDIUM : 0;
    }

    /** True if a plus or minus behind the part adds to the part. */
    static boolean isValue(FormulaLayout part) {
        return !(part instanceof Sign(String sign)) || CLOSING.contains(sign) || VALUES.contains(sign);
    }

    static boolean isFunction(FormulaLayout part) {
        return part instanceof FunctionName || part instanceof Scripts raised && raised.base() instanceof FunctionName;
    }

    static boolean isBracketed(FormulaLayout part) {
        return part instanceof Fence
                || part instanceof Space
                || part instanceof Sign(String sign) && OPENING.contains(sign);
    }

    /** True for an empty row, which stands for a script that is not there. */
    public static boolean isNothing(FormulaLayout part) {
        return part instanceof Row(List<FormulaLayout> inside) && inside.isEmpty();
    }
}
