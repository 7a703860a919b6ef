package org.sdescript.bench.kernels;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code mvn -Pbench test -Dbench.main=org.sdescript.bench.kernels.KernelBenchmark -Dbench=10}: rounds of each piece of
 * work in turn, minimum and median, as a table and in target/kernels.json. {@code SDE_PYTHON} names a Python with
 * PyTorch; without one, its lines are missing.
 */
public final class KernelBenchmark {
    private static final int STEPS = 1000;
    private static final int SAMPLES = 20_000;

    private final int rounds;
    private final List<Contest> contests = new ArrayList<>();

    private KernelBenchmark(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 && arguments[0].matches("\\d+") ? Integer.parseInt(arguments[0]) : 10;
        new KernelBenchmark(rounds).run();
    }

    private void run() throws IOException {
        System.setProperty("ai.djl.offline", "true");
        Engine.getEngine("PyTorch");
        JniUtils.setNumThreads(Integer.getInteger("sde.threads", 1));
        Map<String, List<Double>> python = PythonSide.measure(rounds);
        for (int batch : new int[] {128, 1024}) {
            perceptron(batch, python);
        }
        for (int batch : new int[] {16, 64}) {
            unet(batch, python);
            memory(batch);
        }
        List<Map<String, Object>> records =
                contests.stream().map(Contest::record).toList();
        Files.writeString(
                Path.of("target", "kernels.json"),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(records));
    }

    private void perceptron(int batch, Map<String, List<Double>> python) {
        try (ScriptSide script = new ScriptSide();
                HandWrittenSteps djl =
                        new HandWrittenSteps(new HandWrittenPerceptron(128, 4, 64), new Shape(batch, 2), SAMPLES)) {
            RawSteps raw = RawScript.of(batch);
            script.run("p = VP()\ndata = randn([20_000, 2])\nnet = mlp(hidden = 128, depth = 4)\n"
                    + "score = train(net, data, p, steps = 2, batch = " + batch + ")\n");
            finish(
                    new Contest("perceptron, sampling step, batch " + batch, STEPS)
                            .with(
                                    "script",
                                    times -> script.run("x = sample(p, score, n = " + batch
                                            + ", seed = 1, using = pc(steps = " + times + "))\n"))
                            .with("DJL by hand", djl::sample)
                            .with("TorchScript by hand", raw::sample),
                    python);
            finish(
                    new Contest("perceptron, divergence by one probe, batch " + batch, STEPS)
                            .with(
                                    "script",
                                    times -> script.run("y = randn([" + batch + ", 2])\nrepeat " + times
                                            + " { d = divergence(x -> score(x, 0.5), y, probes = 1) }\n"))
                            .with("DJL by hand", djl::divergence)
                            .with("TorchScript by hand", raw::divergence),
                    python);
            finish(
                    new Contest("perceptron, training step, batch " + batch, STEPS)
                            .with(
                                    "script",
                                    times -> script.run("s = train(net, data, p, steps = " + times + ", batch = "
                                            + batch + ", ema = 0, clip = 0)\n"))
                            .with("DJL by hand", djl::train)
                            .with("TorchScript by hand", raw::train),
                    python);
        }
    }

    private void unet(int batch, Map<String, List<Double>> python) {
        try (ScriptSide script = new ScriptSide();
                HandWrittenSteps djl = new HandWrittenSteps(
                        HandWrittenUNet.network(), new Shape(batch, 1, 32, 32), UNetScript.SAMPLES)) {
            RawSteps raw = RawUNet.of(batch);
            script.run(UNetScript.begin(batch));
            int few = Math.max(2, 96 / batch);
            finish(
                    new Contest("U-Net, forward, batch " + batch, few)
                            .with("script", times -> script.run(UNetScript.forward(times)))
                            .with("DJL by hand", djl::forward)
                            .with("TorchScript by hand", raw::forward),
                    python);
            finish(
                    new Contest("U-Net, sampling step, batch " + batch, few)
                            .with("script", times -> script.run(UNetScript.sample(times, batch)))
                            .with("DJL by hand", djl::sample)
                            .with("TorchScript by hand", raw::sample),
                    python);
            finish(
                    new Contest("U-Net, training step, batch " + batch, 2 * few)
                            .with("script", times -> script.run(UNetScript.train(times, batch)))
                            .with("DJL by hand", djl::train)
                            .with("TorchScript by hand", raw::train),
                    python);
        }
    }

    private static void memory(int batch) throws IOException {
        System.out.printf("U-Net, memory of training, batch %d%n", batch);
        for (String contender : List.of("nothing", "script", "DJL by hand", "TorchScript by hand")) {
            System.out.printf("  %-28s %10d MiB%n", contender, PeakMemory.of(contender, batch));
        }
    }

    private void finish(Contest contest, Map<String, List<Double>> python) {
        contest.run(rounds);
        if (python.containsKey(contest.title())) {
            contest.add("Python", python.get(contest.title()));
        }
        contests.add(contest);
        System.out.print(contest.table());
    }
}
