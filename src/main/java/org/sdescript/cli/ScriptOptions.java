package org.sdescript.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.Expression;
import org.sdescript.ast.Statement;
import org.sdescript.data.JsonReading;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.runtime.Value;

/**
 * A script's own options on the command line: {@code --name value}, {@code --name=value}, and {@code --name} alone for a
 * truth value. {@code --param.name} is the same, also where sde has an option of that name.
 *
 * @param declared the params of the script
 * @param usage makes the error for an invalid command line
 */
record ScriptOptions(List<Statement.Param> declared, Function<String, RuntimeException> usage) {
    private static final String PREFIX = "param.";

    /** Reads the words behind the script. */
    Map<String, String> read(List<String> words) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                throw usage.apply("`" + word + "` is not an option; options of the script look like --steps 500");
            }
            String option = word.substring(2);
            int equals = option.indexOf('=');
            if (equals >= 0) {
                given.put(name(option.substring(0, equals)), option.substring(equals + 1));
            } else if (i + 1 < words.size() && !words.get(i + 1).startsWith("--")) {
                given.put(name(option), words.get(++i));
            } else {
                given.put(name(option), alone(option));
            }
        }
        return given;
    }

    private static String name(String option) {
        String own = option.startsWith(PREFIX) ? option.substring(PREFIX.length()) : option;
        return own.replace('-', '_');
    }

    /**
     * Returns the text of {@code --name} without a value, which means true; throws if the script's parameter is not a
     * truth value.
     */
    private String alone(String option) {
        boolean wantsValue = declared.stream()
                .filter(param -> param.name().equals(name(option)))
                .anyMatch(param -> !(param.value() instanceof Expression.Bool));
        if (wantsValue) {
            throw usage.apply("--" + option + " needs a value");
        }
        return "";
    }

    /** Reads the values of params from a file; none without a file. */
    static Map<String, Value> values(@Nullable Path file) {
        if (file == null) {
            return Map.of();
        }
        if (JsonReading.read(file) instanceof Value.RecordValue(var fields)) {
            return fields;
        }
        throw Diagnostic.error("E0924", null, file + " has no object with the values of params")
                .help("write {\"steps\": 500, \"rate\": 0.001}")
                .raise();
    }
}
