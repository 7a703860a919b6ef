package org.sdescript.runtime;

import java.util.Map;
import java.util.regex.Pattern;
import org.sdescript.diagnostic.Diagnostic;

/**
 * The cluster that a run computes on.
 *
 * @param master the address of Apache Spark's master, such as {@code local[4]}; empty for none
 * @param conf further settings of Spark, such as {@code spark.executor.memory}
 */
public record ClusterSettings(String master, Map<String, String> conf) {
    public static final ClusterSettings NONE = new ClusterSettings("", Map.of());

    /** The property in which {@code spark-submit} passes on its master. */
    private static final String SUBMITTED = "spark.master";

    private static final Pattern MASTER =
            Pattern.compile("local|local\\[(\\d{1,4}|\\*)(,\\d{1,4})?]|local-cluster\\[\\d+,\\d+,\\d+]"
                    + "|spark://[^\\s,:/]+:\\d{1,5}(,[^\\s,:/]+:\\d{1,5})*|yarn|k8s://\\S+");

    public ClusterSettings {
        conf = Map.copyOf(conf);
    }

    /** The cluster that {@code spark-submit} started this program for; none if something else started the program. */
    public static ClusterSettings standard() {
        String submitted = System.getProperty(SUBMITTED, "");
        return submitted.isEmpty() ? NONE : new ClusterSettings(submitted, Map.of());
    }

    /** Returns the settings with another master. Throws if the text is neither empty nor an address of a master. */
    public ClusterSettings master(String address) {
        if (!address.isEmpty() && !isMaster(address)) {
            throw Diagnostic.error("E0940", null, "`" + address + "` is not the address of a cluster")
                    .help("a cluster is `local[4]`, `local[*]`, `spark://HOST:PORT`, `yarn` or `k8s://…`")
                    .raise();
        }
        return new ClusterSettings(address, conf);
    }

    public static boolean isMaster(String address) {
        return MASTER.matcher(address).matches();
    }

    public boolean isNone() {
        return master.isEmpty();
    }
}
