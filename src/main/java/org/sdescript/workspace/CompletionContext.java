package org.sdescript.workspace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sdescript.syntax.EditorToken;

/**
 * The syntactic place of the cursor, from the tokens before it; {@code prefix} is the part of the word already typed.
 */
public sealed interface CompletionContext {
    String prefix();

    /** A command, colon included. */
    record OfCommand(String prefix) implements CompletionContext {}

    /** A word from a fixed list that a command takes. */
    record OfChoice(Command command, String prefix) implements CompletionContext {}

    record OfFile(String prefix) implements CompletionContext {}

    /** A field of the value that a path of names leads to. */
    record OfField(List<String> owner, String prefix) implements CompletionContext {}

    /** @param given the names of arguments already present */
    record OfArgument(List<String> callee, Set<String> given, String prefix) implements CompletionContext {}

    /** The value of a named parameter. */
    record OfParameter(List<String> callee, String parameter, String prefix) implements CompletionContext {}

    /** The inside of a string that is the value of a named parameter. */
    record OfText(List<String> callee, String parameter, String prefix) implements CompletionContext {}

    record OfName(String prefix) implements CompletionContext {}

    static CompletionContext of(String before) {
        String command = before.stripLeading();
        if (!command.startsWith(":")) {
            return inLanguage(before);
        }
        String[] parts = command.substring(1).split("\\s+", 2);
        if (parts.length < 2) {
            return new OfCommand(command);
        }
        return Command.of(parts[0]).map(known -> of(known, parts[1])).orElseGet(() -> inLanguage(parts[1]));
    }

    /**
     * The place of the cursor in a file, where only the statement of the cursor counts: a bracket that an earlier line
     * left open is that line's mistake.
     *
     * @param before the text of the file up to the cursor
     */
    public static CompletionContext inScript(String before) {
        return inLanguage(before.substring(statementStart(before)));
    }

    /** True if a text ends inside a comment. */
    static boolean isInComment(String before) {
        List<EditorToken> words = EditorToken.of(before.substring(lineStart(before, before.length())));
        return !words.isEmpty() && words.getLast().role() == EditorToken.Role.COMMENT;
    }

    /**
     * The offset at which the statement at the end of a text begins. Reads only the lines of the statement, since
     * completion asks after each key; no token reaches over the end of a line.
     */
    static int statementStart(String before) {
        int start = lineStart(before, before.length());
        while (start > 0) {
            int above = lineStart(before, start - 1);
            if (endsStatement(before.substring(above, start))) {
                break;
            }
            start = above;
        }
        return start;
    }

    /** The offset behind the last end of a line before another offset. */
    private static int lineStart(String text, int offset) {
        int start = offset;
        while (start > 0 && "\r\n".indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        return start;
    }

    /** True if the line below belongs to another statement. */
    private static boolean endsStatement(String line) {
        return EditorToken.of(line).stream()
                .filter(word -> word.role() != EditorToken.Role.NEWLINE && word.role() != EditorToken.Role.COMMENT)
                .reduce((earlier, last) -> last)
                .filter(last -> !continues(last))
                .isPresent();
    }

    /** True if the line after this token belongs to the same statement. */
    private static boolean continues(EditorToken last) {
        return switch (last.role()) {
            case SIGN, OPENING -> !last.text().equals("{");
            case KEYWORD, NAME, NUMBER, TEXT, OPEN_TEXT, CLOSING, UNKNOWN, NEWLINE, COMMENT -> false;
        };
    }

    private static CompletionContext of(Command command, String rest) {
        return switch (command) {
            case LOAD, SAVE -> new OfFile(rest);
            case HELP, RESET, NAMES, QUIT -> new OfChoice(command, rest);
            case TIME, TYPE -> inLanguage(rest);
            case DUMP, SET -> {
                String[] parts = rest.split("\\s+", 2);
                yield parts.length < 2 ? new OfChoice(command, rest) : inLanguage(parts[1]);
            }
        };
    }

    private static CompletionContext inLanguage(String before) {
        List<EditorToken> words = new ArrayList<>(EditorToken.of(before));
        words.removeIf(word -> word.role() == EditorToken.Role.NEWLINE);
        EditorToken last = words.isEmpty() ? null : words.getLast();
        if (last != null && last.role() == EditorToken.Role.OPEN_TEXT) {
            words.removeLast();
            String typed = last.text().substring(1);
            return !words.isEmpty() && inCall(words, "") instanceof OfParameter(var callee, String parameter, var none)
                    ? new OfText(callee, parameter, typed)
                    : new OfFile(typed);
        }
        String prefix = "";
        if (last != null && isNameLike(last) && last.end() == before.length()) {
            prefix = last.text();
            words.removeLast();
        }
        if (!words.isEmpty() && words.getLast().text().equals(".")) {
            return new OfField(path(words, words.size() - 2), prefix);
        }
        return inCall(words, prefix);
    }

    private static boolean isNameLike(EditorToken word) {
        return word.role() == EditorToken.Role.NAME || word.role() == EditorToken.Role.KEYWORD;
    }

    /** The names joined by points that end at the token {@code end}. */
    static List<String> path(List<EditorToken> words, int end) {
        List<String> path = new ArrayList<>();
        for (int at = end; at >= 0 && isNameLike(words.get(at)); at -= 2) {
            path.addFirst(words.get(at).text());
            if (at == 0 || !words.get(at - 1).text().equals(".")) {
                break;
            }
        }
        return path;
    }

    private static CompletionContext inCall(List<EditorToken> words, String prefix) {
        int depth = 0;
        Set<String> given = new HashSet<>();
        int open = words.size() - 1;
        for (; open >= 0; open--) {
            EditorToken word = words.get(open);
            depth += word.role() == EditorToken.Role.CLOSING ? 1 : 0;
            if (word.role() == EditorToken.Role.OPENING && --depth < 0) {
                break;
            }
            if (depth == 0 && open > 0 && word.text().equals("=") && isNameLike(words.get(open - 1))) {
                given.add(words.get(open - 1).text());
            }
        }
        List<String> callee = open > 0 && words.get(open).text().equals("(") ? path(words, open - 1) : List.of();
        if (callee.isEmpty()) {
            return new OfName(prefix);
        }
        String before = words.getLast().text();
        if (before.equals("=") && words.size() > 1) {
            return new OfParameter(callee, words.get(words.size() - 2).text(), prefix);
        }
        boolean starts = before.equals("(") || before.equals(",") || before.equals(";");
        return starts ? new OfArgument(callee, given, prefix) : new OfName(prefix);
    }
}
