package org.sdescript.syntax.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sdescript.ast.DeepStack;
import org.sdescript.ast.Program;
import org.sdescript.source.Source;
import org.sdescript.source.Span;
import org.sdescript.syntax.Parsed;
import org.sdescript.syntax.Parser;

/** Text → tree → text → tree loses nothing, and a second round changes nothing. */
class RoundTripTest {
    /** {@code -Dsde.fuzz=200000} generates that many. */
    private static final int GENERATED = Integer.getInteger("sde.fuzz", 1_000);

    /** Each script is commented anew so often that about as many characters are read, at most ten times. */
    private static final int COMMENTED_CHARACTERS = 10_000;

    private static final int COMMENTED = 10;

    @TestFactory
    Stream<DynamicTest> scripts_mean_the_same_when_formatted() throws IOException {
        return scripts().stream()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> requireFaithful(Files.readString(file))));
    }

    @Test
    void generated_programs_are_read_as_they_were_written() {
        for (int seed = 0; seed < GENERATED; seed++) {
            Program program = new GeneratedPrograms(seed).program();
            String text = Formatter.print(program);
            Parsed parsed = Parser.parse(new Source("generated", text));

            assertThat(parsed.diagnostics()).as("seed %d:%n%s", seed, text).isEmpty();
            assertThat(parsed.program()).as("seed %d:%n%s", seed, text).isEqualTo(program);
            requireFaithful(text);
        }
    }

    @Test
    void comments_survive_wherever_they_stand() throws IOException {
        int commented = 0;
        for (Path file : scripts()) {
            String text = Files.readString(file);
            int times = Math.clamp(COMMENTED_CHARACTERS / (1 + text.length()), 1, COMMENTED);
            for (int seed = 0; seed < times; seed++) {
                Random random = new Random(seed);
                String more = DeepStack.run(() -> commented(text, random));
                commented += more.equals(text) ? 0 : 1;
                requireFaithful(more);
            }
        }
        assertThat(commented).isGreaterThan(500);
    }

    @Test
    void comments_survive_in_generated_programs() {
        for (int seed = 0; seed < 1_000; seed++) {
            String text = Formatter.print(new GeneratedPrograms(seed).program());
            Random random = new Random(seed);
            requireFaithful(DeepStack.run(() -> commented(text, random)));
        }
    }

    private static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (String folder : List.of("stdlib", "examples", "src/test/sde", "src/test/resources/language")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".sde")).sorted().forEach(scripts::add);
            }
        }
        return scripts;
    }

    private static void requireFaithful(String text) {
        Source source = new Source("script", text);
        Formatted formatted = format(source);
        Parsed before = Parser.parse(source);
        if (before.hasErrors()) {
            assertThat(formatted.text()).isEqualTo(text);
            assertThat(formatted.errors()).hasSameSizeAs(before.diagnostics());
            return;
        }
        Source after = new Source("formatted", formatted.text());
        assertThat(Parser.parse(after).orThrow()).as(text).isEqualTo(before.program());
        assertThat(comments(after)).as(text).containsExactlyInAnyOrderElementsOf(comments(source));
        assertThat(Formatter.format(after).text()).as(text).isEqualTo(formatted.text());
    }

    /** Formats a source; the formatter throws if it would lose something. */
    private static Formatted format(Source source) {
        try {
            return Formatter.format(source);
        } catch (RuntimeException fault) {
            throw new AssertionError(source.text(), fault);
        }
    }

    private static List<String> comments(Source source) {
        return Parser.comments(source).stream()
                .map(Span::text)
                .map(String::stripTrailing)
                .toList();
    }

    /** True between two letters or digits: a comment there splits a name, a number, a string or another comment. */
    private static boolean isInWord(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at));
    }

    /** Inserts comments in places where they change nothing. */
    private static String commented(String text, Random random) {
        String commented = text;
        Parsed meant = Parser.parse(new Source("script", text));
        for (int i = 0; i < 30 && !meant.hasErrors(); i++) {
            int at = random.nextInt(commented.length() + 1);
            String comment =
                    List.of("# a", "## b", "\n# c", "\n\n# d", "\n#\n#! e").get(random.nextInt(5));
            if (isInWord(commented, at)) {
                continue;
            }
            String more = commented.substring(0, at) + comment + "\n" + commented.substring(at);
            Parsed parsed = Parser.parse(new Source("script", more));
            if (!parsed.hasErrors() && parsed.program().equals(meant.program())) {
                commented = more;
            }
        }
        return commented;
    }
}
