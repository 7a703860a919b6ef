package org.sdescript.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class Spelling {
    private static final int SHORT = 3;
    private static final int LONG = 8;
    private static final int VERY_LONG = 12;

    private Spelling() {}

    /**
     * The closest of {@code names} within a typing error: letters in another case or exchanged, one wrong letter in a
     * name of five letters, two in one of eight, three in one of twelve. Names that only look alike mean something
     * else, so the first letter and the digits must be equal, and shorter names may lack a letter or have one too many,
     * but none may differ: {@code mod} is not {@code mmd}, {@code asin} not {@code sin}, {@code log10} not
     * {@code log1p}.
     */
    public static Optional<String> nearest(String word, Collection<String> names) {
        return names.stream()
                .filter(name -> isClose(word, name))
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(name -> !name.equalsIgnoreCase(word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * The closest of a few names that are all there are, such as commands or the variables of one function: there one wrong
     * letter in a word of four, or of a longer one, is enough, and so is one of the words of a single name: {@code rate} of
     * {@code learning_rate}.
     */
    public static Optional<String> nearestOfFew(String word, Collection<String> names) {
        return nearest(word, names)
                .or(() -> names.stream()
                        .filter(name -> Math.min(word.length(), name.length()) > SHORT && distance(word, name) == 1)
                        .min(Comparator.naturalOrder()))
                .or(() -> onlyWith(word, names));
    }

    private static Optional<String> onlyWith(String word, Collection<String> names) {
        List<String> with = names.stream()
                .filter(name ->
                        word.length() > SHORT && List.of(name.split("[_-]")).contains(word))
                .toList();
        return with.size() == 1 ? Optional.of(with.getFirst()) : Optional.empty();
    }

    private static boolean isClose(String word, String name) {
        if (name.equalsIgnoreCase(word)) {
            return true;
        }
        String a = word.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        if (a.isEmpty() || b.isEmpty() || !digits(a).equals(digits(b))) {
            return false;
        }
        int distance = distance(a, b);
        if (distance == 1 && isExchange(a, b)) {
            return true;
        }
        int length = Math.min(a.length(), b.length());
        if (a.charAt(0) != b.charAt(0) || length < SHORT) {
            return false;
        }
        if (length == SHORT && a.length() > b.length()) {
            return a.replaceAll("(.)\\1", "$1").equals(b);
        }
        return length <= SHORT + 1
                ? distance == 1 && a.length() != b.length()
                : distance <= (length < LONG ? 1 : length < VERY_LONG ? 2 : 3);
    }

    /** True if the words differ by two neighbouring letters exchanged. */
    private static boolean isExchange(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        int i = 0;
        while (i < a.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i + 1 < a.length()
                && a.charAt(i) == b.charAt(i + 1)
                && a.charAt(i + 1) == b.charAt(i)
                && a.substring(i + 2).equals(b.substring(i + 2));
    }

    private static String digits(String word) {
        return word.replaceAll("[^0-9]", "");
    }

    /** The Damerau-Levenshtein distance (optimal string alignment), ignoring case. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
