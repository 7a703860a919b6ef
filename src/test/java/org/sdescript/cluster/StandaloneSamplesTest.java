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
import org.junit.jupiter.params.provider.ValueSource;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Console;

/** Maps on two processes give the bytes of a run without Spark, also when these processes are killed. */
@Timeout(900)
class StandaloneSamplesTest {
    private static final String TO_PARTS = ", to = \"parts\"";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static StandaloneCluster nodes;
    private static SparkCluster cluster;
    private static Path gate;
    private static ScriptGate passage;
    private static Map<String, byte[]> samples;
    private static Map<String, byte[]> parts;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        passage = new ScriptGate(Files.createDirectories(shared.resolve("passage")));
        samples = files(own(""), Files.createDirectories(shared.resolve("samples")), null);
        parts = files(own(TO_PARTS), Files.createDirectories(shared.resolve("parts")), null);
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

    private static String own(String to) {
        return SampledScripts.own(to, passage.passing()) + (to.isEmpty() ? "save(x, \"own.npz\")\n" : "");
    }

    private static Map<String, byte[]> files(String script, Path folder, SparkCluster cluster) throws IOException {
        ClusterRuns.run(script, folder, cluster);
        return SampledScripts.files(folder, ".npz");
    }

    /** A unit waits in the midst of its steps while the process that runs it is killed; twice. */
    @ParameterizedTest
    @ValueSource(strings = {"", TO_PARTS})
    void two_killed_executors_change_no_byte(String to) throws Exception {
        passage.close();
        FutureTask<List<Long>> killer = begun(() -> {
            long first = killed(0, 0);
            passage.passOne();
            long second = killed(0, 1);
            passage.open();
            return List.of(first, second);
        });

        Map<String, byte[]> found = files(own(to), folder, cluster);

        SampledScripts.requireSame(found, to.isEmpty() ? samples : parts);
        assertThat(killer.get()).doesNotHaveDuplicates();
        assertThat(TaskGate.started(gate))
                .as(nodes.logs())
                .anyMatch(task -> task.partition() == 0 && task.attempt() == 2);
    }

    /** Kills the process that has begun a unit and cannot end it, since the gate in the unit is closed. */
    private static long killed(int unit, int attempt) throws Exception {
        long pid = TaskGate.await(gate, unit, attempt);
        ProcessHandle victim = ProcessHandle.of(pid).orElseThrow();
        victim.destroyForcibly();
        victim.onExit().get();
        return pid;
    }

    @Test
    void a_stopped_run_leaves_its_parts_and_the_next_makes_the_others() throws Exception {
        int done = 3;
        TaskGate.hold(gate, done);
        assertThatThrownBy(() -> ClusterRuns.run(
                        own(TO_PARTS),
                        folder,
                        cluster,
                        session -> begun(() -> {
                            while (SampledScripts.files(folder, ".npz").size() < done) {
                                Thread.sleep(20);
                            }
                            session.stop().request();
                            return null;
                        })))
                .isInstanceOf(Interruption.class);
        assertThat(SampledScripts.files(folder, ".npz")).hasSize(done);
        TaskGate.clear(gate);

        ClusterRuns.Run next = ClusterRuns.run(own(TO_PARTS), folder, cluster);

        assertThat(next.notes()).anySatisfy(note -> assertThat(note).startsWith("3 of 20 parts were done before"));
        assertThat(TaskGate.startedLast(gate)).hasSize(SampledScripts.UNITS - done);
        SampledScripts.requireSame(SampledScripts.files(folder, ".npz"), parts);
    }

    @Test
    void a_changed_script_is_refused_and_a_damaged_part_is_made_again() throws Exception {
        ClusterRuns.run(own(TO_PARTS), folder, cluster);
        TaskGate.clear(gate);

        assertThatThrownBy(() -> ClusterRuns.run(own(TO_PARTS).replace("0.99", "0.98"), folder, cluster))
                .satisfies(error -> assertThat(code(error)).isEqualTo("E0764"));
        assertThat(TaskGate.started(gate)).isEmpty();

        Path damaged = folder.resolve("parts").resolve("part-00007.npz");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        ClusterRuns.Run again = ClusterRuns.run(own(TO_PARTS), folder, cluster);

        assertThat(again.notes()).anySatisfy(note -> assertThat(note).contains("made again: part-00007.npz"));
        assertThat(TaskGate.startedLast(gate)).hasSize(1);
        SampledScripts.requireSame(SampledScripts.files(folder, ".npz"), parts);
    }

    @Test
    void the_models_samples_are_those_without_spark() throws IOException {
        String script =
                SampledScripts.model(TO_PARTS) + "print(x)\n" + SampledScripts.cld(TO_PARTS.replace("parts", "cld"));
        Path here = Files.createDirectories(folder.resolve("here"));
        Path there = Files.createDirectories(folder.resolve("there"));

        SampledScripts.requireSame(files(script, there, cluster), files(script, here, null));

        assertThat(TaskGate.started(gate).stream().map(TaskGate.Started::pid).distinct())
                .as("both executors")
                .hasSize(2);
    }

    @Test
    void an_error_of_the_script_comes_once_from_its_place() {
        assertThatThrownBy(() -> ClusterRuns.run("""
                        sampler mine(process, score, x) {
                          fail("no way")
                        }
                        x = sample(VP(), normal().score(VP()), n = 4, shape = [2], batch = 4, using = mine)
                        """, folder, cluster))
                .isInstanceOfSatisfying(SdeError.class, error -> {
                    assertThat(error).hasMessage("no way");
                    assertThat(error.diagnostics()
                                    .getFirst()
                                    .span()
                                    .orElseThrow()
                                    .line())
                            .isEqualTo(2);
                });
        assertThat(TaskGate.startedLast(gate)).singleElement().satisfies(task -> assertThat(task.attempt())
                .isZero());
    }

    /** The units would run for hours: the test ends only if they are stopped. */
    @Test
    void a_stopped_run_frees_the_cluster() {
        assertThatThrownBy(() -> ClusterRuns.run(
                        """
                        sampler endless(process, score, x) {
                          for i in 0..100_000 {
                            for _j in 0..100_000 {
                              x, _mean = euler_maruyama(process, score, x, 1 - i/1e6, -1e-9)
                            }
                          }
                          return x
                        }
                        x = sample(VP(), normal().score(VP()), n = 4, shape = [2], batch = 1, using = endless)
                        """,
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

    private static String code(Throwable error) {
        return ((SdeError) error).diagnostics().getFirst().code();
    }

    private static <T> FutureTask<T> begun(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
