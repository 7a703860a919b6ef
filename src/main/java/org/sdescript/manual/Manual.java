package org.sdescript.manual;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Library;
import org.sdescript.runtime.Theme;

/** All entries, and the ways to find them. */
public final class Manual {
    private static final int RELATED = 6;

    private final List<Entry> entries;

    private Manual(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * The manual of the built-ins and the standard library.
     *
     * @param programs the files of the standard library by name without extension
     */
    public static Manual of(Collection<Library> libraries, Map<String, Program> programs) {
        List<Entry> all = new ArrayList<>();
        for (Library library : libraries) {
            for (Builtin builtin : library.builtins()) {
                all.add(Entry.of(builtin, library.theme()));
            }
        }
        programs.forEach((file, program) -> all.addAll(DeclaredEntries.of(program, Theme.ofFile(file))));
        all.addAll(Topics.of(Theme.VALUES));
        all.addAll(Topics.of(Theme.WORDS));
        return new Manual(all);
    }

    /** Adds a script's own declarations, before all other entries. */
    public Manual with(Program script) {
        return new Manual(Stream.concat(DeclaredEntries.of(script, Theme.SCRIPT).stream(), entries.stream())
                .toList());
    }

    public List<Entry> entries() {
        return entries;
    }

    List<Entry> of(Theme theme) {
        return entries.stream().filter(entry -> entry.theme() == theme).toList();
    }

    List<Theme> themes() {
        return Stream.of(Theme.values()).filter(theme -> !of(theme).isEmpty()).toList();
    }

    List<Entry> named(String name) {
        return entries.stream().filter(entry -> entry.names().contains(name)).toList();
    }

    Optional<String> nearest(String name) {
        return Spelling.nearest(
                name,
                Stream.concat(
                                entries.stream().flatMap(entry -> entry.names().stream()),
                                themes().stream().map(Theme::word))
                        .collect(Collectors.toSet()));
    }

    /** The entries whose text contains a word, ignoring case. */
    List<Entry> mentioning(String word) {
        return entries.stream().filter(entry -> entry.speaksOf(word)).toList();
    }

    /**
     * The names to read next: the names that an entry mentions, then its siblings of the same kind; if there are none,
     * the names used in its examples.
     */
    List<String> related(Entry entry) {
        List<String> related = Stream.concat(entry.mentions(), siblings(entry))
                .filter(name -> isOther(name, entry))
                .distinct()
                .limit(RELATED)
                .toList();
        return related.isEmpty()
                ? entry.uses()
                        .filter(name -> isOther(name, entry))
                        .distinct()
                        .limit(RELATED)
                        .toList()
                : related;
    }

    private Stream<String> siblings(Entry entry) {
        return entry.kind().isEmpty() || entry.kind().equals("fn") || entry.theme() == Theme.WORDS
                ? Stream.of()
                : of(entry.theme()).stream()
                        .filter(other -> other.kind().equals(entry.kind()))
                        .map(Entry::name);
    }

    /** True if a word names another entry and is not a common word of the language. */
    private boolean isOther(String word, Entry entry) {
        return !entry.names().contains(word)
                && !word.equals("print")
                && named(word).stream()
                        .anyMatch(other -> other.theme() != Theme.WORDS && other.theme() != Theme.VALUES);
    }
}
