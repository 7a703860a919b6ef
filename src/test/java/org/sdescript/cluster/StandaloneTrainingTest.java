package org.sdescript.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Console;

/** Trainings by processes of their own, also when one of these is killed or hangs. */
@Timeout(900)
class StandaloneTrainingTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static StandaloneCluster nodes;
    private static SparkCluster cluster;
    private static Path gate;
    private static ScriptGate passage;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        passage = new ScriptGate(Files.createDirectories(shared.resolve("passage")));
        gate = Files.createDirectories(shared.resolve("gate"));
        nodes = new StandaloneCluster(Files.createDirectories(shared.resolve("nodes")), 2, 1);
        Map<String, String> conf = new HashMap<>(nodes.conf());
        conf.putAll(TaskGate.conf(gate));
        cluster = new SparkCluster(new ClusterSettings(nodes.master(), conf), Console.SILENT);
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
        if (nodes != null) {
            nodes.close();
        }
    }

    @BeforeEach
    void clear() throws IOException {
        TaskGate.clear(gate);
    }

    @ParameterizedTest
    @CsvSource({"1, float64, 0", "2, float64, 1e-9", "2, float32, 1e-3"})
    void losses_and_samples_are_those_without_spark(int workers, String precision, double tolerance) {
        double[] wanted = ClusterRuns.run(TrainedScripts.whole(precision, ""), folder, null)
                .numbers();

        double[] found = ClusterRuns.run(TrainedScripts.whole(precision, ", workers = " + workers), folder, cluster)
                .numbers();

        TrainedScripts.requireAlike(found, wanted, tolerance);
    }

    /** Both workers wait before a step while one is killed. With a checkpoint, that is the one which writes it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | , checkpoint = \"kept\", every = 20", "1 | ''"})
    void a_killed_worker_changes_no_loss(int rank, String checkpoint) throws Exception {
        String script = TrainedScripts.losses("float32", ", workers = 2" + checkpoint, passage.passing());
        List<String> wanted = ClusterRuns.run(script, Files.createDirectories(folder.resolve("whole")), cluster)
                .lines();
        assertThat(TaskGate.started(gate)).noneMatch(TaskGate.Started::isAgain);
        TaskGate.clear(gate);

        passage.close();
        FutureTask<Void> killer = begun(() -> {
            long pid = TaskGate.await(gate, rank, 0);
            TaskGate.await(gate, 1 - rank, 0);
            awaitFile(folder.resolve("killed")
                    .resolve(checkpoint.isEmpty() ? "metrics.jsonl" : "kept/state.safetensors"));
            ProcessHandle victim = ProcessHandle.of(pid).orElseThrow();
            victim.destroyForcibly();
            victim.onExit().get();
            passage.open();
            return null;
        });
        ClusterRuns.Run found = ClusterRuns.run(script, Files.createDirectories(folder.resolve("killed")), cluster);

        killer.get();
        assertThat(found.lines()).hasSize(TrainedScripts.STEPS).isEqualTo(wanted);
        assertThat(TaskGate.started(gate)).as(nodes.logs()).anyMatch(task -> task.stageAttempt() > 0);
        assertThat(found.notes().stream().anyMatch(note -> note.startsWith("going on after step")))
                .as("%s", found.notes())
                .isEqualTo(!checkpoint.isEmpty());
    }

    /** Waits for a file that the first worker writes once it has done some steps. */
    private static void awaitFile(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(20);
        }
    }

    /** A stopped process answers neither the other worker nor Spark; the latter would wait for two minutes. */
    @Test
    void a_worker_that_hangs_is_named_and_ends_the_training() throws Exception {
        cluster.context().sc().conf().set(TrainingJob.TIMEOUT, "15s");
        String script = TrainedScripts.losses("float32", ", workers = 2", passage.passing());
        passage.close();
        FutureTask<Long> stopped = begun(() -> {
            long pid = TaskGate.await(gate, 1, 0);
            awaitFile(folder.resolve("metrics.jsonl"));
            signal("STOP", pid);
            passage.open();
            return pid;
        });
        try {
            assertThatThrownBy(() -> ClusterRuns.run(script, folder, cluster))
                    .satisfies(error -> assertThat(
                                    ((SdeError) error).diagnostics().getFirst().code())
                            .isEqualTo("E0960"))
                    .hasMessageMatching(
                            "the worker of rank 1 at 127\\.0\\.0\\.1:\\d+ is lost: it (sent|took) nothing for 15 s");
            assertThat(TaskGate.started(gate)).noneMatch(TaskGate.Started::isAgain);
        } finally {
            cluster.context().sc().conf().remove(TrainingJob.TIMEOUT);
            signal("CONT", stopped.get());
        }
        assertThat(cluster.ping(2)).isEqualTo(2);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void an_error_of_the_script_comes_once_from_its_place() {
        assertThatThrownBy(() -> ClusterRuns.run(
                        TrainedScripts.losses("float32", ", workers = 2", "fail(\"no way\")"), folder, cluster))
                .isInstanceOfSatisfying(SdeError.class, error -> {
                    assertThat(error).hasMessageContaining("no way");
                    assertThat(error.diagnostics()
                                    .getFirst()
                                    .span()
                                    .orElseThrow()
                                    .line())
                            .isEqualTo(4);
                });
        assertThat(TaskGate.started(gate)).noneMatch(TaskGate.Started::isAgain);
    }

    @Test
    void a_stopped_training_frees_the_cluster() {
        String endless =
                TrainedScripts.losses("float32", ", workers = 2", "0").replace("steps = 200", "steps = 1_000_000_000");
        assertThatThrownBy(() -> ClusterRuns.run(
                        endless,
                        folder,
                        cluster,
                        session -> begun(() -> {
                            TaskGate.await(gate, 0, 0);
                            TaskGate.await(gate, 1, 0);
                            session.stop().request();
                            return null;
                        })))
                .isInstanceOf(Interruption.class);

        assertThat(cluster.ping(2)).isEqualTo(2);
    }

    private static <T> FutureTask<T> begun(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
