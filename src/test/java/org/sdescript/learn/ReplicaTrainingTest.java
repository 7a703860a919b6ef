package org.sdescript.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.Script;
import org.sdescript.backend.Execution;
import org.sdescript.runtime.Settings;

/** Trainings of several replicas, each in a thread, against the same training on one machine. */
@Timeout(240)
@Tag("numbers")
class ReplicaTrainingTest {
    private static final int STEPS = 200;

    @TempDir
    Path folder;

    private static Settings settings() {
        return Settings.standard().threads(1);
    }

    private static String script(String precision, String options) {
        return """
                set(seed = 3, precision = "%s")
                score = train(mlp(hidden = 16), moons(200), VP(), batch = 32, steps = %d, %s)
                for v in score.losses { print("{v:.17g}") }
                """.formatted(precision, STEPS, options);
    }

    private double[] alone(String script, Settings settings) {
        return Script.run(script, settings).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private void compare(int world, String script, Settings settings, double tolerance) {
        double[] wanted = alone(script, settings);
        List<ReplicaRuns.Run> runs = ReplicaRuns.all(world, script, folder, settings);
        for (ReplicaRuns.Run run : runs) {
            assertThat(run.lines()).isEqualTo(runs.getFirst().lines());
        }
        double[] found = runs.getFirst().numbers();
        assertThat(found).hasSameSizeAs(wanted);
        double worst = 0;
        for (int k = 0; k < found.length; k++) {
            worst = Math.max(worst, Math.abs(found[k] - wanted[k]) / Math.abs(wanted[k]));
        }
        System.out.println("DEBUG world " + world + " worst " + worst);
        assertThat(worst).isLessThan(tolerance);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void losses_in_double_precision_are_those_of_one_machine(int world) {
        compare(world, script("float64", "clip = 1"), settings(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void losses_in_single_precision_are_those_of_one_machine(int world) {
        compare(world, script("float32", "clip = 1"), settings(), 1e-3);
    }

    @Test
    void losses_of_the_eager_backend_are_those_of_one_machine() {
        compare(2, script("float64", "clip = 1"), settings().execution(Execution.EAGER), 1e-9);
    }
}
