package org.sdescript.manual;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sdescript.diagnostic.Spelling;

/**
 * The pages of errors and warnings, written in {@code docs/errors/} and packed into the jar: one file per area, with a
 * heading {@code ## E0203: what is wrong} before each page. In a page,
 *
 * <ul>
 *   <li>the block {@code sde wrong} is a script with the error; a first line {@code # sde run script.sde …} gives
 *       options;
 *   <li>the block {@code text} after it is the message, checked by a test;
 *   <li>the block {@code sde right} is the script without the error;
 *   <li>further blocks, such as {@code csv people.csv}, are files beside the script;
 *   <li>a comment {@code <!-- tested by AtomicFileTest -->} or {@code <!-- not tested: … -->} marks an error that no
 *       script alone can have.
 * </ul>
 */
public final class ErrorPages {
    /** Titles of the areas, by the first three characters of their codes. */
    private static final Map<String, String> AREAS = new TreeMap<>(Map.of(
            "E01", "Syntax",
            "E02", "Equations",
            "E03", "Names and calls",
            "E04", "Values",
            "E05", "Shapes and layers",
            "E06", "Processes",
            "E07", "Files, data and plots",
            "E08", "Training",
            "E09", "Running"));

    private static final int AREA = 3;

    private static final String CONTENTS = "README.md";
    private static final Pattern SECTION = Pattern.compile("(?ms)^## ([EW]\\d{4}): ([^\\n]+)\\n(.*?)(?=^## |\\z)");

    private final Map<String, ErrorPage> pages = new TreeMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    public ErrorPages() {
        for (String area : AREAS.keySet()) {
            String text = Resources.text("errors/" + area + ".md");
            files.put(area + ".md", text);
            in(text).forEach(page -> pages.put(page.code(), page));
        }
    }

    /** The pages in a file. */
    public static List<ErrorPage> in(String file) {
        return SECTION.matcher(file)
                .results()
                .map(section -> new ErrorPage(
                        section.group(1), section.group(2), section.group(3).strip()))
                .toList();
    }

    public Collection<ErrorPage> all() {
        return pages.values();
    }

    /** The page of a code; the case of its letter does not matter. */
    public Optional<ErrorPage> of(String code) {
        return Optional.ofNullable(pages.get(code.toUpperCase(Locale.ROOT)));
    }

    public Optional<String> nearest(String code) {
        return Spelling.nearest(code, pages.keySet());
    }

    /** The codes with their titles, one per line. */
    public String list() {
        StringBuilder list = new StringBuilder();
        AREAS.forEach((area, title) -> {
            list.append(list.isEmpty() ? "" : "\n").append(title).append("\n\n");
            in(Objects.requireNonNull(files.get(area + ".md"))).forEach(page -> list.append("  ")
                    .append(page.code())
                    .append("  ")
                    .append(page.title())
                    .append('\n'));
        });
        return list.toString().stripTrailing();
    }

    /** The files of the pages by name, and a table of contents. */
    public Map<String, String> files() {
        Map<String, String> all = new LinkedHashMap<>(files);
        all.put(CONTENTS, contents());
        return all;
    }

    /** Returns the file and anchor of a page; warnings stand in the file of the errors with the same first digits. */
    public static String place(ErrorPage page) {
        return "E" + page.code().substring(1, AREA) + ".md#" + Anchors.of(page.heading());
    }

    private String contents() {
        StringBuilder page = new StringBuilder(
                        "# Errors\n\nEach message has a code, and each code a page: the meaning, a small script with the error,")
                .append(" its message, and the corrected script.\n`sde explain E0203` shows a page in the terminal.\n");
        AREAS.forEach((area, title) -> {
            page.append("\n## ").append(title).append("\n\n");
            in(Objects.requireNonNull(files.get(area + ".md"))).forEach(each -> page.append("- [")
                    .append(each.code())
                    .append("](")
                    .append(place(each))
                    .append("): ")
                    .append(each.title())
                    .append('\n'));
        });
        return page.toString();
    }
}
