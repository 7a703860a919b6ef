package org.sdescript.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.Refusal;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Console;

/** Trainings by tasks of Spark in this process give the losses of a training without it. */
@Timeout(900)
class SparkTrainingTest {
    @TempDir
    Path folder;

    private static SparkCluster cluster;

    @BeforeAll
    static void open() {
        cluster = new SparkCluster(new ClusterSettings("local[4]", Map.of()), Console.SILENT);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"4, float64, 1e-9", "4, float32, 1e-3"})
    void losses_and_samples_are_those_without_spark(int workers, String precision, double tolerance) {
        double[] wanted = ClusterRuns.run(TrainedScripts.whole(precision, ""), folder, null)
                .numbers();

        double[] found = ClusterRuns.run(TrainedScripts.whole(precision, ", workers = " + workers), folder, cluster)
                .numbers();

        TrainedScripts.requireAlike(found, wanted, tolerance);
    }

    /**
     * The bound is half of what the synchronous training has gained over its beginning, as in the test of trainings by
     * threads, which also counts the messages.
     */
    @Test
    void averages_each_sixteen_steps_train_as_well() {
        double[] each = losses(", workers = 2");
        double[] local = losses(", workers = 2, average = 16");

        double gained = mean(each, 0, 16) - end(each);
        assertThat(gained).isPositive();
        assertThat(local).isNotEqualTo(each);
        assertThat(end(local)).isCloseTo(end(each), within(gained / 2));
    }

    @Test
    void more_workers_than_cores_are_an_error_at_once() {
        assertThatThrownBy(() -> losses(", workers = 5"))
                .satisfies(Refusal.with("E0946"))
                .hasMessageContaining("gave up train");
    }

    private double[] losses(String options) {
        return ClusterRuns.run(TrainedScripts.losses("float32", options, "0"), folder, cluster)
                .numbers();
    }

    private static double end(double[] losses) {
        return mean(losses, losses.length - 100, losses.length);
    }

    private static double mean(double[] losses, int from, int to) {
        return Arrays.stream(losses, from, to).average().orElseThrow();
    }
}
