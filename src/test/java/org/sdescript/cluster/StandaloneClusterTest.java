package org.sdescript.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sdescript.runtime.ClusterSettings;
import org.sdescript.runtime.Console;

class StandaloneClusterTest {
    @TempDir
    Path folder;

    @Test
    void a_task_of_a_killed_executor_runs_once_more() throws Exception {
        List<Long> executors;
        try (StandaloneCluster nodes = new StandaloneCluster(folder, 2, 1);
                SparkCluster cluster =
                        new SparkCluster(new ClusterSettings(nodes.master(), nodes.conf()), Console.SILENT)) {
            Path started = Files.createDirectory(folder.resolve("started"));
            Path go = folder.resolve("go");
            FutureTask<Map<Integer, Long>> killer = new FutureTask<>(() -> killFirst(nodes, started, go));
            Thread.ofVirtual().start(killer);

            List<Integer> attempts = attempts(cluster, started.toString(), go.toString());

            executors = List.copyOf(killer.get().values());
            assertThat(executors).as("an executor for each task").doesNotHaveDuplicates();
            assertThat(attempts).as(nodes.logs()).containsExactly(1, 0);
            assertThat(cluster.ping(3)).isEqualTo(3);
        }
        assertThat(executors).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    /** Each of two tasks says that it has started, and waits until it may end. Returns the attempts that ended. */
    private static List<Integer> attempts(SparkCluster cluster, String started, String go) {
        return cluster.inContext(() -> cluster.context()
                .parallelize(List.of(0, 1), 2)
                .map(number -> {
                    Path said = Path.of(started, String.valueOf(number));
                    if (!Files.exists(said)) {
                        Path whole = Path.of(started, number + ".new");
                        Files.writeString(
                                whole, String.valueOf(ProcessHandle.current().pid()));
                        Files.move(whole, said, StandardCopyOption.ATOMIC_MOVE);
                    }
                    while (!Files.exists(Path.of(go))) {
                        Thread.sleep(20);
                    }
                    return TaskContext.get().attemptNumber();
                })
                .collect());
    }

    /** Kills the executor of task 0 when both tasks run. Returns the executor's process of each task. */
    private static Map<Integer, Long> killFirst(StandaloneCluster nodes, Path started, Path go) throws Exception {
        Map<Integer, Long> pids = new TreeMap<>();
        while (pids.size() < 2) {
            Thread.sleep(20);
            for (int task = 0; task < 2; task++) {
                Path said = started.resolve(String.valueOf(task));
                if (Files.exists(said)) {
                    pids.put(task, Long.parseLong(Files.readString(said)));
                }
            }
        }
        assertThat(nodes.executorPids()).containsExactlyInAnyOrderElementsOf(pids.values());
        ProcessHandle victim = ProcessHandle.of(pids.get(0)).orElseThrow();
        victim.destroyForcibly();
        victim.onExit().get();
        Files.writeString(go, "");
        return pids;
    }
}
