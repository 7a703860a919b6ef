package org.sdescript.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Settings;
import picocli.CommandLine.Option;

/** The options for the cluster that a run computes on. */
final class ClusterOptions {
    private static final String PREFIX = "spark.";

    @Option(
            names = "--cluster",
            paramLabel = "MASTER",
            description = "Samples and trains on Apache Spark: local[4], spark://HOST:PORT, or another master.")
    private @Nullable String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.executor.memory=8g; may be given several times.")
    private List<String> conf = new ArrayList<>();

    /** @param usage makes the error for an invalid value */
    Settings in(Settings settings, Function<String, RuntimeException> usage) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : conf) {
            int equals = entry.indexOf('=');
            if (equals < 0 || !entry.startsWith(PREFIX)) {
                throw usage.apply("--conf is a setting of Spark such as spark.executor.memory=8g, not " + entry);
            }
            entries.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        if (master != null && !ClusterSettings.isMaster(master)) {
            throw usage.apply("--cluster is local[4], local[*], spark://HOST:PORT, yarn or k8s://…, not " + master);
        }
        String chosen = master == null ? settings.cluster().master() : master;
        return settings.cluster(new ClusterSettings(chosen, entries));
    }

    /** The same options as words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (master != null) {
            words.addAll(List.of("--cluster", master));
        }
        conf.forEach(entry -> words.addAll(List.of("--conf", entry)));
        return words;
    }
}
