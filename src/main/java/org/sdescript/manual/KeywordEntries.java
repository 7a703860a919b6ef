package org.sdescript.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.sdescript.runtime.Chapter;

/**
 * The entries of names without a declaration: keywords and kinds of values. They are written in Markdown, with a
 * heading {@code ## `name`, `another`} before each; a block of {@code text} is the signature, a block of {@code sde}
 * the example.
 */
final class KeywordEntries {
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (`[^\\n]+)\\n(.*?)(?=^## `|\\z)");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(text|sde)\\n(.*?)^```\\n?");

    private KeywordEntries() {}

    static List<ManualEntry> of(Chapter theme) {
        return SECTION.matcher(Resources.text(theme.word() + ".md"))
                .results()
                .map(section -> entry(section, theme))
                .toList();
    }

    private static ManualEntry entry(MatchResult section, Chapter theme) {
        List<String> names = NAME.matcher(section.group(1))
                .results()
                .map(name -> name.group(1))
                .toList();
        String body = section.group(2);
        return new ManualEntry(
                names,
                theme,
                blocks(body, "text"),
                BLOCK.matcher(body).replaceAll("").strip(),
                blocks(body, "sde"),
                Optional.empty());
    }

    private static String blocks(String body, String language) {
        List<String> found = new ArrayList<>();
        BLOCK.matcher(body)
                .results()
                .filter(block -> block.group(1).equals(language))
                .forEach(block -> found.add(block.group(2).strip()));
        return String.join("\n", found);
    }
}
