package org.sdescript.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * The runs of a sweep: each combination of the values of its parameters. The last parameter changes fastest.
 *
 * @param parameters the values to try, by parameter
 */
public record SweepGrid(Map<String, List<Value>> parameters) {
    /** The parameter whose values are repetitions: metrics are averaged over it. */
    public static final String SEED = "seed";

    private static final int LONGEST_NAME = 80;

    public SweepGrid {
        parameters = new LinkedHashMap<>(parameters);
    }

    /**
     * One run.
     *
     * @param name the name of the run's folder, such as {@code rate=0.001,seed=1}
     */
    public record Point(String name, Map<String, Value> values) {}

    public List<Point> points() {
        List<Map<String, Value>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<Value>> parameter : parameters.entrySet()) {
            List<Map<String, Value>> longer = new ArrayList<>();
            for (Map<String, Value> before : combinations) {
                for (Value value : parameter.getValue()) {
                    Map<String, Value> with = new LinkedHashMap<>(before);
                    with.put(parameter.getKey(), value);
                    longer.add(with);
                }
            }
            combinations = longer;
        }
        Set<String> taken = new HashSet<>();
        return combinations.stream()
                .map(values -> new Point(unique(name(values), taken), values))
                .toList();
    }

    private String name(Map<String, Value> values) {
        String name = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + text(value.getKey(), value.getValue()))
                .collect(Collectors.joining(","));
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** The text of a number, string or truth value; the position of any other value among those tried. */
    private String text(String parameter, Value value) {
        return switch (value) {
            case Value.Num number -> ValueText.print(number);
            case Value.Bool bool -> ValueText.print(bool);
            case Value.Text text -> text.value().replaceAll("[^\\p{L}\\p{Nd}._+-]+", "-");
            default -> "value-" + (parameters.getOrDefault(parameter, List.of()).indexOf(value) + 1);
        };
    }

    /** Compares without regard to case, as some file systems do. */
    private static String unique(String name, Set<String> taken) {
        String free = name;
        for (int k = 2; !taken.add(free.toLowerCase(Locale.ROOT)); k++) {
            free = name + "~" + k;
        }
        return free;
    }
}
