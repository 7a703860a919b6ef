package org.sdescript.manual;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Chapter;

/**
 * The manual's entry for a name.
 *
 * @param names the names that find the entry; the first is its own
 * @param signature the signature as a declaration writes it; empty if there is none
 * @param text paragraphs and lists in Markdown
 * @param examples lines of script, empty if there are none
 * @param source file and line of the declaration, absent for built-ins
 */
public record ManualEntry(
        List<String> names, Chapter theme, String signature, String text, String examples, Optional<String> source) {
    private static final Pattern SENTENCE = Pattern.compile("(?s)^(.+?\\.)(?=\\s+[\\p{Lu}`]|\\s*$)");
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]*";
    private static final Pattern WORD = Pattern.compile(NAME);

    /** A name in prose: between backticks, or followed by a parenthesis. */
    private static final Pattern MENTIONED =
            Pattern.compile("(?<=`)" + NAME + "|(?<![\\p{L}\\p{N}_.])" + NAME + "(?=\\()");

    private static final Pattern DEFAULT = Pattern.compile("(?<== )" + NAME);

    /** A name in code, except fields and names of arguments. */
    private static final Pattern USED = Pattern.compile("(?<![\\p{L}\\p{N}_.])" + NAME + "(?![\\p{L}\\p{N}_]| =)");

    public ManualEntry {
        names = List.copyOf(names);
    }

    public static ManualEntry of(Builtin builtin, Chapter theme) {
        return new ManualEntry(
                List.of(builtin.signature().name()),
                theme,
                "fn " + builtin.signature(),
                builtin.doc(),
                builtin.example(),
                Optional.empty());
    }

    public String name() {
        return names.getFirst();
    }

    /** The word that declares the name, such as {@code predictor}. */
    String kind() {
        return signature.isEmpty() ? "" : signature.split(" ", 2)[0];
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

    /** The names mentioned in the text and in defaults. */
    Stream<String> mentions() {
        String defaults = signature.contains("(") ? signature.substring(signature.indexOf('(')) : "";
        return Stream.concat(
                        MENTIONED.matcher(text).results(),
                        DEFAULT.matcher(defaults).results())
                .map(MatchResult::group);
    }

    /** The names used in the examples. */
    Stream<String> uses() {
        return USED.matcher(examples).results().map(MatchResult::group);
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
