package org.sdescript.jupyter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.source.Source;
import org.sdescript.workspace.EntryCompleteness;

/**
 * A part of a cell: statements, a line with a command such as {@code %time}, or a line such as {@code langevin?} that
 * asks for a page.
 *
 * @param text the statements; a command after a colon, as at the prompt; the name of a page
 * @param line the number of lines above the part
 */
record CellPart(Kind kind, String text, int line) {
    private static final Pattern WHOLE_CELL = Pattern.compile("(?s)\\s*%%([a-z].*)");
    private static final Pattern COMMAND = Pattern.compile("\\s*[%:]([a-z].*)");
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*)*";
    private static final Pattern PAGE =
            Pattern.compile("\\s*(?:\\?{1,2}\\s*(" + NAME + ")|(" + NAME + ")\\s*\\?{1,2})\\s*");
    private static final Pattern MANUAL =
            Pattern.compile("\\s*(?:help|explain|describe)(?:\\s+\"?[:%\\p{L}_][^\\s()=]*)?\\s*");

    enum Kind {
        STATEMENTS,
        COMMAND,
        PAGE
    }

    /** The parts of a cell. A command after {@code %%} takes the whole cell. */
    static List<CellPart> of(String cell) {
        Matcher whole = WHOLE_CELL.matcher(cell);
        if (whole.matches()) {
            int above = new Source("", cell.substring(0, whole.start(1))).lineCount() - 1;
            return List.of(new CellPart(Kind.COMMAND, ":" + whole.group(1), above));
        }
        Parts parts = new Parts();
        List<String> lines = cell.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            parts.add(lines.get(at), at);
        }
        parts.end();
        return parts.all;
    }

    /** True if the line is a command. */
    static boolean isCommand(String line) {
        return COMMAND.matcher(line).matches() || WHOLE_CELL.matcher(line).matches();
    }

    /** The command of a line as the prompt writes it. */
    static String command(String line) {
        return ":" + line.stripLeading().replaceFirst("^(?:%%|[%:])", "");
    }

    private static final class Parts {
        private final List<CellPart> all = new ArrayList<>();
        private final StringBuilder open = new StringBuilder();
        private Kind kind = Kind.STATEMENTS;
        private int from;

        private void add(String line, int at) {
            Matcher page = PAGE.matcher(line);
            boolean isPage = page.matches();
            boolean isOwn = isPage
                    || COMMAND.matcher(line).matches()
                    || MANUAL.matcher(line).matches();
            if (kind == Kind.STATEMENTS && isOwn && (open.isEmpty() || EntryCompleteness.isWhole(open.toString()))) {
                end();
                if (isPage) {
                    String name = page.group(1) != null ? page.group(1) : page.group(2);
                    all.add(new CellPart(Kind.PAGE, name, at));
                    return;
                }
                from = at;
                kind = Kind.COMMAND;
                open.append(isCommand(line) ? command(line) : line).append('\n');
            } else {
                from = open.isEmpty() ? at : from;
                open.append(line).append('\n');
            }
            if (kind == Kind.COMMAND && EntryCompleteness.isWhole(open.toString())) {
                end();
            }
        }

        private void end() {
            if (!open.toString().isBlank()) {
                all.add(new CellPart(kind, open.toString(), from));
            }
            open.setLength(0);
            kind = Kind.STATEMENTS;
        }
    }
}
