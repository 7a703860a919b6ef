package org.sdescript.syntax;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.sdescript.check.Checker;
import org.sdescript.check.Globals;
import org.sdescript.source.Source;
import org.sdescript.syntax.format.Formatter;

/** Damaged scripts are answered with diagnostics, never with an exception, and never not at all. */
class MutationTest {
    private static final int CASES = 5_000;
    private static final List<String> INSERTED = List.of(
            "(", ")", "[", "]", "{", "}", "\"", "'", "\n", ";", ",", ":", "=", "->", "..", "+", "dt", " dw ", "if ",
            "else ", "for ", "in ", "then ", "sde ", "fn ", "return ", "\0", "\uD800", "∘", "{x}", "\\", "1", "##",
            "\r", "elif", "lambda ");

    @Test
    void damaged_scripts_never_throw_or_hang() throws IOException {
        List<String> scripts = scripts();
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            String text = damaged(scripts.get(random.nextInt(scripts.size())), random);
            String label = "seed " + seed + ":\n" + text;
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatCode(() -> read(new Source("damaged", text)))
                            .as(label)
                            .doesNotThrowAnyException(),
                    label);
        }
    }

    private static void read(Source source) {
        Checker.check(Parser.parse(source), Globals.NONE);
        Formatter.format(source);
    }

    private static List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>();
        for (String folder : List.of("src/test/resources/language", "src/test/sde/syntax")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".sde"))
                        .sorted()
                        .toList()) {
                    scripts.add(Files.readString(file));
                }
            }
        }
        return scripts;
    }

    private static String damaged(String script, Random random) {
        StringBuilder text = new StringBuilder(script);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextInt(text.length());
            int length = Math.min(random.nextInt(1, 12), text.length() - at);
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, at + length);
                case 1 -> text.insert(at, INSERTED.get(random.nextInt(INSERTED.size())));
                case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
                default -> text.replace(at, at + length, INSERTED.get(random.nextInt(INSERTED.size())));
            }
            if (text.isEmpty()) {
                text.append(' ');
            }
        }
        return text.toString();
    }
}
