package org.sdescript.manual;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.runtime.Chapter;

/** The texts of {@code help}, for a terminal. */
public final class Help {
    private static final String CONTENTS = """
            `help NAME` explains a name, `help THEME` lists the names of a theme with a line for each.
            """;

    private final Manual manual;

    public Help(Manual manual) {
        this.manual = manual;
    }

    /** All names by theme. */
    public String contents() {
        StringBuilder all = new StringBuilder(CONTENTS);
        for (Chapter theme : manual.themes()) {
            all.append("\n## ")
                    .append(theme.title())
                    .append(" (")
                    .append(theme.word())
                    .append(")\n\n");
            all.append(manual.of(theme).stream()
                            .map(ManualEntry::name)
                            .distinct()
                            .collect(Collectors.joining(", ")))
                    .append("\n");
        }
        return TerminalText.of(all.toString());
    }

    /** The page of a name or a theme; empty if unknown. */
    public Optional<String> about(String name) {
        List<ManualEntry> named = manual.named(name);
        if (!named.isEmpty()) {
            return Optional.of(named.stream().map(this::page).collect(Collectors.joining("\n\n")));
        }
        return Chapter.of(name).filter(theme -> !manual.of(theme).isEmpty()).map(this::theme);
    }

    /** The page of an entry, which need not be in this manual. */
    String page(ManualEntry entry) {
        return TerminalText.of(entry.markdown(manual.related(entry)));
    }

    /** The entries of a theme, one per line. */
    public String theme(Chapter theme) {
        List<ManualEntry> entries = manual.of(theme);
        int width =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        return theme.title() + "\n\n"
                + entries.stream()
                        .map(entry -> TerminalText.hanging(
                                        "  " + entry.name()
                                                + " "
                                                        .repeat(width
                                                                - entry.name().length()
                                                                + 2),
                                        entry.summary())
                                .stripTrailing())
                        .collect(Collectors.joining("\n"));
    }

    /** The error for an unknown name. */
    public String unknown(String name) {
        String nothing = "nothing here is called `" + name + "`";
        Optional<String> foreign = ForeignNames.name(name);
        if (foreign.isPresent()) {
            return nothing + "; " + foreign.get();
        }
        Optional<String> close = manual.nearest(name);
        List<ManualEntry> mentioning = manual.mentioning(name);
        if (close.isPresent()) {
            return nothing + "; did you mean `" + close.get() + "`?";
        }
        if (!mentioning.isEmpty()) {
            return nothing + "; it is mentioned in the help of "
                    + mentioning.stream().map(ManualEntry::name).distinct().collect(Collectors.joining(", "));
        }
        return nothing + "; `help` alone lists all names";
    }
}
