package org.sdescript.manual;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.ForeignNames;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Chapter;
import org.sdescript.runtime.Closure;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.Value;

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
    public HelpPage contents() {
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
        return HelpPage.of(all.toString());
    }

    /** The page of a name or a theme; empty if unknown. */
    public Optional<String> about(String name) {
        return page(name).map(HelpPage::text);
    }

    /** The page of a name or a theme; empty if unknown. */
    public Optional<HelpPage> page(String name) {
        List<ManualEntry> named = manual.named(name);
        if (!named.isEmpty()) {
            List<HelpPage> pages = named.stream().map(this::page).toList();
            return Optional.of(new HelpPage(joined(pages, HelpPage::text), joined(pages, HelpPage::markdown)));
        }
        return Chapter.of(name)
                .filter(theme -> !manual.of(theme).isEmpty())
                .map(theme -> new HelpPage(theme(theme), list(theme)));
    }

    private static String joined(List<HelpPage> pages, Function<HelpPage, String> form) {
        return pages.stream().map(form).map(String::strip).collect(Collectors.joining("\n\n"));
    }

    /** The page of an entry, which need not be in this manual. */
    HelpPage page(ManualEntry entry) {
        return HelpPage.of(entry.markdown(manual.related(entry)));
    }

    /** The page of a value: of its declaration, or of its kind, such as {@code data set}. */
    public HelpPage page(Value x) {
        return switch (x) {
            case Value.Text(String name) -> page(name).orElseGet(() -> new HelpPage(unknown(name), unknown(name)));
            case Closure closure -> page(DeclaredEntries.of(closure));
            case ProcessDeclaration process -> page(DeclaredEntries.of(process));
            case Builtin builtin
            when builtin.owner().isEmpty() ->
                page(builtin.signature().name()).orElseGet(() -> page(DeclaredEntries.of(builtin)));
            case Builtin field -> ofKind(field.owner().orElseThrow());
            default -> ofKind(x);
        };
    }

    private HelpPage ofKind(Value x) {
        String kind = "This is " + x.words() + ".";
        return manual.of(Chapter.VALUES).stream()
                .filter(entry -> entry.names().contains(x.kind().word()))
                .findFirst()
                .map(this::page)
                .map(page -> new HelpPage(kind + "\n\n" + page.text(), kind + "\n\n" + page.markdown()))
                .orElseGet(() -> new HelpPage(kind, kind));
    }

    private String list(Chapter theme) {
        return "**" + theme.title() + "**\n\n"
                + manual.of(theme).stream()
                        .map(entry -> "- `" + entry.name() + "` " + entry.summary())
                        .collect(Collectors.joining("\n"));
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
