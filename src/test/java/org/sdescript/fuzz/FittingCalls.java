package org.sdescript.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.Script;
import org.sdescript.manual.ManualEntry;

/**
 * Calls of every name in the manual. An argument has the kind that its variable's name has in the library; one in six
 * has another kind.
 */
final class FittingCalls {
    private static final Pattern SIGNATURE = Pattern.compile(
            "^(fn|schedule|loss|predictor|corrector|sampler|network|sde) (\\w+)\\(([^;)]*)(?:; ?(.*))?\\)(?: .*)?$");

    /** A comma outside of brackets. */
    private static final Pattern COMMA = Pattern.compile(",(?![^(\\[]*[)\\]])\\s*");

    /** Default counts of steps and samples that would take long. */
    private static final Pattern LARGE = Pattern.compile("= \\d{2,}$");

    private static final Map<String, Character> KINDS = kinds("""
            process: P
            score: S
            x x0 known h a images others gray state: T
            t dt begin from to late s: K
            e list values parts levels sizes means weights: L
            data: D
            network classifier: M
            f done velocity features key: F
            shape: Z
            using method: U
            predictor: A
            grid: G
            mask b axis_of: B
            n digits steps axis count probes projections rounds rows order seed batch: I
            v labels label weight: V
            between title name file message: W
            """);

    private record Callable(String name, List<String> variables, List<String> parameters) {}

    private final List<Callable> callables = new ArrayList<>();

    FittingCalls() {
        for (ManualEntry entry : Script.PIPELINE.manual().entries()) {
            Matcher matcher = SIGNATURE.matcher(entry.signature());
            if (matcher.find() && !matcher.group(2).matches("import_network|help|set")) {
                callables.add(new Callable(matcher.group(2), slots(matcher.group(3)), slots(matcher.group(4))));
            }
        }
    }

    private static Map<String, Character> kinds(String text) {
        Map<String, Character> kinds = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] sides = line.split(": ");
            Arrays.stream(sides[0].split(" ")).forEach(name -> kinds.put(name, sides[1].charAt(0)));
        }
        return kinds;
    }

    private static List<String> slots(String text) {
        return text == null || text.isBlank() ? List.of() : List.of(COMMA.split(text.strip()));
    }

    String one(Random random, FittingValues values, int depth) {
        Callable callable = callables.get(random.nextInt(callables.size()));
        List<String> arguments = new ArrayList<>();
        for (String variable : callable.variables()) {
            if (!variable.contains("=") || random.nextInt(3) == 0) {
                arguments.add(value(variable, random, values, depth));
            }
        }
        for (String parameter : callable.parameters()) {
            if (LARGE.matcher(parameter).find() || random.nextInt(4) == 0) {
                arguments.add(parameter.split(" = ")[0] + " = " + option(parameter, random, values, depth));
            }
        }
        return callable.name() + "(" + String.join(", ", arguments) + ")";
    }

    private static String value(String slot, Random random, FittingValues values, int depth) {
        char fitting = KINDS.getOrDefault(slot.split(" = ")[0], random.nextBoolean() ? 'N' : 'T');
        return values.of(random.nextInt(6) == 0 ? values.anyKind() : fitting, depth);
    }

    /** A number near the default if the default is a number, else a value of the name's kind. Counts stay small. */
    private static String option(String slot, Random random, FittingValues values, int depth) {
        String fallback = slot.contains(" = ") ? slot.split(" = ")[1] : "";
        if (fallback.matches("-?[\\d.]+(e-?\\d+)?") && random.nextInt(6) > 0) {
            List<String> near = List.of("0", "1", "2", "3", "0.5", "-1", "2.5", "1e-3", "7");
            return near.get(random.nextInt(near.size()));
        }
        return fallback.matches("true|false") ? values.of('B', depth) : value(slot, random, values, depth);
    }
}
