package org.sdescript.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Execution;
import org.sdescript.runtime.Precision;
import org.sdescript.runtime.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for device, precision, backend and cluster of every command that runs a script. */
final class SettingsOptions {
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|gpu(:\\d{1,3})?");

    @Option(names = "--device", paramLabel = "D", description = "auto, cpu, gpu or gpu:1.")
    private @Nullable String device;

    @Option(names = "--precision", paramLabel = "P", description = "float32, float64, tf32 or bfloat16.")
    private @Nullable String precision;

    @Option(
            names = "--backend",
            paramLabel = "B",
            description = "torchscript; or eager, which runs kernels operation by operation: slower, for comparison.")
    private @Nullable String backend;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            description = "tensorboard: trainings also write event files, for tensorboard --logdir runs.")
    private @Nullable String log;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    /** @param usage makes the error for an invalid value */
    Settings settings(Function<String, RuntimeException> usage) {
        Settings settings = cluster.in(Settings.standard(), usage);
        if (device != null) {
            if (!DEVICE.matcher(device).matches()) {
                throw usage.apply("--device is auto, cpu, gpu or gpu:1, not " + device);
            }
            settings = settings.device(device);
        }
        if (backend != null) {
            settings = settings.execution(Execution.named(backend)
                    .orElseThrow(() -> usage.apply("--backend is torchscript or eager, not " + backend)));
        }
        if (precision != null) {
            settings = settings.precision(Precision.named(precision)
                    .orElseThrow(() -> usage.apply("--precision is " + Precision.names() + ", not " + precision)));
        }
        if (log != null && !log.equals("tensorboard")) {
            throw usage.apply("--log is tensorboard, not " + log);
        }
        return log == null ? settings : settings.eventFiles(true);
    }

    /** The same options as words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--device", device);
        add(words, "--precision", precision);
        add(words, "--backend", backend);
        add(words, "--log", log);
        words.addAll(cluster.words());
        return words;
    }

    private static void add(List<String> words, String name, @Nullable String value) {
        if (value != null) {
            words.addAll(List.of(name, value));
        }
    }
}
