package org.sdescript.data;

/** How far apart two names are, for suggesting the one that was meant. */
final class Spelling {
    private Spelling() {}

    /** Whether one may be a slip of the other: a third of its letters wrong, or only their case. */
    static boolean isNear(String written, String meant) {
        return distance(written, meant) <= Math.max(1, meant.length() / 3);
    }

    /** Levenshtein's distance, blind to case. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int replaced = above[j - 1] + (same ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
