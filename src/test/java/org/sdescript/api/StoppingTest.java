package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.SdeError;

/**
 * Interrupts work of each kind while it runs. The work would take minutes, or for ever; the test requires only that it
 * ends after the request, within a limit that no machine needs.
 */
class StoppingTest {
    private static final String STARTED = "started";

    /** The time for the work to start; if it has not started, the test checks less but does not fail. */
    private static final long INTO_THE_WORK_MILLIS = 700;

    private static final long HANGS_AFTER_SECONDS = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while true {}",
                "x = [i*j for i in 1..100_000 for j in 1..100_000]",
                "s = \"\"; repeat 100_000_000 { s = \"{s}a\" }",
                "x = sorted([sin(i) for i in 1..3_000_000], key = v -> cos(v))",
                "x = [0]; repeat 60 { x = [x, x] }; print(x)",
                "x = [0]; repeat 60 { x = [x, x] }; y = x; print(x == y)",
                "x = [0]; repeat 60 { x = {a: x, b: x} }; s = string(x)",
                "x = [randn([2]) for i in 1..200]; repeat 60 { x = zip(x, x) }",
                "plot(contour(x -> x[:, 0], levels = 10_000), to = \"a.svg\")",
                "plot(scatter(randn([3_000_000, 2])), to = \"a.svg\")",
                "plot(line(linspace(0, 1, 5_000_000), randn([5_000_000])), to = \"a.png\")",
                "animate([ones([2000, 2000]) for i in 1..2000], to = \"a.gif\")",
                "save(randn([30_000_000]), \"a.csv\"); x = csv(\"a.csv\")",
                "save([sin(i) for i in 1..9_000_000], \"a.json\")",
                "x = randn([20_000_000]); y = list(x)",
                "m = mlp(hidden = 8, depth = 20_000); train(m, moons(64), VP(), steps = 5)",
                "x = moons(50_000_000)",
            })
    void ends_when_it_is_asked_to(String script) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Throwable[] end = new Throwable[1];
        Sde work = Sde.of("print(\"" + STARTED + "\")\n" + script + "\nwhile true {}")
                .threads(1)
                .folder(folder.resolve("out"))
                .output(line -> started.countDown());
        Thread runner = new Thread(() -> {
            try {
                work.run().close();
            } catch (Throwable thrown) {
                end[0] = thrown;
            }
        });
        runner.start();
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(INTO_THE_WORK_MILLIS);
        runner.interrupt();
        runner.join(TimeUnit.SECONDS.toMillis(HANGS_AFTER_SECONDS));

        assertThat(runner.isAlive()).as("still at work: %s", stack()).isFalse();
        assertThat(end[0]).as("%s", end[0]).isInstanceOfAny(CancellationException.class, SdeError.class);
        assertThat(Files.exists(folder.resolve("out/a.gif"))).isFalse();
    }

    private static String stack() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals("sde-run"))
                .map(entry -> Arrays.stream(entry.getValue())
                        .limit(25)
                        .map(String::valueOf)
                        .collect(Collectors.joining("\n  ")))
                .collect(Collectors.joining("\n"));
    }
}
