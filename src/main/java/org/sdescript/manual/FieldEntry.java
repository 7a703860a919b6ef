package org.sdescript.manual;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A field of a kind of values, read from a list in the manual: {@code - `p.drift(x, t)`: the factor of dt}.
 *
 * @param written the field with its variables, {@code drift(x, t)}
 * @param about the meaning
 */
public record FieldEntry(String name, String written, String about) {
    private static final Pattern ITEM = Pattern.compile("(?ms)^- (`[^:]+?):[ \n](.*?)(?=^- |\\n\\s*\\n|\\z)");
    private static final Pattern FIELD = Pattern.compile("`[\\p{L}_]*\\.([\\p{L}_][\\p{L}\\p{N}_]*)(\\([^`]*\\))?`");

    static List<FieldEntry> of(ManualEntry kind) {
        return ITEM.matcher(kind.text())
                .results()
                .flatMap(item -> fields(
                        item.group(1), item.group(2).replaceAll("\\s+", " ").strip()))
                .toList();
    }

    private static Stream<FieldEntry> fields(String names, String about) {
        return FIELD.matcher(names)
                .results()
                .map(field -> new FieldEntry(
                        field.group(1), field.group(1) + (field.group(2) == null ? "" : field.group(2)), about));
    }
}
