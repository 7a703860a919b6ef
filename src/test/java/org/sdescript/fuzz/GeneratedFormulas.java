package org.sdescript.fuzz;

import java.util.List;
import java.util.Random;

/** Generates formulas of the time and one more variable. */
final class GeneratedFormulas {
    private final Random random;

    GeneratedFormulas(Random random) {
        this.random = random;
    }

    String of(int depth, String variable) {
        if (depth <= 0) {
            return one("t", variable, "1", "2", "0.5", "3", "0.1", "pi");
        }
        return switch (random.nextInt(6)) {
            case 0 -> of(0, variable);
            case 1, 2 -> "(" + of(depth - 1, variable) + one(" + ", " - ", "*", "/") + of(depth - 1, variable) + ")";
            case 3 -> "(" + of(depth - 1, variable) + ")^" + one("2", "3", "0.5", "(-1)");
            default ->
                one("exp", "sin", "cos", "sqrt", "log", "tanh", "abs", "sign") + "(" + of(depth - 1, variable) + ")";
        };
    }

    private String one(String... choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }
}
