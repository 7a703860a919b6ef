package org.sdescript.files;

import org.sdescript.diagnostic.Visible;

/** Text that a file holds, as messages and tables show it: nothing that a terminal obeys, and not more than fits a line. */
public final class FileText {
    private static final int LONGEST = 60;

    private FileText() {}

    /** The text with its control characters replaced, cut off after 60 characters. */
    public static String shown(String text) {
        return shown(text, LONGEST);
    }

    public static String shown(String text, int longest) {
        boolean fits = text.codePointCount(0, text.length()) <= longest;
        return Visible.line(fits ? text : text.substring(0, text.offsetByCodePoints(0, longest)) + "…");
    }
}
