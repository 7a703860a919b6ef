package org.sdescript.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages a text as typing and copying do: typing errors, lost ends, pasted lines, foreign characters. */
final class Damage {
    private static final int MOST = 5;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}_]+|\\s+|[^\\p{L}\\p{Nd}_\\s]");
    private static final List<String> INSERTED = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'",
            "\n",
            ";",
            ",",
            ":",
            "=",
            "->",
            "..",
            "+",
            "-",
            "^",
            "dt",
            " dw ",
            "if ",
            "else ",
            "for ",
            "in ",
            "then ",
            "sde ",
            "fn ",
            "return ",
            "not ",
            "import ",
            "∘",
            "{x}",
            "\\",
            "\\u{",
            "1",
            "1e",
            "##",
            "elif",
            "lambda ",
            "((((((((",
            "[[[[[[[[",
            "}}}}",
            "\"{\"{\"{",
            "x(t) = ",
            "x[i]");
    private static final List<String> JUNK = List.of(
            "\0",
            "\uD800",
            "\uDC00",
            "\uFEFF",
            "\uFFFD",
            "\r",
            "\r\n",
            "\u2028",
            "\u2029",
            "\u0085",
            "\u000B",
            "\u200B",
            "\u200F",
            "\u202E",
            "\u2066",
            "\u00AD",
            "é",
            "e\u0301\u0301\u0301",
            "א",
            "ب",
            "𝒙",
            "👩‍🔬",
            "½",
            "−",
            "“");

    private final Random random;

    Damage(Random random) {
        this.random = random;
    }

    String of(String script) {
        String text = script;
        for (int i = random.nextInt(1, MOST + 1); i > 0; i--) {
            text = once(text);
        }
        return text;
    }

    private String once(String text) {
        return switch (random.nextInt(8)) {
            case 0 -> inserted(text, one(INSERTED));
            case 1 -> inserted(text, one(JUNK));
            case 2 -> text.substring(0, place(text));
            case 3 -> text.substring(place(text));
            case 4, 5 -> shuffled(words(text));
            case 6 -> shuffled(List.of(text.split("(?<=\n)")));
            default -> shuffled(text.codePoints().mapToObj(Character::toString).toList());
        };
    }

    private String inserted(String text, String more) {
        int at = place(text);
        return text.substring(0, at) + more + text.substring(at);
    }

    private int place(String text) {
        return random.nextInt(text.length() + 1);
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Removes, doubles, replaces or exchanges a part. */
    private String shuffled(List<String> parts) {
        if (parts.isEmpty()) {
            return one(INSERTED);
        }
        List<String> changed = new ArrayList<>(parts);
        int at = random.nextInt(parts.size());
        int other = random.nextInt(parts.size());
        switch (random.nextInt(4)) {
            case 0 -> changed.remove(at);
            case 1 -> changed.add(other, parts.get(at));
            case 2 -> changed.set(at, parts.get(other));
            default -> {
                changed.set(at, parts.get(other));
                changed.set(other, parts.get(at));
            }
        }
        return String.join("", changed);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
