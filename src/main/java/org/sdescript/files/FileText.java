package org.sdescript.files;

import org.sdescript.diagnostic.PrintableText;

/** Text from files, made safe for messages and tables: without control characters, and short enough for a line. */
public final class FileText {
    private static final int LONGEST = 60;

    private FileText() {}

    /** Returns the text with control characters replaced, cut off after 60 characters. */
    public static String shown(String text) {
        return shown(text, LONGEST);
    }

    public static String shown(String text, int longest) {
        boolean fits = text.codePointCount(0, text.length()) <= longest;
        return PrintableText.line(fits ? text : text.substring(0, text.offsetByCodePoints(0, longest)) + "…");
    }
}
