package org.sdescript.repl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.runtime.Value;
import org.sdescript.source.Source;
import org.sdescript.syntax.format.Formatter;

/** What was run in the session so far, from which a script is made that does the same. */
final class Journal {
    private static final String HEAD = "# a session at the prompt, as `:save` wrote it\n\n";

    private final List<Kept> entries = new ArrayList<>();

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
    }

    void clear() {
        entries.clear();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The script, for a folder that it will lie in. */
    String script(Path folder) {
        String text = HEAD
                + once(entries).stream()
                        .map(kept -> kept.from(folder).text())
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
    private static List<Kept> once(List<Kept> entries) {
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
