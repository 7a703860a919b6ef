package org.sdescript.algebra;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How names are spelled in LaTeX: beta → \beta, sigma_min → \sigma_{\mathrm{min}}, x_1 → x_{1}, rate → \mathit{rate}. */
public final class LatexNames {
    /** Greek letters that TeX has no macro for, because Latin letters look the same. */
    private static final Map<String, String> LATIN_LOOKALIKES = Map.of("omicron", "o");

    private static final Set<String> LETTERS = Set.of(
            "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
            "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta",
            "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");

    private static final Pattern PARTS = Pattern.compile("([^_0-9]+)_?(.*)");
    private static final Pattern ELEMENT = Pattern.compile("(.+)\\[(.+)]");
    private static final Pattern LONG_SUBSCRIPT = Pattern.compile("_([A-Za-z][A-Za-z0-9]+)");
    private static final String SCORE = "∇";

    private LatexNames() {}

    public static String of(String name) {
        return differentiated(name, 0);
    }

    /** With a dot or two over the letter, or an order behind it. */
    static String differentiated(String name, int order) {
        if (name.startsWith(SCORE)) {
            return score(name);
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
        String latin = Names.latin(head);
        if (LETTERS.contains(latin)) {
            return "\\" + latin;
        }
        if (LATIN_LOOKALIKES.containsKey(latin)) {
            return LATIN_LOOKALIKES.get(latin);
        }
        return head.length() == 1 ? head : "\\mathit{" + escaped(head) + "}";
    }

    /** ∇ₓ log pₜ(x), whose subscripts and states are those of its name. */
    private static String score(String name) {
        StringBuilder out = new StringBuilder("\\nabla");
        for (char c : name.substring(1).toCharArray()) {
            String raised = Names.unlowered(c);
            out.append(raised == null ? greek(c) : "_{" + greek(raised.charAt(0)) + "}");
        }
        String joined = out.toString();
        joined = LONG_SUBSCRIPT.matcher(joined).replaceAll("_{\\\\mathit{$1}}");
        return joined.replace("}_{", "").replace(" log ", " \\log ").replace("_{}", "");
    }

    private static String greek(char letter) {
        String latin = Names.latin(String.valueOf(letter));
        return LETTERS.contains(latin) ? "\\" + latin + " " : String.valueOf(letter);
    }

    private static String escaped(String text) {
        return text.replace("_", "\\_");
    }
}
