package org.sdescript.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sdescript.Script;
import org.sdescript.manual.Entry;

/** Programs that are made up: values of all kinds, calls of everything that the manual knows, processes of random formulas. */
final class GeneratedScripts {
    private static final Pattern SIGNATURE =
            Pattern.compile("^(?:fn|schedule|loss|predictor|corrector|sampler|network|sde) (\\w+)\\(([^;)]*)");
    private static final Pattern HOLE = Pattern.compile("⟨(\\w)⟩");
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

    /** What makes a value of a kind of values of others: ⟨N⟩ is a number, ⟨T⟩ a tensor [4, 2], ⟨L⟩ a list, ⟨P⟩ a process, ⟨B⟩ a truth value. */
    private static final Map<Character, List<String>> FORMS = Map.of(
            'N',
                    List.of(
                            "n",
                            "0.5",
                            "-1",
                            "2.5",
                            "1e-3",
                            "sum(⟨T⟩)",
                            "mean(⟨T⟩)",
                            "max(⟨T⟩)",
                            "len(⟨L⟩)",
                            "(⟨N⟩ + ⟨N⟩)",
                            "⟨N⟩*⟨N⟩",
                            "sqrt(abs(⟨N⟩))",
                            "⟨N⟩/(1 + ⟨N⟩^2)",
                            "⟨P⟩.transition.variance(0.3)",
                            "⟨P⟩.snr(0.5)",
                            "(if ⟨B⟩ then ⟨N⟩ else ⟨N⟩)",
                            "std(⟨T⟩)",
                            "energy_distance(⟨T⟩, ⟨T⟩)",
                            "number(norm(⟨T⟩))",
                            "sum(⟨L⟩)",
                            "⟨L⟩[0]",
                            "mmd(⟨T⟩, x)",
                            "frechet(⟨T⟩, x)",
                            "mismatch(⟨P⟩, ⟨T⟩)"),
            'T',
                    List.of(
                            "x",
                            "randn([4, 2])",
                            "(⟨T⟩ + ⟨T⟩)",
                            "⟨T⟩*⟨N⟩",
                            "⟨T⟩*⟨T⟩",
                            "exp(-abs(⟨T⟩))",
                            "where(⟨T⟩ > 0, ⟨T⟩, ⟨N⟩)",
                            "sort(⟨T⟩)",
                            "⟨T⟩ - mean(⟨T⟩, axis = 0)",
                            "⟨T⟩ @ (transpose(⟨T⟩) @ ⟨T⟩)",
                            "s(⟨T⟩, 0.5)",
                            "⟨P⟩.drift(⟨T⟩, 0.5)",
                            "softmax(⟨T⟩)",
                            "⟨T⟩/(1 + ⟨T⟩^2)",
                            "reshape(⟨T⟩, [4, 2])",
                            "concat([⟨T⟩[:2], ⟨T⟩[2:]], axis = 0)",
                            "grad(u -> sum(u^2*⟨N⟩), ⟨T⟩)",
                            "⟨P⟩.transition.mean(⟨T⟩, 0.5)",
                            "normal(std = 0.5).score(⟨P⟩)(⟨T⟩, 0.4)",
                            "reverse(⟨P⟩, normal().score(⟨P⟩)).drift(⟨T⟩, 0.3)",
                            "denoised(⟨P⟩, normal().score(⟨P⟩), ⟨T⟩, 0.5)",
                            "rk4((u, t) -> ⟨N⟩ - u, ⟨T⟩, 0, 1, steps = 3)",
                            "sample(⟨P⟩, normal().score(⟨P⟩), n = 4, shape = [2], using = pc(steps = 3))",
                            "simulate(⟨P⟩, ⟨T⟩, steps = 3, paths = false)",
                            "stack([⟨T⟩[:, 0], ⟨T⟩[:, 1]], axis = 1)",
                            "cumsum(⟨T⟩, axis = 0)",
                            "clip(⟨T⟩, -1, ⟨N⟩)"),
            'L',
                    List.of(
                            "[1, 2, 3]",
                            "[⟨N⟩, ⟨N⟩]",
                            "[e*⟨N⟩ for e in ⟨L⟩]",
                            "sorted(⟨L⟩)",
                            "reversed(⟨L⟩)",
                            "map(⟨L⟩, e -> e + ⟨N⟩)",
                            "append(⟨L⟩, ⟨N⟩)",
                            "list(⟨T⟩[:, 0])",
                            "[e for e in ⟨L⟩ if e > ⟨N⟩]",
                            "uniform_grid(⟨P⟩, 3)",
                            "range(4)"),
            'P',
                    List.of(
                            "p",
                            "VP()",
                            "VE(hi = 5)",
                            "OrnsteinUhlenbeck(mu = 1)",
                            "SubVP(hi = 8)",
                            "Karras()",
                            "CosineVP()",
                            "reverse(reverse(⟨P⟩))",
                            "RectifiedFlow()"),
            'B', List.of("⟨N⟩ < ⟨N⟩", "⟨B⟩ and ⟨B⟩", "not (⟨B⟩)", "⟨N⟩ == ⟨N⟩", "true", "len(⟨L⟩) > 2"));

    private record Callable(String name, int variables) {}

    private final List<Callable> callables = new ArrayList<>();

    GeneratedScripts() {
        for (Entry entry : Script.PIPELINE.manual().entries()) {
            Matcher matcher = SIGNATURE.matcher(entry.signature());
            if (matcher.find() && !matcher.group(1).matches("import_network|help|set")) {
                String variables = matcher.group(2).strip();
                callables.add(new Callable(matcher.group(1), variables.isEmpty() ? 0 : variables.split(",").length));
            }
        }
    }

    String of(long seed) {
        return new Writing(new Random(seed)).program();
    }

    private final class Writing {
        private final Random random;
        private final List<String> names = new ArrayList<>(NAMES);

        Writing(Random random) {
            this.random = random;
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
                    switch (random.nextInt(12)) {
                        case 0, 1 -> process(k);
                        case 2 ->
                            "if " + value(2) + " { " + name + " = " + value(2) + " } else { " + name + " = " + value(1)
                                    + " }";
                        case 3 -> name + " = 0\nfor e in " + value(1) + " { " + name + " = " + value(1) + " }";
                        case 4 ->
                            "fn " + name + "(u) {\n  z = " + value(2) + "\n  return z\n}\nprint(" + name + "("
                                    + value(1) + "))";
                        case 5 -> name + " = [" + value(2) + " for e in " + value(1) + "]";
                        case 6 -> "x = " + fit('T', 3) + "\n" + name + " = " + fit('N', 2);
                        case 7 -> name + " = " + fit('L', 3);
                        case 8 ->
                            "fn " + name + "(u; k = " + fit('N', 1) + ") = u*k + " + fit('N', 2) + "\nprint(" + name
                                    + "(" + fit('T', 2) + "))";
                        case 9 ->
                            name + " = 0\nfor e in " + fit('L', 2) + " { if " + fit('B', 2) + " { " + name + " += "
                                    + fit('N', 2) + " } }";
                        case 10 -> name + " = " + fit('T', 4);
                        default -> name + " = " + value(2);
                    };
            names.add(name);
            return statement + "\nprint(" + name + ")";
        }

        /** A value of a kind; now and then of another. */
        private String fit(char kind, int depth) {
            if (random.nextInt(60) == 0) {
                return value(1);
            }
            List<String> forms = FORMS.get(kind);
            String form = depth <= 0 ? forms.getFirst() : one(forms);
            return HOLE.matcher(form)
                    .replaceAll(
                            hole -> Matcher.quoteReplacement(fit(hole.group(1).charAt(0), depth - 1)));
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
                default -> call(depth);
            };
        }

        private String call(int depth) {
            Callable callable = one(callables);
            List<String> arguments = new ArrayList<>();
            for (int a = 0; a < callable.variables() + (random.nextInt(10) == 0 ? 1 : 0); a++) {
                arguments.add(value(depth - 1));
            }
            return callable.name() + "(" + String.join(", ", arguments) + ")";
        }

        private String number() {
            return one(List.of("0", "1", "2", "3", "0.5", "-1", "1e-3", "2.5", "10", "inf", "nan"));
        }

        private String process(int k) {
            String name = "v" + k;
            String body =
                    switch (random.nextInt(4)) {
                        case 0 -> "x(t) = " + formula(2, "t") + "*x(0) + " + formula(2, "t") + "*noise";
                        case 1 ->
                            "t in [0.001, " + one(List.of("1", "2", "5")) + "]\n  dx = " + formula(3, "x") + " dt + "
                                    + formula(2, "t") + " dw";
                        default -> "dx = -" + formula(2, "t") + "*x dt + " + formula(2, "t") + " dw";
                    };
            return "sde P" + k + " {\n  " + body + "\n}\n" + name + " = P" + k + "()\n"
                    + one(List.of(
                            "print(" + name + ".transition, " + name + ".prior)",
                            "print(reverse(" + name + "), flow(" + name + "))",
                            "print(latex(" + name + "), explain(" + name + "))",
                            "print(sample(" + name + ", normal().score(" + name
                                    + "), n = 3, shape = [2], using = pc(steps = 4)))",
                            "print(simulate(" + name + ", ones([3, 1]), steps = 4))",
                            "print(train(mlp(hidden = 4, depth = 1), x, " + name + ", steps = 2, batch = 4).losses)"));
        }

        private String formula(int depth, String variable) {
            if (depth <= 0) {
                return one(List.of("t", variable, "1", "2", "0.5", "3", "0.1", "pi"));
            }
            return switch (random.nextInt(6)) {
                case 0 -> formula(0, variable);
                case 1, 2 ->
                    "(" + formula(depth - 1, variable) + one(List.of(" + ", " - ", "*", "/"))
                            + formula(depth - 1, variable) + ")";
                case 3 -> "(" + formula(depth - 1, variable) + ")^" + one(List.of("2", "3", "0.5", "(-1)"));
                default ->
                    one(List.of("exp", "sin", "cos", "sqrt", "log", "tanh", "abs", "sign")) + "("
                            + formula(depth - 1, variable) + ")";
            };
        }
    }
}
