package org.sdescript.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.syntax.format.Formatter;

/** The last ten thousand statements that the session ran, as the source of an equivalent script. */
final class Journal {
    private static final String HEAD = "# a session at the prompt, as `:save` wrote it\n";

    /** More lines than a script written by hand; only programs enter more. */
    private static final int MOST = 10_000;

    /** True if there is no such file, or one that an earlier {@code :save} wrote. */
    static boolean mayReplace(Path file) {
        try {
            return Files.notExists(file)
                    || new String(Files.readAllBytes(file), StandardCharsets.UTF_8).startsWith(HEAD);
        } catch (IOException unreadable) {
            return Files.isDirectory(file);
        }
    }

    private final Deque<JournalEntry> entries = new ArrayDeque<>();
    private long dropped;

    /** Appends a statement. Calls of {@code help} are skipped. */
    void ran(Statement statement, Value value) {
        if (statement
                        instanceof
                        Statement.Evaluate(
                                Expression.Call(Expression.Name(String name, var at), var given, var span),
                                var place)
                && name.equals("help")) {
            return;
        }
        entries.add(JournalEntry.of(statement, value));
        if (entries.size() > MOST) {
            entries.remove();
            dropped++;
        }
    }

    void clear() {
        entries.clear();
        dropped = 0;
    }

    /** The number of statements in memory. */
    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Writes the script for a file in the given folder. */
    String script(Path folder) {
        String missing =
                dropped == 0 ? "" : "# without the first " + dropped + " statements, which are no longer kept\n";
        String text = HEAD + missing + "\n"
                + once(entries).stream()
                        .map(kept -> kept.textFrom(folder))
                        .map(entry -> entry.contains("\n") ? "\n" + entry + "\n" : entry)
                        .collect(Collectors.joining("\n"))
                + "\n";
        var formatted = Formatter.format(new Source("session.sde", text));
        return formatted.errors().isEmpty() ? formatted.text() : text;
    }

    /**
     * Removes repeated declarations, because a script may declare a name only once. If a statement in between reads the
     * name, the last declaration takes the first one's place, so that the statement uses the corrected version;
     * otherwise the last declaration stays in its own place.
     */
    private static List<JournalEntry> once(Collection<JournalEntry> entries) {
        List<JournalEntry> kept = new ArrayList<>();
        for (JournalEntry entry : entries) {
            Optional<Integer> earlier = entry.declared().flatMap(name -> position(name, kept));
            if (earlier.isEmpty()) {
                kept.add(entry);
                continue;
            }
            int at = earlier.get();
            String name = entry.declared().orElseThrow();
            boolean read = kept.subList(at + 1, kept.size()).stream()
                    .anyMatch(between -> between.reads().contains(name));
            kept.remove(at);
            kept.add(read ? at : kept.size(), entry);
        }
        return kept;
    }

    private static Optional<Integer> position(String name, List<JournalEntry> kept) {
        for (int at = 0; at < kept.size(); at++) {
            if (kept.get(at).declared().filter(name::equals).isPresent()) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
