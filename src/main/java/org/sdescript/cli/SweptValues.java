package org.sdescript.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** Reads the values of a swept option: {@code 1e-3,1e-4}, {@code 1..3}, {@code moons,rings} or lists {@code [1,2],[3]}. */
final class SweptValues {
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})");
    private static final int MOST = 10_000;

    private SweptValues() {}

    /**
     * @param option the name of the option, for errors
     * @param usage makes the error for an invalid command line
     */
    static List<Value> of(String option, String text, Function<String, RuntimeException> usage) {
        List<Value> values = new ArrayList<>();
        for (String part : parts(text)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                values.add(value(part));
                continue;
            }
            int first = Integer.parseInt(range.group(1));
            int last = Integer.parseInt(range.group(2));
            if (first > last || last - first >= MOST) {
                throw usage.apply("--" + option + " " + part + " is no range of at most " + MOST + " numbers");
            }
            for (int number = first; number <= last; number++) {
                values.add(Value.number(number));
            }
        }
        return values;
    }

    /** Splits at commas outside of brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static Value value(String part) {
        try {
            return Value.number(Double.parseDouble(part.replace("_", "")));
        } catch (NumberFormatException text) {
            return switch (part) {
                case "true" -> Value.Bool.TRUE;
                case "false" -> Value.Bool.FALSE;
                default -> Value.text(part);
            };
        }
    }

    /** The value as the text of an option. */
    static String text(Value value) {
        return ValueText.print(value);
    }
}
