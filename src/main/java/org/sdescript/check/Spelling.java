package org.sdescript.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The known name that an unknown one was probably meant to be. */
public final class Spelling {
    private static final Map<String, String> ELSEWHERE =
            Map.of("True", "true", "False", "false", "None", "none", "null", "none", "nil", "none");

    private Spelling() {}

    public static Optional<String> nearest(String name, Collection<String> known) {
        if (ELSEWHERE.containsKey(name)) {
            return Optional.of(ELSEWHERE.get(name));
        }
        int tolerated = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= tolerated)
                .filter(candidate -> candidate.length() > 1 || candidate.equalsIgnoreCase(name))
                .filter(candidate -> distance(name, candidate) <= tolerated)
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Damerau and Levenshtein's distance with adjacent transpositions (optimal string alignment); a difference of case
     * alone costs nothing more than being second to an exact match.
     */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
