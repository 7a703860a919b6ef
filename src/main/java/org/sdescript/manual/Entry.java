package org.sdescript.manual;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Theme;

/**
 * What is told of a name.
 *
 * @param names what it is looked up by, the first being its own
 * @param signature as a declaration would have it; empty where there is none
 * @param text paragraphs and lists of Markdown
 * @param examples lines of script, empty where there is none
 * @param source the file and line that declare it, absent for what is built in
 */
public record Entry(
        List<String> names, Theme theme, String signature, String text, String examples, Optional<String> source) {
    private static final Pattern SENTENCE = Pattern.compile("(?s)^(.+?\\.)(?=\\s+[\\p{Lu}`]|\\s*$)");
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]*";
    private static final Pattern WORD = Pattern.compile(NAME);

    /** A name in prose: between backticks or called. */
    private static final Pattern MENTIONED =
            Pattern.compile("(?<=`)" + NAME + "|(?<![\\p{L}\\p{N}_.])" + NAME + "(?=\\()");

    private static final Pattern DEFAULT = Pattern.compile("(?<== )" + NAME);

    /** A name in code that is neither a field nor the name of an argument. */
    private static final Pattern USED = Pattern.compile("(?<![\\p{L}\\p{N}_.])" + NAME + "(?![\\p{L}\\p{N}_]| =)");

    public Entry {
        names = List.copyOf(names);
    }

    public static Entry of(Builtin builtin, Theme theme) {
        return new Entry(
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

    /** The word that declares it, such as {@code predictor}. */
    String kind() {
        return signature.isEmpty() ? "" : signature.split(" ", 2)[0];
    }

    /** The first sentence of its text, on one line; its signature where there is no text. */
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

    /** The names of which it speaks as such, in its text and among its defaults. */
    Stream<String> mentions() {
        String defaults = signature.contains("(") ? signature.substring(signature.indexOf('(')) : "";
        return Stream.concat(
                        MENTIONED.matcher(text).results(),
                        DEFAULT.matcher(defaults).results())
                .map(MatchResult::group);
    }

    /** The names that its examples use. */
    Stream<String> uses() {
        return USED.matcher(examples).results().map(MatchResult::group);
    }

    /** Its page, without a heading. */
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
