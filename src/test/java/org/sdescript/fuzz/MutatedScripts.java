package org.sdescript.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sdescript.Script;
import org.sdescript.manual.ManualEntry;

/**
 * Existing scripts with a few changes that usually leave a valid program: other numbers, names, operators, lines,
 * arguments.
 */
final class MutatedScripts {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sde(?: wrong)? *$\\R(.*?)^```");
    private static final Pattern TOKEN = Pattern.compile(
            "#[^\n]*|\"[^\"\n]*\"|[\\p{L}_][\\p{L}\\p{N}_]*|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|\\s+|[-+*/^@<>=!]=?|.");

    /** Counts of samples, steps and features, which are made small. */
    private static final Pattern LARGE =
            Pattern.compile("(?<![\\w.])(?:\\d[\\d_]{2,}|\\d+(?:\\.\\d+)?[eE]\\+?\\d+)(?![\\w.])");

    private static final List<String> NUMBERS = List.of(
            "0", "1", "(-1)", "2", "3", "7", "17", "0.5", "2.5", "(-0.25)", "1e-300", "1e300", "1e-9", "inf", "(-inf)",
            "nan");
    private static final List<String> OPERATORS = List.of("+", "-", "*", "/", "^", "@", "<", "==", "and", "%");
    private static final List<String> ODD = List.of(
            "none",
            "true",
            "\"text\"",
            "\"\"",
            "[]",
            "[1, \"a\"]",
            "[[1, 2], [3]]",
            "{}",
            "{a: 1}",
            "zeros([0, 2])",
            "ones([2, 3])",
            "randn([4, 2])",
            "randn([2, 1, 4, 4])",
            "tensor(2)",
            "x -> x",
            "(x, t) -> -x",
            "VP()",
            "VE()",
            "CLD()",
            "Karras()",
            "DDPM(n = 10)",
            "moons(6)",
            "labelled(randn([4, 2]), tensor([0, 1, 0, 1]))",
            "normal()",
            "mixture(means = [-1, 1])",
            "normal().score(VP())",
            "reverse(VP())",
            "VP().transition",
            "pc(steps = 3)",
            "langevin",
            "mlp(hidden = 4)",
            "unet(base = 4)",
            "adam()",
            "denoising",
            "linear()",
            "sqrt",
            "0..3",
            "range(3)",
            "tensor([nan, 1])",
            "tensor([true, false])");

    private final List<String> scripts = new ArrayList<>();

    MutatedScripts() {
        for (String folder : List.of("examples", "src/test/sde/run", "src/test/sde/errors")) {
            files(folder, ".sde").forEach(text -> scripts.add(small(text)));
        }
        files("docs", ".md")
                .forEach(page -> BLOCK.matcher(page).results().forEach(block -> scripts.add(small(block.group(1)))));
        Script.PIPELINE.manual().entries().stream()
                .map(ManualEntry::examples)
                .filter(example -> !example.isBlank())
                .forEach(example -> scripts.add(small(example)));
        scripts.removeIf(text -> text.contains("import_network") || text.contains("checkpoint"));
    }

    String of(long seed) {
        Random random = new Random(seed);
        String text = one(random, scripts);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            text = once(random, text);
        }
        return text;
    }

    private String once(Random random, String text) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(text).results().map(MatchResult::group).toList());
        List<Integer> numbers = places(tokens, "\\d.*");
        List<Integer> names = places(tokens, "[\\p{L}_].*");
        List<Integer> operators = places(tokens, "[-+*/^@<>]|==|and|or");
        switch (random.nextInt(10)) {
            case 0, 1 -> replaced(random, tokens, numbers, one(random, NUMBERS));
            case 2 -> replaced(random, tokens, operators, one(random, OPERATORS));
            case 3 -> replaced(random, tokens, names, names.isEmpty() ? "x" : tokens.get(one(random, names)));
            case 4, 5 -> replaced(random, tokens, random.nextBoolean() ? numbers : names, one(random, ODD));
            case 6 -> argument(random, tokens);
            case 7 -> {
                return lines(random, text);
            }
            case 8 -> {
                return text + "\n" + one(random, scripts);
            }
            default -> {
                String name = names.isEmpty() ? "x" : tokens.get(one(random, names));
                return text + "\nprint(" + name
                        + one(random, List.of("", "[0]", ".x", "(0.5)", "*2", " @ " + name, "[:, 0]", "^(-1)")) + ")";
            }
        }
        return String.join("", tokens);
    }

    /** Removes or adds an argument. */
    private static void argument(Random random, List<String> tokens) {
        List<Integer> commas = places(tokens, ",");
        if (commas.isEmpty()) {
            return;
        }
        int comma = one(random, commas);
        if (random.nextBoolean()) {
            tokens.set(comma, ", " + one(random, ODD) + ",");
        } else {
            int to = comma + 1;
            while (to < tokens.size() && !tokens.get(to).matches("[,)\\]}\n]")) {
                to++;
            }
            tokens.subList(comma, to).clear();
        }
    }

    private static String lines(Random random, String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
        int at = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(other, lines.get(at));
            default -> lines.set(at, lines.set(other, lines.get(at)));
        }
        return String.join("", lines);
    }

    private static void replaced(Random random, List<String> tokens, List<Integer> places, String by) {
        if (!places.isEmpty()) {
            tokens.set(one(random, places), by);
        }
    }

    private static List<Integer> places(List<String> tokens, String form) {
        return Stream.iterate(0, i -> i < tokens.size(), i -> i + 1)
                .filter(i -> tokens.get(i).matches(form))
                .toList();
    }

    private static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String small(String text) {
        return LARGE.matcher(text).replaceAll("12");
    }

    private static List<String> files(String folder, String ending) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
