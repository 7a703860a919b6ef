package org.sdescript.manual;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sdescript.runtime.Chapter;

/** The manual in Markdown: one page per theme, and a table of contents. */
public final class Reference {
    private static final String CONTENTS = "README.md";

    private final Manual manual;

    public Reference(Manual manual) {
        this.manual = manual;
    }

    /** The pages by their file names. */
    public Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(CONTENTS, contents());
        for (Chapter theme : manual.themes()) {
            pages.put(theme.word() + ".md", page(theme, theme.title()));
        }
        return pages;
    }

    /** The declarations of a script on one page. */
    public String ofScript(String file) {
        return page(Chapter.SCRIPT, file);
    }

    /** Returns the file and anchor of a name's page, or the file of a theme; empty if the manual has neither. */
    public Optional<String> place(String name) {
        return manual.named(name).stream()
                .findFirst()
                .map(entry -> entry.theme().word() + ".md#" + anchor(entry))
                .or(() -> Chapter.of(name).filter(manual.themes()::contains).map(theme -> theme.word() + ".md"));
    }

    private String contents() {
        StringBuilder page = new StringBuilder("# Reference\n\n")
                .append("The names that every script has without an import, written by `sde doc` from")
                .append(" [`stdlib/`](../../stdlib).\n`sde help NAME` shows the same in the terminal.\n");
        for (Chapter theme : manual.themes()) {
            page.append("\n## [")
                    .append(theme.title())
                    .append("](")
                    .append(theme.word())
                    .append(".md)\n\n");
            page.append("| | |\n| --- | --- |\n");
            for (ManualEntry entry : manual.of(theme)) {
                page.append("| [`")
                        .append(entry.name())
                        .append("`](")
                        .append(theme.word())
                        .append(".md#")
                        .append(anchor(entry))
                        .append(") | ")
                        .append(entry.summary().replace("|", "\\|"))
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    private String page(Chapter theme, String title) {
        List<ManualEntry> entries = manual.of(theme);
        return "# " + title + "\n\n"
                + entries.stream()
                        .map(this::section)
                        .collect(Collectors.joining())
                        .strip() + "\n";
    }

    private String section(ManualEntry entry) {
        String names = entry.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return "## " + names + "\n\n" + linked(entry);
    }

    /** The entry's page with links to other pages and to the library's files. */
    private String linked(ManualEntry entry) {
        String page = entry.markdown(List.of());
        String related = manual.related(entry).stream().map(this::link).collect(Collectors.joining(", "));
        String place = entry.source()
                .filter(source -> entry.theme() != Chapter.SCRIPT)
                .map(source -> "Declared in [" + file(source) + "](../../" + file(source) + ")\n\n")
                .orElse("");
        String declared =
                entry.source().map(source -> "Declared in " + source + "\n\n").orElse("");
        return page.substring(0, page.length() - declared.length())
                + (related.isEmpty() ? "" : "See also: " + related + "\n\n")
                + place;
    }

    private String link(String name) {
        ManualEntry entry = manual.named(name).getFirst();
        return "[`" + name + "`]("
                + (entry.theme() == Chapter.SCRIPT ? "" : entry.theme().word() + ".md") + "#" + anchor(entry) + ")";
    }

    /** The file without the line number, which would change with every edit above the line. */
    private static String file(String source) {
        return source.substring(0, source.lastIndexOf(':'));
    }

    private static String anchor(ManualEntry entry) {
        return Anchors.of(String.join(", ", entry.names()));
    }
}
