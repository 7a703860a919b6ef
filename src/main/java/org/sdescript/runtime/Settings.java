package org.sdescript.runtime;

import org.sdescript.backend.Execution;

/**
 * The settings of a run.
 *
 * @param device {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:1}
 * @param threads the number of threads of the tensor engine; 0 for the engine's default
 * @param execution the execution mode of kernels
 * @param eventFiles true if trainings also write event files for TensorBoard
 * @param cluster the cluster that samples and trainings run on; {@link ClusterSettings#NONE} for this machine alone
 */
public record Settings(
        String device,
        Precision precision,
        long seed,
        int threads,
        Execution execution,
        boolean eventFiles,
        ClusterSettings cluster) {
    public static Settings standard() {
        return new Settings(
                "auto",
                Precision.FLOAT32,
                0,
                Integer.getInteger("sde.threads", 0),
                standardExecution(),
                false,
                ClusterSettings.standard());
    }

    private static Execution standardExecution() {
        return Execution.named(System.getProperty("sde.backend", "")).orElse(Execution.TORCHSCRIPT);
    }

    public Settings device(String name) {
        return new Settings(name, precision, seed, threads, execution, eventFiles, cluster);
    }

    public Settings precision(Precision chosen) {
        return new Settings(device, chosen, seed, threads, execution, eventFiles, cluster);
    }

    public Settings seed(long number) {
        return new Settings(device, precision, number, threads, execution, eventFiles, cluster);
    }

    public Settings threads(int number) {
        return new Settings(device, precision, seed, number, execution, eventFiles, cluster);
    }

    public Settings execution(Execution chosen) {
        return new Settings(device, precision, seed, threads, chosen, eventFiles, cluster);
    }

    public Settings eventFiles(boolean chosen) {
        return new Settings(device, precision, seed, threads, execution, chosen, cluster);
    }

    public Settings cluster(ClusterSettings chosen) {
        return new Settings(device, precision, seed, threads, execution, eventFiles, chosen);
    }
}
