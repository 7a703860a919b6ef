package org.sdescript.diagnostic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names from other languages with their replacements: the table {@code foreign-names.txt}. The checker, the
 * interpreter, the prompt and the manual read it, so that all give the same answer.
 */
public final class ForeignNames {
    private static final String TABLE = "foreign-names.txt";
    private static final String VALUE = "{}";
    private static final Map<String, Map<String, String>> SECTIONS = read();

    private ForeignNames() {}

    private static Map<String, Map<String, String>> read() {
        Map<String, Map<String, String>> sections = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(ForeignNames.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
            Map<String, String> section = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    section = sections.computeIfAbsent(line.substring(1, line.length() - 1), name -> new HashMap<>());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    String[] cells = line.split(" \\| ", 2);
                    section.put(cells[0], cells.length == 1 ? "" : cells[1]);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return sections;
    }

    /**
     * The names of a section: {@code names}, {@code modules}, {@code fields of a list}, {@code parameters},
     * {@code statements}.
     */
    public static Set<String> in(String section) {
        return Set.copyOf(SECTIONS.getOrDefault(section, Map.of()).keySet());
    }

    private static Optional<String> find(String section, String name) {
        return Optional.ofNullable(SECTIONS.getOrDefault(section, Map.of()).get(name));
    }

    /** The help for an unknown name. */
    public static Optional<String> name(String word) {
        return find("names", word)
                .map(ForeignNames::sentence)
                .or(() -> isModule(word)
                        ? Optional.of("functions are called without a module: `sqrt(x)`, `zeros([2, 3])`, `plot(…)`")
                        : Optional.empty());
    }

    /** The help for an unknown name in a call. */
    public static Optional<String> called(String word) {
        return find("names", word + "()").map(ForeignNames::sentence).or(() -> name(word));
    }

    /** The equivalent name in this language, if there is one. */
    public static Optional<String> renamed(String word) {
        return find("names", word).filter(help -> !help.contains(" "));
    }

    public static boolean isModule(String word) {
        return in("modules").contains(word);
    }

    /** The help for a field that values of a kind lack; {@code kind} has its article, {@code a tensor}. */
    public static Optional<String> field(String kind, String field) {
        return find("fields of " + kind, field).map(ForeignNames::sentence);
    }

    /** True if a function may replace a method of a kind of values. */
    public static boolean takes(String function, String kind) {
        Map<String, String> only = SECTIONS.get("functions of " + kind);
        return only == null || only.containsKey(function);
    }

    /** The help for a word that begins a statement in another language. */
    public static Optional<String> statement(String word) {
        return find("statements", word);
    }

    /**
     * The help for a parameter that a callable lacks.
     *
     * @param slots the callable's parameters: a general entry that names a parameter applies only if the callable has
     * it
     * @param value the source text of the argument
     */
    public static Optional<String> parameter(String callee, String parameter, Collection<String> slots, String value) {
        return find("parameters", callee + "." + parameter)
                .or(() ->
                        find("parameters", "*." + parameter).filter(help -> help.contains(" ") || slots.contains(help)))
                .map(help -> help.contains(" ") ? help : "write `" + help + " = " + VALUE + "`")
                .map(help -> help.replace(VALUE, value));
    }

    private static String sentence(String help) {
        return help.contains(" ") || help.startsWith("\"") ? help : "write `" + help + "`";
    }
}
