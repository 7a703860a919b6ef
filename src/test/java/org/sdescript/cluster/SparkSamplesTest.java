package org.sdescript.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Console;

/** Maps on Spark in this process give the bytes of a run without it. */
@Timeout(900)
class SparkSamplesTest {
    private static final String SAMPLES = saved("model", SampledScripts.model(""))
            + saved("cld", SampledScripts.cld(""))
            + saved("own", SampledScripts.own("", "0"));
    private static final String PARTS = SampledScripts.own(", to = \"parts\"", "0") + "print(x)\n";

    /** Prints numbers in full. */
    private static final String OTHERS = """
            vp = VP(); s = normal(std = 0.5).score(vp)
            y = randn([7, 2])
            print(log_likelihood(vp, s, y, batch = 3), nfe())
            z, change = encode(vp, s, y, batch = 2, probes = 2)
            print(z, change)
            print(simulate(DoubleWell(), zeros([7, 1]), steps = 4, batch = 3))
            a = 2
            print(sweep(parameters = {rate: [0.1, 0.2, 0.3], seed: 1..2}, (rate, seed) -> {loss: a*rate + seed/100, noise: number(mean(randn([4])))}))
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static SparkCluster cluster;
    private static Path gate;
    private static Map<String, byte[]> samples;
    private static Map<String, byte[]> parts;
    private static List<String> others;

    @BeforeAll
    static void withoutSpark() throws IOException {
        samples = files(SAMPLES, Files.createDirectories(shared.resolve("samples")), null);
        parts = files(PARTS, Files.createDirectories(shared.resolve("parts")), null);
        others = ClusterRuns.run(OTHERS, Files.createDirectories(shared.resolve("others")), null)
                .lines();
        gate = Files.createDirectories(shared.resolve("gate"));
        cluster = new SparkCluster(new ClusterSettings("local[4]", TaskGate.conf(gate)), Console.SILENT);
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void clear() throws IOException {
        TaskGate.clear(gate);
    }

    private static String saved(String name, String script) {
        return script + "save(x, \"" + name + ".npz\")\n";
    }

    private static Map<String, byte[]> files(String script, Path folder, SparkCluster cluster) throws IOException {
        ClusterRuns.run(script, folder, cluster);
        return SampledScripts.files(folder, ".npz");
    }

    /** Changes a setting of the context that runs: a new one would take seconds. */
    private static void set(String name, String value) {
        cluster.context().sc().conf().set(name, value);
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7"})
    void samples_are_those_without_spark_whatever_the_partitions(int partitions) throws IOException {
        set("spark.default.parallelism", String.valueOf(partitions));

        Map<String, byte[]> found = files(SAMPLES, folder, cluster);

        assertThat(found).hasSize(3);
        assertThat(found.get("own.npz")).hasSizeGreaterThan(SampledScripts.SAMPLES * 2 * Float.BYTES);
        SampledScripts.requireSame(found, samples);
        assertThat(TaskGate.started(gate)).hasSize(3 * partitions).noneMatch(TaskGate.Started::isAgain);
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7"})
    void parts_are_those_without_spark_whatever_the_partitions(int partitions) throws IOException {
        set("spark.default.parallelism", String.valueOf(partitions));

        Map<String, byte[]> found = files(PARTS, folder, cluster);

        assertThat(found).hasSize(SampledScripts.UNITS);
        SampledScripts.requireSame(found, parts);
        assertThat(TaskGate.started(gate)).hasSize(partitions);
    }

    @Test
    void other_maps_print_what_they_print_without_spark() {
        set("spark.default.parallelism", "3");

        assertThat(ClusterRuns.run(OTHERS, folder, cluster).lines()).isEqualTo(others);

        assertThat(TaskGate.started(gate)).hasSize(4 * 3);
    }

    @Test
    void samples_that_would_not_fit_are_refused_before_anything_runs() {
        set("spark.driver.maxResultSize", "100k");
        try {
            assertThatThrownBy(() -> ClusterRuns.run(SampledScripts.own("", "0"), folder, cluster))
                    .satisfies(error -> assertThat(code(error)).isEqualTo("E0945"))
                    .hasMessageContaining("the results of sample");
            assertThat(TaskGate.started(gate)).isEmpty();
        } finally {
            set("spark.driver.maxResultSize", "1g");
        }
    }

    /** The size of these results is not known before; Spark stops at the first that goes beyond the limit. */
    @Test
    void other_results_that_do_not_fit_are_an_error_of_the_limit() {
        set("spark.driver.maxResultSize", "100k");
        try {
            assertThatThrownBy(() -> ClusterRuns.run(
                            "x = simulate(DoubleWell(), zeros([4000, 1]), steps = 20, batch = 1000)", folder, cluster))
                    .satisfies(error -> assertThat(code(error)).isEqualTo("E0945"));
        } finally {
            set("spark.driver.maxResultSize", "1g");
        }
    }

    private static String code(Throwable error) {
        return ((SdeError) error).diagnostics().getFirst().code();
    }
}
