package org.sdescript;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compares a printed text with the expected one: words and layout exactly, each number within a bound that follows from
 * its digits. Processors sum in different orders, so the last digits of a float32 differ between machines.
 *
 * <ul>
 *   <li>Whole numbers, inf, nan and numbers of one or two digits: the same text.
 *   <li>3 to 5 digits: one unit of the last printed digit, since a value near the border may round to either side.
 *   <li>6 to 9 digits, as a float32 prints: 2⁻²⁰ of the scale and a unit of the last digit. A sum of k terms in another
 *       order changes by at most k·2⁻²⁴ of its largest terms; the printed kernels sum at most 16 of them one after the
 *       other (a vector register), the registers pairwise. The scale is the largest magnitude of the printed tensor.
 *   <li>10 digits and more, as a double prints: 1e-12 of the scale. {@code Math.exp} may differ by one unit in the last
 *       place, 2.2e-16, from JVM to JVM; quadrature and series add up to some thousand such terms.
 *   <li>In a line with a formula: 1e-12 for any number of digits, since formulas contain no float32.
 *   <li>Digits cut off by … : one unit of the last digit.
 * </ul>
 *
 * If a number is shorter or longer than the expected one, blanks beside numbers, and gaps of two blanks and more, may
 * be wider or narrower.
 */
public final class Print {
    private static final double FLOAT = 0x1p-20;
    private static final double DOUBLE = 1e-12;

    private static final Pattern TOKEN = Pattern.compile(
            "(?<number>(?<![\\p{L}\\p{N}_.)\\]])-?(?<![\\p{L}\\p{N}_.])\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?…?(?![\\p{L}\\p{N}_]))"
                    + "|(?<blank> +)|(?<tensor>\\btensor\\()|[\\p{L}\\p{N}_]+|(?<newline>\n)|.");
    private static final Pattern FORMULA = Pattern.compile(
            "[−·√∫∇Σ∈∝σβαλθμΦ²³⁴ᵗ½¼⅛⅓]|~ N\\(|\\bd[a-z] = |\\bd[twxv]\\b|\\\\frac|\\\\sqrt|\\\\mathcal|\\be\\^");

    private Print() {}

    /** A piece of a line; a number has the largest magnitude of its tensor as scale. */
    private record Token(String text, Kind kind, double scale) {
        double value() {
            return Double.parseDouble(text.replace("…", ""));
        }

        boolean isNumber() {
            return kind == Kind.NUMBER;
        }

        boolean isWhole() {
            return isNumber() && text.matches("-?\\d+");
        }

        int digits() {
            String mantissa = text.replace("…", "").replaceFirst("[eE].*", "");
            String digits = mantissa.replace("-", "").replace(".", "").replaceFirst("^0+", "");
            return digits.length();
        }

        /** One unit of the last digit. */
        double unit() {
            String plain = text.replace("…", "");
            int e = Math.max(plain.indexOf('e'), plain.indexOf('E'));
            int exponent = e < 0 ? 0 : Integer.parseInt(plain.substring(e + 1));
            String mantissa = e < 0 ? plain : plain.substring(0, e);
            int point = mantissa.indexOf('.');
            int decimals = point < 0 ? 0 : mantissa.length() - point - 1;
            return Math.pow(10, exponent - decimals);
        }
    }

    private enum Kind {
        NUMBER,
        BLANK,
        WORD
    }

    /** Throws an error for the first line that does not agree. */
    public static void compare(String actual, String expected) {
        List<List<Token>> were = lines(expected);
        List<List<Token>> are = lines(actual);
        boolean resized = resized(were, are);
        for (int i = 0; i < Math.max(were.size(), are.size()); i++) {
            if (i >= were.size() || i >= are.size() || !agree(were.get(i), are.get(i), resized)) {
                throw new AssertionError("line " + (i + 1) + " of the text\n  written down: "
                        + (i < were.size() ? text(were.get(i)) : "nothing") + "\n  printed:      "
                        + (i < are.size() ? text(are.get(i)) : "nothing")
                        + "\n-Dsde.accept=true writes it anew. All that was printed:\n" + actual);
            }
        }
    }

    public static boolean agree(String actual, String expected) {
        List<List<Token>> were = lines(expected);
        List<List<Token>> are = lines(actual);
        boolean resized = resized(were, are);
        boolean same = were.size() == are.size();
        for (int i = 0; same && i < were.size(); i++) {
            same = agree(were.get(i), are.get(i), resized);
        }
        return same;
    }

    /**
     * True if an example states the printed line: numbers of six digits and more may be cut, 1.4142136 for
     * 1.4142135623730951, and agree to a unit of the last digit shown.
     */
    public static boolean shows(String said, String printed) {
        List<Token> were = lines(said).getFirst();
        List<Token> are = new ArrayList<>(lines(printed).getFirst());
        for (int i = 0; i < Math.min(were.size(), are.size()); i++) {
            Token was = were.get(i);
            Token is = are.get(i);
            boolean cut = was.isNumber() && is.isNumber() && was.digits() >= 6 && is.digits() > was.digits();
            if (cut && Math.abs(was.value() - is.value()) <= rounded(was.unit())) {
                are.set(i, was);
            }
        }
        return agree(text(are), said);
    }

    /** The new expected text: lines that agree stay unchanged, so that a diff shows only real changes. */
    public static String accepted(String actual, String expected) {
        if (agree(actual, expected)) {
            return expected;
        }
        List<List<Token>> were = lines(expected);
        List<List<Token>> are = lines(actual);
        int[][] longest = longestCommon(were, are);
        List<String> merged = new ArrayList<>();
        int i = 0;
        for (int j = 0; j < are.size(); j++) {
            while (i < were.size() && longest[i][j] == longest[i + 1][j] && !agree(were.get(i), are.get(j), false)) {
                i++;
            }
            boolean kept = i < were.size()
                    && agree(were.get(i), are.get(j), false)
                    && longest[i][j] == longest[i + 1][j + 1] + 1;
            merged.add(text(kept ? were.get(i++) : are.get(j)));
        }
        return String.join("\n", merged);
    }

    /** The lengths of the longest common subsequences of agreeing lines, from each pair of lines to the ends. */
    private static int[][] longestCommon(List<List<Token>> were, List<List<Token>> are) {
        int[][] longest = new int[were.size() + 1][are.size() + 1];
        for (int i = were.size() - 1; i >= 0; i--) {
            for (int j = are.size() - 1; j >= 0; j--) {
                longest[i][j] = agree(were.get(i), are.get(j), false)
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        return longest;
    }

    private static boolean agree(List<Token> were, List<Token> are, boolean resized) {
        if (text(were).equals(text(are))) {
            return true;
        }
        boolean formula = FORMULA.matcher(text(were)).find();
        boolean shifted = !numbers(were).equals(numbers(are));
        if (were.size() != are.size()) {
            return false;
        }
        for (int i = 0; i < were.size(); i++) {
            Token was = were.get(i);
            Token is = are.get(i);
            boolean same = was.text().equals(is.text())
                    || was.isNumber() && is.isNumber() && isWithin(bound(was, is, formula), was, is)
                    || was.kind() == Kind.BLANK
                            && is.kind() == Kind.BLANK
                            && (shifted && besideNumber(were, i)
                                    || resized
                                            && i > 0
                                            && was.text().length() > 1
                                            && is.text().length() > 1);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** True for a different value within the bound. The same value in another form, 0.10 for 0.1, is another text. */
    private static boolean isWithin(double bound, Token was, Token is) {
        double difference = Math.abs(was.value() - is.value());
        return difference != 0 && difference <= bound;
    }

    /** The bound for a difference; negative if only the same text agrees. */
    private static double bound(Token was, Token is, boolean formula) {
        int digits = Math.max(was.digits(), is.digits());
        double scale = Math.max(was.scale(), is.scale());
        double unit = Math.min(was.unit(), is.unit());
        if (was.text().endsWith("…") != is.text().endsWith("…") || was.isWhole() && is.isWhole() || digits < 3) {
            return -1;
        }
        if (was.text().endsWith("…")) {
            return rounded(unit);
        }
        if (formula || digits >= 10) {
            return DOUBLE * scale;
        }
        return digits < 6 ? rounded(unit) : FLOAT * scale + rounded(unit);
    }

    /** A unit, with the rounding of a difference of two decimals. */
    private static double rounded(double unit) {
        return unit * (1 + 1e-6);
    }

    private static boolean besideNumber(List<Token> line, int blank) {
        return blank > 0 && line.get(blank - 1).isNumber()
                || blank + 1 < line.size() && line.get(blank + 1).isNumber();
    }

    private static boolean resized(List<List<Token>> were, List<List<Token>> are) {
        for (int i = 0; i < Math.min(were.size(), are.size()); i++) {
            List<Integer> one =
                    numbers(were.get(i)).stream().map(String::length).toList();
            List<Integer> other =
                    numbers(are.get(i)).stream().map(String::length).toList();
            if (one.size() == other.size() && !one.equals(other)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> numbers(List<Token> line) {
        return line.stream().filter(Token::isNumber).map(Token::text).toList();
    }

    private static String text(List<Token> line) {
        StringBuilder text = new StringBuilder();
        line.forEach(token -> text.append(token.text()));
        return text.toString();
    }

    private static List<List<Token>> lines(String text) {
        List<MatchResult> found = TOKEN.matcher(text).results().toList();
        double[] scales = scales(found);
        List<List<Token>> lines = new ArrayList<>();
        lines.add(new ArrayList<>());
        for (int i = 0; i < found.size(); i++) {
            String piece = found.get(i).group();
            if (piece.equals("\n")) {
                lines.add(new ArrayList<>());
            } else {
                Kind kind =
                        found.get(i).group("number") != null ? Kind.NUMBER : piece.isBlank() ? Kind.BLANK : Kind.WORD;
                lines.getLast().add(new Token(piece, kind, scales[i]));
            }
        }
        return lines;
    }

    /** The scale of each number: its own magnitude or, within the parentheses of a tensor, the largest there. */
    private static double[] scales(List<MatchResult> found) {
        double[] scales = new double[found.size()];
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).group("number") != null) {
                scales[i] = magnitude(found.get(i).group());
            }
        }
        for (int from = 0; from < found.size(); from++) {
            if (found.get(from).group("tensor") != null) {
                int to = from + 1;
                double largest = 0;
                while (to < found.size() && !found.get(to).group().equals(")")) {
                    largest = Math.max(largest, scales[to++]);
                }
                for (int i = from; i < to; i++) {
                    scales[i] = found.get(i).group("number") == null ? 0 : largest;
                }
            }
        }
        return scales;
    }

    private static double magnitude(String number) {
        return Math.abs(Double.parseDouble(number.replace("…", "")));
    }
}
