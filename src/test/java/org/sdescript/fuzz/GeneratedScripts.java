package org.sdescript.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates programs: values of all kinds, calls of every name in the manual, declarations of all kinds. */
final class GeneratedScripts {
    private static final List<String> START = List.of(
            "x = randn([4, 2])",
            "y = linspace(0, 1, 4)",
            "n = 3",
            "p = VP()",
            "s = normal(std = 0.5).score(p)",
            "l = [1, 2, 3]",
            "r = {a: 1, b: x}",
            "w = \"text\"",
            "d = moons(8)",
            "f = v -> v + 1",
            "b = x > 0",
            "g = CLD()",
            "i = randn([2, 1, 4, 4])");
    private static final List<String> NAMES = List.of("x", "y", "n", "p", "s", "l", "r", "w", "d", "f", "b", "g", "i");

    private final FittingCalls calls = new FittingCalls();

    String of(long seed) {
        return new Writing(new Random(seed)).program();
    }

    private final class Writing {
        private final Random random;
        private final FittingValues fitting;
        private final List<String> names = new ArrayList<>(NAMES);

        Writing(Random random) {
            this.random = random;
            this.fitting = new FittingValues(random);
        }

        private <T> T one(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private String program() {
            StringBuilder text = new StringBuilder(String.join("\n", START)).append('\n');
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                text.append(statement(k)).append('\n');
            }
            return text.toString();
        }

        private String statement(int k) {
            String name = "v" + k;
            String statement =
                    switch (random.nextInt(17)) {
                        case 0, 1, 2, 3 -> new GeneratedDeclarations(random, fitting).of(name);
                        case 4 ->
                            "if " + value(2) + " { " + name + " = " + value(2) + " } else { " + name + " = " + value(1)
                                    + " }";
                        case 5 -> name + " = 0\nfor e in " + value(1) + " { " + name + " = " + value(1) + " }";
                        case 6 ->
                            "fn " + name + "(u) {\n  z = " + value(2) + "\n  return z\n}\nprint(" + name + "("
                                    + value(1) + "))";
                        case 7 -> name + " = [" + value(2) + " for e in " + value(1) + "]";
                        case 8 -> "x = " + fitting.of('T', 3) + "\n" + name + " = " + fitting.of('N', 2);
                        case 9 -> name + " = " + fitting.of('L', 3);
                        case 10 ->
                            "fn " + name + "(u; k = " + fitting.of('N', 1) + ") = u*k + " + fitting.of('N', 2)
                                    + "\nprint(" + name + "(" + fitting.of('T', 2) + "))";
                        case 11 ->
                            name + " = 0\nfor e in " + fitting.of('L', 2) + " { if " + fitting.of('B', 2) + " { " + name
                                    + " += " + fitting.of('N', 2) + " } }";
                        case 12 -> name + " = " + fitting.of('T', 4);
                        case 13 -> name + " = 0\nwhile n < 5 { n += 1; " + name + " = " + fitting.of('N', 2) + " }";
                        case 14, 15 -> name + " = " + calls.one(random, fitting, 2);
                        default -> name + " = " + value(2);
                    };
            names.add(name);
            return statement + "\nprint(" + name + ")";
        }

        private String value(int depth) {
            if (depth <= 0) {
                return random.nextInt(4) == 0 ? number() : one(names);
            }
            return switch (random.nextInt(12)) {
                case 0 -> number();
                case 1, 2 ->
                    "(" + value(depth - 1) + one(List.of(" + ", " - ", "*", "/", "^", " @ ", " < ", " == ", " and "))
                            + value(depth - 1) + ")";
                case 3 -> one(names) + one(List.of("[0]", "[:, 0]", "[-1]", "[1:]", "[" + value(depth - 1) + "]"));
                case 4 ->
                    one(names)
                            + one(List.of(
                                    ".x",
                                    ".shape",
                                    ".a",
                                    ".t_max",
                                    ".prior",
                                    ".transition",
                                    ".name",
                                    ".score(p)",
                                    ".drift(x, 0.5)"));
                case 5 -> "[" + value(depth - 1) + ", " + value(depth - 1) + "]";
                case 6 -> "if " + value(depth - 1) + " then " + value(depth - 1) + " else " + value(depth - 1);
                case 7 -> "(u -> " + value(depth - 1) + ")";
                default -> calls.one(random, fitting, depth - 1);
            };
        }

        private String number() {
            return one(List.of("0", "1", "2", "3", "0.5", "-1", "1e-3", "2.5", "10", "inf", "nan"));
        }
    }
}
