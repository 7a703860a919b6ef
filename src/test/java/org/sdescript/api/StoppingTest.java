package org.sdescript.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.torchscript.Archive;

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
        stop(script);
    }

    /** The network of another program, called again and again and as the score of many steps. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "while true { y = net(x, 0.5) }",
                "y = sample(VP(), net, n = 100_000, using = pc(steps = 1_000_000))",
                "y = grad(z -> sum([sum(net(z, k/1e5)) for k in 1..100_000]), x)"
            })
    void an_imported_network_ends_when_it_is_asked_to(String script) throws Exception {
        Path file = folder.resolve("net.pt");
        Files.write(
                file,
                Archive.of(
                        "  def forward(self, x: Tensor, t: Tensor):\n    for i in range(20):\n      x = torch.tanh(x)\n    return x\n"));
        stop("net = import_network(\"" + file + "\", VP(), shape = [2])\nx = randn([1000, 2])\n" + script);
    }

    /** A step of 30,000 operations, which is traced, written and compiled before it runs. */
    @ParameterizedTest
    @ValueSource(strings = {"repeat 30_000 { y = sin(y) + x }", "for k in 1..30_000 { y = cos(k*y) + k*x }"})
    void a_predictor_of_many_operations_ends_when_it_is_asked_to(String body) throws Exception {
        stop("""
                predictor long(process, score, x, t, dt) {
                  y = x
                  %s
                  return y, y
                }
                s = sample(VP(), normal().score(VP()), n = 4, shape = [2], using = pc(predictor = long, steps = 1000))
                """.formatted(body));
    }

    /** Each would derive for minutes: a long chain of states, an integral of many products, a high derivative. */
    @ParameterizedTest
    @ValueSource(strings = {"chain", "product", "powers"})
    void symbolic_algebra_ends_when_it_is_asked_to(String kind) throws Exception {
        String body =
                switch (kind) {
                    case "chain" ->
                        IntStream.range(0, 40)
                                .mapToObj(i ->
                                        "dx_%d = (x_%d - %d*x_%d/7) dt + dw_%d".formatted(i, (i + 1) % 40, i + 1, i, i))
                                .collect(Collectors.joining("\n  "));
                    case "product" ->
                        "dx = -"
                                + IntStream.range(1, 12)
                                        .mapToObj(i -> "(1 + sin(%d*t)^2*exp(t/%d))".formatted(i, i))
                                        .collect(Collectors.joining("*"))
                                + "*x dt + dw";
                    default -> "dx = -(1 + t + sin(t))^60*(2 + cos(3*t))^60*x dt + exp(sin(t)^9)*dw";
                };
        stop("sde Long() {\n  t in [0, 1]\n  " + body
                + "\n}\nrepeat 100_000 { explain(Long()); print(Long().transition) }");
    }

    @Test
    void a_table_of_many_columns_ends_when_it_is_asked_to() throws Exception {
        Path file = folder.resolve("wide.csv");
        String row = IntStream.range(0, 2_000_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
        Files.writeString(file, row.replaceAll("(\\d+)", "c$1") + "\n" + row + "\n" + row + "\n");
        stop("repeat 1000 { x = csv(\"" + file + "\") }");
    }

    private void stop(String script) throws Exception {
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
