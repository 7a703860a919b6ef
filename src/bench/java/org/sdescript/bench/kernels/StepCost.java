package org.sdescript.bench.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.sdescript.backend.RandomStream;
import org.sdescript.graph.Shape;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.kernels.StepCost -Dbench=10}: the cost of a step besides its
 * arithmetic, in microseconds. The kernel of the empty step adds a number to one sample, so nearly all its microseconds
 * are those of the interpreter and the call. The noise of a step is measured alone.
 */
public final class StepCost {
    private static final int STEPS = 2000;

    /**
     * The processor time of this thread, which also runs the engine's single thread; other work on the machine does not
     * count.
     */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final int rounds;

    private StepCost(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 && arguments[0].matches("\\d+") ? Integer.parseInt(arguments[0]) : 10;
        new StepCost(rounds).run();
    }

    private void run() {
        System.out.printf(Locale.ROOT, "%-44s %9s %9s%n", "µs a step", "min", "median");
        try (ScriptSide script = new ScriptSide()) {
            script.run("""
                    p = VP()
                    exact = normal(std = 0.5).score(p)
                    tiny = train(mlp(hidden = 1, depth = 1), randn([100, 2]), p, steps = 2, batch = 16)
                    predictor empty(process, score, x, t, dt) {
                      y = x + dt
                      return y, y
                    }
                    """);
            sampling(script, "empty kernel, 1 sample", "exact", "empty");
            sampling(script, "reverse diffusion, exact score, 1 sample", "exact", "reverse_diffusion");
            sampling(script, "reverse diffusion, tiny network, 1 sample", "tiny", "reverse_diffusion");
            for (int batch : new int[] {128, 1024}) {
                RandomStream random = new RandomStream(1);
                Shape shape = Shape.of(batch, 2);
                measure("noise of " + batch + " samples of 2 numbers", steps -> {
                    for (int i = 0; i < steps; i++) {
                        random.normal(shape);
                    }
                });
            }
        }
    }

    private void sampling(ScriptSide script, String what, String score, String predictor) {
        measure(
                what,
                steps -> script.run("x = sample(p, " + score + ", n = 1, shape = [2], seed = 1, using = pc(predictor = "
                        + predictor + ", steps = " + steps + "))\n"));
    }

    private void measure(String what, IntConsumer work) {
        work.accept(STEPS);
        double[] times = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            work.accept(STEPS);
            times[round] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / STEPS;
        }
        Arrays.sort(times);
        System.out.printf(Locale.ROOT, "%-44s %9.1f %9.1f%n", what, times[0], times[rounds / 2]);
    }
}
