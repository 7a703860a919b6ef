package org.sdescript.repl;

import org.sdescript.syntax.Parser;

/** Whether what is typed so far is an entry, or plainly goes on. */
final class Wholes {
    private Wholes() {}

    static boolean isWhole(String text) {
        String line = text.substring(text.stripTrailing().lastIndexOf('\n') + 1).strip();
        boolean documents = line.startsWith("##");
        return !documents && !Parser.isIncomplete(statement(text));
    }

    /** What of an entry is in the language: all of it, or what a command takes. */
    private static String statement(String text) {
        String command = text.strip();
        int blank = command.indexOf(' ');
        return !command.startsWith(":") ? text : blank < 0 ? "" : command.substring(blank);
    }

    /** Whether a line goes on with what seemed to be whole. */
    static boolean goesOn(String next) {
        return next.strip().matches("else\\b.*");
    }
}
