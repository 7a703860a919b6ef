package org.sdescript.algebra;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Printed spelling of names: beta → β, sigma_min → σ_min, x_1 → x₁; also superscripts and subscripts. */
public final class UnicodeNames {
    private static final Map<String, String> GREEK = Map.ofEntries(
            Map.entry("alpha", "α"),
            Map.entry("beta", "β"),
            Map.entry("gamma", "γ"),
            Map.entry("delta", "δ"),
            Map.entry("epsilon", "ε"),
            Map.entry("zeta", "ζ"),
            Map.entry("eta", "η"),
            Map.entry("theta", "θ"),
            Map.entry("iota", "ι"),
            Map.entry("kappa", "κ"),
            Map.entry("lambda", "λ"),
            Map.entry("mu", "μ"),
            Map.entry("nu", "ν"),
            Map.entry("xi", "ξ"),
            Map.entry("omicron", "ο"),
            Map.entry("pi", "π"),
            Map.entry("rho", "ρ"),
            Map.entry("sigma", "σ"),
            Map.entry("tau", "τ"),
            Map.entry("upsilon", "υ"),
            Map.entry("phi", "φ"),
            Map.entry("chi", "χ"),
            Map.entry("psi", "ψ"),
            Map.entry("omega", "ω"),
            Map.entry("Gamma", "Γ"),
            Map.entry("Delta", "Δ"),
            Map.entry("Theta", "Θ"),
            Map.entry("Lambda", "Λ"),
            Map.entry("Xi", "Ξ"),
            Map.entry("Pi", "Π"),
            Map.entry("Sigma", "Σ"),
            Map.entry("Upsilon", "Υ"),
            Map.entry("Phi", "Φ"),
            Map.entry("Psi", "Ψ"),
            Map.entry("Omega", "Ω"));

    private static final Pattern PARTS = Pattern.compile("([^_0-9]+)(?:_?([0-9]+)|(_.*))?");
    private static final String LOWERED = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ";
    private static final String RAISED = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹−⁻aᵃbᵇcᶜdᵈeᵉiⁱjʲkᵏmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ";

    private UnicodeNames() {}

    public static String spelled(String name) {
        Matcher parts = PARTS.matcher(name);
        if (!parts.matches()) {
            return name;
        }
        String head = GREEK.getOrDefault(parts.group(1), parts.group(1));
        String index = parts.group(2) == null ? "" : exchange(parts.group(2), LOWERED);
        return head + index + (parts.group(3) == null ? "" : parts.group(3));
    }

    /** Returns the name of a derivative: β̇, σ̇_min, or rate′ if the head is more than one letter. */
    static String differentiated(String name, int order) {
        String spelled = spelled(name);
        boolean letter =
                spelled.length() == 1 || spelled.charAt(1) == '_' || LOWERED.indexOf(spelled.charAt(1)) % 2 == 1;
        if (!letter || order > 2) {
            return spelled + (order > 3 ? "⁽" + raised(String.valueOf(order)) + "⁾" : "′".repeat(order));
        }
        String dots = order == 0 ? "" : order == 1 ? "\u0307" : "\u0308";
        return spelled.charAt(0) + dots + spelled.substring(1);
    }

    /** Returns the text as a subscript, or _text if Unicode lacks one of its letters. */
    public static String lowered(String text) {
        String lowered = exchange(text, LOWERED);
        return lowered == null ? "_" + text : lowered;
    }

    /** Returns the text as a superscript, or null if Unicode lacks one of its letters; spaces are dropped. */
    static @Nullable String raised(String text) {
        return exchange(text.replace(" ", ""), RAISED);
    }

    /** Returns the Latin spelling of a Greek letter, since names may use either spelling; any other text unchanged. */
    static String latin(String head) {
        return GREEK.entrySet().stream()
                .filter(entry -> entry.getValue().equals(head))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(head);
    }

    /** Returns the letter whose subscript form this is, or null. */
    static @Nullable String unlowered(char lowered) {
        int i = LOWERED.indexOf(lowered);
        return i % 2 == 1 ? LOWERED.substring(i - 1, i) : null;
    }

    private static @Nullable String exchange(String text, String pairs) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            int i = pairs.indexOf(c);
            if (i < 0 || i % 2 != 0) {
                return null;
            }
            out.append(pairs.charAt(i + 1));
        }
        return out.toString();
    }
}
