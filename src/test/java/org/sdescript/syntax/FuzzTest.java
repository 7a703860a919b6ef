package org.sdescript.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sdescript.ast.DeepStack;
import org.sdescript.check.Checker;
import org.sdescript.check.Globals;
import org.sdescript.source.Source;
import org.sdescript.syntax.format.Formatter;

/**
 * Damaged scripts give diagnostics, never an exception, and always end. A few thousand in each build;
 * {@code -Dsde.fuzz=200000} damages that many, and prints the slowest.
 */
class FuzzTest {
    private static final int USUAL = 3_000;
    private static final int CASES = Integer.getInteger("sde.fuzz", USUAL);
    private static final int SLOWEST = 5;

    /** A generous limit, because a busy machine may be slow; only a parser that never ends exceeds it. */
    private static final int PATIENCE_SECONDS = 30;

    private record Case(int seed, String text, long millis) {}

    @Test
    void damaged_scripts_never_throw_or_hang() throws IOException {
        List<String> scripts = scripts();
        List<Case> slowest = new ArrayList<>();
        try (ExecutorService reader = Executors.newSingleThreadExecutor(work -> DeepStack.thread("reader", work))) {
            for (int seed = 0; seed < CASES; seed++) {
                Random random = new Random(seed);
                String text = new Damage(random).of(scripts.get(random.nextInt(scripts.size())));
                slowest.add(read(reader, seed, text));
                if (slowest.size() > 2 * SLOWEST) {
                    slowest.sort(Comparator.comparingLong(Case::millis).reversed());
                    slowest.subList(SLOWEST, slowest.size()).clear();
                }
            }
        }
        assertThat(slowest).isNotEmpty();
        if (CASES > USUAL) {
            slowest.forEach(each -> System.out.printf(
                    "%d ms for %d characters, seed %d%n",
                    each.millis(), each.text().length(), each.seed()));
        }
    }

    private static Case read(ExecutorService reader, int seed, String text) {
        long start = System.nanoTime();
        var work = reader.submit(() -> read(new Source("damaged", text)));
        try {
            work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            fail("seed " + seed + ":\n" + text, thrown.getCause());
        } catch (TimeoutException late) {
            reader.shutdownNow();
            fail("no answer to seed " + seed + ":\n" + text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Case(seed, text, (System.nanoTime() - start) / 1_000_000);
    }

    private static void read(Source source) {
        Checker.check(Parser.parse(source), Globals.NONE);
        Formatter.format(source);
    }

    private static List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>();
        for (String folder : List.of("stdlib", "examples", "src/test/sde", "src/test/resources/language")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".sde"))
                        .sorted()
                        .toList()) {
                    scripts.add(Files.readString(file));
                }
            }
        }
        return scripts;
    }
}
