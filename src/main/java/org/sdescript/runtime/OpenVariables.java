package org.sdescript.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.diagnostic.Spelling;
import org.sdescript.source.Span;

/** Names the variables of a score after x and t that a condition fills: a record by name, a value alone the only one. */
public final class OpenVariables {
    private static final String CODE = "E0821";

    /** The variables (x, t). */
    private static final int OWN = 2;

    private OpenVariables() {}

    /** Returns a function with a condition bound. */
    static Callable bound(Callable score, Value given, Span span) {
        if (given == Value.None.NONE) {
            return score;
        }
        List<String> further = score instanceof LambdaValue
                ? List.of()
                : score.signature().variables().stream()
                        .skip(OWN)
                        .map(SlotTable.Slot::name)
                        .toList();
        List<String> open = further.stream()
                .filter(name -> !score.configuration().containsKey(name))
                .toList();
        Map<String, Value> all = new LinkedHashMap<>(score.configuration());
        all.putAll(named(open, further, given, score.show(), span));
        return score.configured(all);
    }

    /**
     * Returns the values of a condition by name.
     *
     * @param open the variables without a value, one of which a value alone fills
     * @param all the variables that a record may name
     * @param what the score in messages
     */
    public static Map<String, Value> named(List<String> open, List<String> all, Value given, String what, Span span) {
        if (given instanceof Value.RecordValue(var fields)) {
            fields.keySet().stream()
                    .filter(name -> !all.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw unknown(name, all, what, span);
                    });
            return fields;
        }
        if (open.size() == 1) {
            return Map.of(open.getFirst(), given);
        }
        throw open.isEmpty() ? none(what, span) : several(open, what, span);
    }

    private static SdeError none(String what, Span span) {
        return Diagnostic.error(CODE, span, what + " takes no condition, or has all of its conditions")
                .help("a model takes a condition if it was trained on data with conditions: `given(x, c)`")
                .raise();
    }

    private static SdeError several(List<String> open, String what, Span span) {
        String record = open.stream().map(name -> name + ": …").collect(Collectors.joining(", ", "{", "}"));
        return Diagnostic.error(
                        CODE,
                        span,
                        what + " takes the conditions " + String.join(" and ", open) + ", and is given one value")
                .help("give a record: `" + record + "`")
                .raise();
    }

    private static SdeError unknown(String name, List<String> all, String what, Span span) {
        if (all.isEmpty()) {
            return none(what, span);
        }
        Diagnostic error = Diagnostic.error(CODE, span, what + " has no condition `" + name + "`")
                .note("its conditions are " + String.join(", ", all));
        return Spelling.nearestOfFew(name, all)
                .map(near -> error.help("did you mean `" + near + "`?"))
                .orElse(error)
                .raise();
    }
}
