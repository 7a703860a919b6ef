package org.sdescript.algebra;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** LaTeX spelling of names: beta → \beta, sigma_min → \sigma_{\mathrm{min}}, x_1 → x_{1}, rate → \mathit{rate}. */
public final class LatexNames {
    /** Greek letters without a TeX macro, because Latin letters look the same. */
    private static final Map<String, String> LATIN_LOOKALIKES = Map.of("omicron", "o");

    private static final Set<String> LETTERS = Set.of(
            "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
            "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta",
            "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");

    private static final Pattern PARTS = Pattern.compile("([^_0-9]+)_?(.*)");
    private static final Pattern ELEMENT = Pattern.compile("(.+)\\[(.+)]");
    private static final Pattern SCORE_PARTS = Pattern.compile("∇(.+) log p(.+)\\((.+)\\)");
    private static final String SCORE = "∇";

    /** The velocity of a path between two laws. */
    private static final Pattern VELOCITY = Pattern.compile("b\\((.+), (.+)\\)");

    private LatexNames() {}

    public static String of(String name) {
        return differentiated(name, 0);
    }

    /** Returns the name of a derivative, with one or two dots above the letter, or the order behind it. */
    static String differentiated(String name, int order) {
        if (name.startsWith(SCORE)) {
            return score(name);
        }
        Matcher velocity = VELOCITY.matcher(name);
        if (velocity.matches()) {
            return "b(" + ofSpelled(velocity.group(1)) + ", " + ofSpelled(velocity.group(2)) + ")";
        }
        Matcher element = ELEMENT.matcher(name);
        if (element.matches()) {
            return differentiated(element.group(1), order) + "_{"
                    + element.group(2).replace('−', '-') + "}";
        }
        Matcher parts = PARTS.matcher(name);
        if (!parts.matches()) {
            return "\\mathit{" + escaped(name) + "}";
        }
        String head =
                switch (order) {
                    case 0 -> head(parts.group(1));
                    case 1 -> "\\dot{" + head(parts.group(1)) + "}";
                    case 2 -> "\\ddot{" + head(parts.group(1)) + "}";
                    default -> head(parts.group(1)) + "^{(" + order + ")}";
                };
        String index = parts.group(2);
        if (index.isEmpty()) {
            return head;
        }
        boolean plain = index.length() == 1 || index.chars().allMatch(Character::isDigit);
        return head + "_{" + (plain ? escaped(index) : "\\mathrm{" + escaped(index) + "}") + "}";
    }

    private static String head(String head) {
        String latin = UnicodeNames.latin(head);
        if (LETTERS.contains(latin)) {
            return "\\" + latin;
        }
        if (LATIN_LOOKALIKES.containsKey(latin)) {
            return LATIN_LOOKALIKES.get(latin);
        }
        return head.length() == 1 ? head : "\\mathit{" + escaped(head) + "}";
    }

    /**
     * Returns the score ∇ₓ log pₜ(x); each name in it is spelled separately: \nabla_{x_{1}} \log p_{t}(x_{1}, x_{2}).
     */
    private static String score(String name) {
        Matcher parts = SCORE_PARTS.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no score: " + name);
        }
        String states = Arrays.stream(parts.group(3).split(", "))
                .map(LatexNames::ofSpelled)
                .collect(Collectors.joining(", "));
        return "\\nabla_{" + ofSpelled(unlowered(parts.group(1))) + "} \\log p_{" + ofSpelled(unlowered(parts.group(2)))
                + "}(" + states + ")";
    }

    /** Converts a subscript back to plain text: ₓ → x, _x₁ → x₁. */
    private static String unlowered(String subscript) {
        return subscript.startsWith("_") ? subscript.substring(1) : raised(subscript);
    }

    /** Returns the LaTeX of a name in printed form: x₁, σ_min. */
    private static String ofSpelled(String name) {
        int digits = name.length();
        while (digits > 0 && isLoweredDigit(name.charAt(digits - 1))) {
            digits--;
        }
        String index = raised(name.substring(digits));
        return of(index.isEmpty() ? name : name.substring(0, digits) + "_" + index);
    }

    private static boolean isLoweredDigit(char c) {
        return c >= '₀' && c <= '₉';
    }

    private static String raised(String lowered) {
        StringBuilder out = new StringBuilder();
        for (char c : lowered.toCharArray()) {
            String letter = UnicodeNames.unlowered(c);
            out.append(letter == null ? c : letter.charAt(0));
        }
        return out.toString();
    }

    private static String escaped(String text) {
        return text.replace("_", "\\_");
    }
}
