package org.sdescript.manual;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.runtime.Chapter;

/**
 * The manual's entry for a name.
 *
 * @param names the names that find the entry; the first is its own
 * @param signature the signature as a declaration writes it; empty if there is none
 * @param text paragraphs and lists in Markdown
 * @param examples lines of script, empty if there are none
 * @param source file and line of the declaration, absent for words and fields
 */
public record ManualEntry(
        List<String> names, Chapter theme, String signature, String text, String examples, Optional<String> source) {
    private static final Pattern SENTENCE = Pattern.compile("(?s)^(.+?\\.)(?=\\s+[\\p{Lu}`]|\\s*$)");
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]*";
    private static final Pattern WORD = Pattern.compile(NAME);

    /** A name between backticks in prose, alone or called. */
    private static final Pattern MENTIONED = Pattern.compile("(?<=`)" + NAME + "(?=[`(])");

    /** A name that is a default, unless it is a number such as sqrt(2). */
    private static final Pattern DEFAULT = Pattern.compile("(?<== )" + NAME + "\\b(?!\\(\\d)");

    private static final Pattern PARAMETER = Pattern.compile("(?<=[(,;] ?)" + NAME);

    public ManualEntry {
        names = List.copyOf(names);
    }

    public String name() {
        return names.getFirst();
    }

    /** The first sentence of the text, on one line; the signature if there is no text. */
    public String summary() {
        if (text.isBlank()) {
            return signature;
        }
        String line = text.strip().split("\\n\\s*\\n|\\n- ", 2)[0].replaceAll("\\s+", " ");
        return SENTENCE.matcher(line)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .orElse(line);
    }

    boolean speaksOf(String word) {
        return WORD.matcher(text + " " + examples).results().anyMatch(each -> each.group()
                .equalsIgnoreCase(word));
    }

    /** The names between backticks in the text and the names in defaults, without the entry's own parameters. */
    Stream<String> mentions() {
        String parameters = signature.contains("(") ? signature.substring(signature.indexOf('(')) : "";
        Set<String> own = found(PARAMETER, parameters).collect(Collectors.toSet());
        return Stream.concat(found(MENTIONED, text).filter(name -> !own.contains(name)), found(DEFAULT, parameters));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group);
    }

    /** The entry's page, without a heading. */
    public String markdown(List<String> related) {
        StringBuilder page = new StringBuilder();
        if (!signature.isEmpty()) {
            page.append("```text\n").append(signature).append("\n```\n\n");
        }
        if (!text.isBlank()) {
            page.append(text.strip()).append("\n\n");
        }
        if (!examples.isBlank()) {
            page.append("```sde\n").append(examples.strip()).append("\n```\n\n");
        }
        if (!related.isEmpty()) {
            page.append("See also: ")
                    .append(String.join(
                            ", ", related.stream().map(each -> "`" + each + "`").toList()))
                    .append("\n\n");
        }
        source.ifPresent(place -> page.append("Declared in ").append(place).append("\n\n"));
        return page.toString();
    }
}
