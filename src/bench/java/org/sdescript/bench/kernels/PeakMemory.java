package org.sdescript.bench.kernels;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The peak memory of training steps, each contender in its own process. */
final class PeakMemory {
    private static final int STEPS = 6;

    private PeakMemory() {}

    /**
     * Trains the contender named by the first argument with the second as batch size, and prints the process's peak
     * resident size in MiB.
     */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("ai.djl.offline", "true");
        Engine.getEngine("PyTorch");
        JniUtils.setNumThreads(Integer.getInteger("sde.threads", 1));
        int batch = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "script" -> {
                try (ScriptSide script = new ScriptSide()) {
                    script.run(UNetScript.NETWORKS + UNetScript.train(STEPS, batch));
                }
            }
            case "DJL by hand" -> {
                try (HandWrittenSteps djl = new HandWrittenSteps(
                        HandWrittenUNet.network(), new Shape(batch, 1, 32, 32), UNetScript.SAMPLES)) {
                    djl.train(STEPS);
                }
            }
            case "TorchScript by hand" -> RawUNet.of(batch).train(STEPS);
            case "nothing" -> {}
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(each -> each.startsWith("VmHWM"))
                .findFirst()
                .orElseThrow();
        System.out.println(Long.parseLong(line.replaceAll("\\D", "")) / 1024);
    }

    /** The peak in MiB, with the garbage collector that the launcher chooses. */
    static long of(String contender, int batch) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Dsde.threads=" + Integer.getInteger("sde.threads", 1),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PeakMemory.class.getName(),
                        contender,
                        String.valueOf(batch)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(said.lines().reduce((first, last) -> last).orElse("-1"));
    }
}
