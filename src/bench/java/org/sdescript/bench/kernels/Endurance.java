package org.sdescript.bench.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.kernels.Endurance -Dbench=1000000}: that many calls of a
 * small kernel and a tenth as many steps of training, with the memory of the process after each tenth. Growth after the
 * first tenth is a leak.
 */
public final class Endurance {
    private static final int PARTS = 10;

    private Endurance() {}

    public static void main(String[] arguments) throws IOException {
        int calls = arguments.length > 0 && arguments[0].matches("\\d+") ? Integer.parseInt(arguments[0]) : 1_000_000;
        try (ScriptSide script = new ScriptSide()) {
            script.run("p = VP()\nexact = normal(std = 0.5).score(p)\nx = randn([8, 2])\ndata = randn([1000, 2])\n");
            tell("calls of a kernel", calls, script, "repeat %d { x, m = euler_maruyama(p, exact, x, 0.5, -1e-4) }\n");
            tell(
                    "steps of training",
                    calls / 10,
                    script,
                    "s = train(mlp(hidden = 16, depth = 1), data, p, steps = %d, batch = 32, ema = 0.99, clip = 1)\n");
        }
    }

    private static void tell(String what, int count, ScriptSide script, String text) throws IOException {
        System.out.printf(Locale.ROOT, "%d %s, MB of the process after each tenth:%n", count, what);
        long start = System.nanoTime();
        for (int part = 0; part < PARTS; part++) {
            script.run(text.formatted(count / PARTS));
            System.gc();
            System.out.printf(Locale.ROOT, " %.1f", residentKilobytes() / 1024.0);
        }
        System.out.printf(Locale.ROOT, "%n%.1f µs each%n", (System.nanoTime() - start) / 1e3 / count);
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(-1);
    }
}
