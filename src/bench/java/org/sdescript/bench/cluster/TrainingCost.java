package org.sdescript.bench.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.sdescript.exchange.Ring;
import org.sdescript.pipeline.Pipeline;
import org.sdescript.pipeline.RunningScript;
import org.sdescript.pipeline.ScriptParameters;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Settings;
import org.sdescript.source.Source;
import org.sdescript.syntax.Parser;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.cluster.TrainingCost}: the time of a training step by network
 * and batch, how much it varies, and what the copies of an exchange add.
 */
public final class TrainingCost {
    private static final Path HERE = Path.of("target");
    private static final int BATCH = 128;
    private static final int ROUNDS = 5;

    private static final String UNET = "unet(base = 32)";

    private TrainingCost() {}

    public static void main(String[] arguments) {
        System.out.printf(
                Locale.ROOT, "%-44s %12s %10s %14s %8s%n", "", "parameters", "ms a step", "ns a number", "sigma");
        line("smallest network, batch 1", "mlp(hidden = 1, depth = 1)", "randn([256, 2])", 1, 2000, false);
        for (int hidden : new int[] {128, 512, 1600}) {
            String network = "mlp(hidden = " + hidden + ", depth = 4)";
            int steps = hidden > 1000 ? 20 : 200;
            double alone = line("mlp of " + hidden, network, "randn([256, 2])", BATCH, steps, false);
            double shared = line("the same in a ring of one", network, "randn([256, 2])", BATCH, steps, true);
            System.out.printf(
                    Locale.ROOT, "%-44s %38.2f ns a number%n", "  copies", 1e9 * (shared - alone) / parameters);
        }
        line("U-Net on 1 × 32 × 32, batch 16", UNET, "randn([256, 1, 32, 32])", 16, 20, false);
    }

    private static double parameters;

    private static double line(String what, String network, String data, int batch, int steps, boolean isShared) {
        double[] medians = new double[ROUNDS];
        double[] sigmas = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Times times = new Times();
            try (Session session = new Session(Settings.standard(), times, HERE, HERE)) {
                RunningScript script =
                        new Pipeline().bind(HERE.resolve("benchmark.sde"), ScriptParameters.of(Map.of()), session);
                String text = "s = train(" + network + ", " + data + ", VP(), steps = " + (steps + 5) + ", batch = "
                        + batch + ", ema = 0)\nprint(s.parameters)\n";
                Runnable run = () -> script.run(
                        Parser.parse(new Source("benchmark.sde", text)).program());
                if (isShared) {
                    session.during(new Replica(Ring.alone()), () -> {
                        run.run();
                        return true;
                    });
                } else {
                    run.run();
                }
            }
            medians[round] = times.median();
            sigmas[round] = times.sigma();
            parameters = Double.parseDouble(times.printed);
        }
        Arrays.sort(medians);
        Arrays.sort(sigmas);
        double seconds = medians[ROUNDS / 2];
        System.out.printf(
                Locale.ROOT,
                "%-44s %12.0f %10.3f %14.4f %8.3f%n",
                what,
                parameters,
                1e3 * seconds,
                1e9 * seconds / parameters / batch,
                sigmas[ROUNDS / 2]);
        return seconds;
    }

    /** The time of each step of a training, by the reports to the console. */
    private static final class Times implements Console, Console.Progress {
        private final List<Double> times = new ArrayList<>();
        private String printed = "";

        @Override
        public void line(String text) {
            printed = text;
        }

        @Override
        public void note(String text) {}

        @Override
        public Progress progress(String title, long total) {
            return this;
        }

        @Override
        public void update(long done, Supplier<String> state) {
            times.add(System.nanoTime() / 1e9);
        }

        @Override
        public void close() {}

        /** The seconds of the steps without the first five, in which kernels are compiled. */
        private double[] steps() {
            double[] steps = new double[times.size() - 6];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = times.get(i + 6) - times.get(i + 5);
            }
            Arrays.sort(steps);
            return steps;
        }

        double median() {
            double[] steps = steps();
            return steps[steps.length / 2];
        }

        /** Half the logarithm of the ratio of the quantiles 0.84 and 0.16, which one pause of the system does not change. */
        double sigma() {
            double[] steps = steps();
            int last = steps.length - 1;
            return Math.log(steps[(int) (0.8413 * last)] / steps[(int) (0.1587 * last)]) / 2;
        }
    }
}
