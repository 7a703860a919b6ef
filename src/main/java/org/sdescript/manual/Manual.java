package org.sdescript.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.Program;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.runtime.Chapter;

/** All entries, and the ways to find them. */
public final class Manual {
    private static final int RELATED = 6;

    private final List<ManualEntry> entries;

    private Manual(List<ManualEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * The manual of the built-ins and the standard library.
     *
     * @param programs the files of the standard library by name without extension
     */
    public static Manual of(Map<String, Program> programs) {
        List<ManualEntry> all = new ArrayList<>();
        programs.forEach((file, program) -> all.addAll(DeclaredEntries.of(program, Chapter.ofFile(file))));
        all.addAll(KeywordEntries.of(Chapter.VALUES));
        all.addAll(KeywordEntries.of(Chapter.WORDS));
        return new Manual(all);
    }

    /** Adds a script's own declarations, before all other entries. */
    public Manual with(Program script) {
        return new Manual(Stream.concat(DeclaredEntries.of(script, Chapter.SCRIPT).stream(), entries.stream())
                .toList());
    }

    public List<ManualEntry> entries() {
        return entries;
    }

    List<ManualEntry> of(Chapter theme) {
        return entries.stream().filter(entry -> entry.theme() == theme).toList();
    }

    List<Chapter> themes() {
        return Stream.of(Chapter.values()).filter(theme -> !of(theme).isEmpty()).toList();
    }

    /** The page of a name in Markdown, the script's own before that of the library; empty without an entry. */
    public Optional<String> page(String name) {
        List<ManualEntry> all = named(name);
        List<ManualEntry> own =
                all.stream().filter(entry -> entry.theme() == Chapter.SCRIPT).toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of((own.isEmpty() ? all : own)
                        .stream()
                                .map(entry -> entry.markdown(related(entry)).strip())
                                .collect(Collectors.joining("\n\n---\n\n")));
    }

    /** The fields of the values of a kind, {@code process}; empty for a kind whose fields have no entry. */
    public List<FieldEntry> fields(String kind) {
        return named(kind).stream()
                .filter(entry -> entry.theme() == Chapter.VALUES)
                .flatMap(entry -> FieldEntry.of(entry).stream())
                .toList();
    }

    /** The entries of a name, the script's own before those of the library. */
    public List<ManualEntry> named(String name) {
        return entries.stream().filter(entry -> entry.names().contains(name)).toList();
    }

    Optional<String> nearest(String name) {
        return Spelling.nearest(
                name,
                Stream.concat(
                                entries.stream().flatMap(entry -> entry.names().stream()),
                                themes().stream().map(Chapter::word))
                        .collect(Collectors.toSet()));
    }

    /** The entries whose text contains a word, ignoring case. */
    List<ManualEntry> mentioning(String word) {
        return entries.stream().filter(entry -> entry.speaksOf(word)).toList();
    }

    /** The names to read next: other entries that an entry mentions. */
    List<String> related(ManualEntry entry) {
        return entry.mentions()
                .filter(name -> isOther(name, entry))
                .distinct()
                .limit(RELATED)
                .toList();
    }

    /** True if a word names another entry and is not a common word of the language. */
    private boolean isOther(String word, ManualEntry entry) {
        return !entry.names().contains(word)
                && named(word).stream()
                        .anyMatch(other -> other.theme() != Chapter.WORDS && other.theme() != Chapter.VALUES);
    }
}
