package org.sdescript.workspace;

import org.sdescript.syntax.Parser;

/** Decides if the text typed so far is a complete entry. */
public final class EntryCompleteness {
    private EntryCompleteness() {}

    public static boolean isWhole(String text) {
        String line = text.substring(text.stripTrailing().lastIndexOf('\n') + 1).strip();
        boolean documents = line.startsWith("##");
        return !documents && !Parser.isIncomplete(statement(text));
    }

    /** True if only a line with a closing bracket can complete the entry. */
    public static boolean isOpen(String text) {
        return Parser.isOpen(statement(text));
    }

    /** The part of an entry that is in the language: the whole entry, or a command's argument. */
    private static String statement(String text) {
        String command = text.strip();
        int blank = command.indexOf(' ');
        return !command.startsWith(":") ? text : blank < 0 ? "" : command.substring(blank);
    }

    /** True if a line continues a statement that seemed complete. */
    public static boolean goesOn(String next) {
        return next.strip().matches("(else|catch)\\b.*");
    }
}
