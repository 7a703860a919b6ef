package org.sdescript.process.explain;

import java.text.Normalizer;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.algebra.LatexNames;
import org.sdescript.algebra.MathMl;

/** A sentence of a derivation. Formulas stand between backticks, so that LaTeX and HTML set them as formulas. */
final class StepText {
    private static final Pattern SIGNS = Pattern.compile("`([^`]*)`");
    private static final Pattern LONG_SUBSCRIPT = Pattern.compile("_([A-Za-z]{2,})");
    private static final char DOT = '\u0307';
    private static final int LAST_OF_LATIN_1 = 0xff;

    private static final Map<Character, String> ESCAPED = Map.ofEntries(
            Map.entry('&', "\\&"),
            Map.entry('%', "\\%"),
            Map.entry('#', "\\#"),
            Map.entry('_', "\\_"),
            Map.entry('$', "\\$"),
            Map.entry('{', "\\{"),
            Map.entry('}', "\\}"),
            Map.entry('^', "\\^{}"),
            Map.entry('~', "\\~{}"),
            Map.entry('\\', "\\textbackslash{}"),
            Map.entry('§', "\\S\\,"));

    private static final Map<Character, String> SIGN = Map.of(
            '′', "'",
            '²', "^{2}",
            '−', "-",
            '∘', "\\circ ",
            '→', "\\to ",
            '∞', "\\infty ",
            '∈', "\\in ");

    private StepText() {}

    /** Returns the sentence for the terminal. */
    static String text(String marked) {
        return marked.replace("`", "");
    }

    /** Returns the sentence for LaTeX, outside math mode. */
    static String latex(String marked) {
        return joined(marked, StepText::words, signs -> "$" + signs(signs) + "$");
    }

    /** Returns the sentence as the content of an element of HTML. */
    static String html(String marked) {
        return joined(marked, MathMl::escaped, signs -> MathMl.inline(signs(signs)));
    }

    private static String joined(String marked, UnaryOperator<String> words, UnaryOperator<String> formula) {
        StringBuilder out = new StringBuilder();
        Matcher signs = SIGNS.matcher(marked);
        int from = 0;
        while (signs.find()) {
            out.append(words.apply(marked.substring(from, signs.start()))).append(formula.apply(signs.group(1)));
            from = signs.end();
        }
        return out.append(words.apply(marked.substring(from))).toString();
    }

    private static String words(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            boolean plain = c <= LAST_OF_LATIN_1 && !SIGN.containsKey(c);
            out.append(ESCAPED.containsKey(c) ? ESCAPED.get(c) : plain ? c : "$" + sign(c) + "$");
        }
        return out.toString();
    }

    private static String signs(String text) {
        String letters = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            boolean dotted = i + 1 < letters.length() && letters.charAt(i + 1) == DOT;
            String sign = sign(letters.charAt(i));
            out.append(dotted ? "\\dot{" + sign.strip() + "}" : sign);
            i += dotted ? 1 : 0;
        }
        return LONG_SUBSCRIPT.matcher(out).replaceAll("_{\\\\mathrm{$1}}").replace("log ", "\\log ");
    }

    /** Returns a character in math mode. */
    private static String sign(char c) {
        return SIGN.getOrDefault(c, c < 0x80 ? String.valueOf(c) : LatexNames.of(String.valueOf(c)) + " ");
    }
}
