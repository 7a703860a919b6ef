package org.sdescript.repl;

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

/** The statements that the session has run, of which a script is made that does the same: the last ten thousand. */
final class Journal {
    private static final String HEAD = "# a session at the prompt, as `:save` wrote it\n";

    /** As many as a script of a person has lines, and more; beyond it a program types. */
    private static final int MOST = 10_000;

    private final Deque<Kept> entries = new ArrayDeque<>();
    private long dropped;

    /** What only asks for help is not kept. */
    void ran(Statement statement, Value value) {
        if (statement
                        instanceof
                        Statement.Evaluate(
                                Expression.Call(Expression.Name(String name, var at), var given, var span),
                                var place)
                && name.equals("help")) {
            return;
        }
        entries.add(Kept.of(statement, value));
        if (entries.size() > MOST) {
            entries.remove();
            dropped++;
        }
    }

    void clear() {
        entries.clear();
        dropped = 0;
    }

    /** How many statements are in memory. */
    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The script, for a folder that it will lie in. */
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
     * A script declares a name once. The last declaration takes the place of the first one if anything in between reads
     * the name, which then means what was put right later; else it stays where it is.
     */
    private static List<Kept> once(Collection<Kept> entries) {
        List<Kept> kept = new ArrayList<>();
        for (Kept entry : entries) {
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

    private static Optional<Integer> position(String name, List<Kept> kept) {
        for (int at = 0; at < kept.size(); at++) {
            if (kept.get(at).declared().filter(name::equals).isPresent()) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
