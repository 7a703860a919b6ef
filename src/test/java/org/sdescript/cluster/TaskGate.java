package org.sdescript.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Notes each task in a file before it runs, in the process that runs it, and lets tasks wait there: so a test knows which
 * process has which task, and what ran, without any time.
 */
@NullMarked
public final class TaskGate implements SparkPlugin {
    private static final String FOLDER = "spark.test.gate";
    private static final String HOLD = "hold";

    /** A task that was started. */
    record Started(int stage, int stageAttempt, int partition, int attempt, long pid) {
        boolean isAgain() {
            return stageAttempt > 0 || attempt > 0;
        }

        private String file() {
            return stage + "-" + stageAttempt + "-" + partition + "-" + attempt + "-" + pid + ".task";
        }

        private static Started of(Path file) {
            String[] parts = file.getFileName().toString().split("[-.]", -1);
            return new Started(
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    Long.parseLong(parts[4]));
        }
    }

    /** The settings of a cluster whose tasks are noted in a folder. */
    static Map<String, String> conf(Path folder) {
        return Map.of("spark.plugins", TaskGate.class.getName(), FOLDER, folder.toString());
    }

    /** The tasks that were started since {@link #clear}. */
    static List<Started> started(Path folder) {
        List<Started> all = new ArrayList<>();
        for (Path file : files(folder)) {
            all.add(Started.of(file));
        }
        all.sort(Comparator.comparing(Started::stage)
                .thenComparing(Started::stageAttempt)
                .thenComparing(Started::partition));
        return all;
    }

    /** The tasks of the last stage: those of a job that was cancelled before may have started late. */
    static List<Started> startedLast(Path folder) {
        List<Started> all = started(folder);
        return all.stream()
                .filter(task -> task.stage() == all.getLast().stage())
                .toList();
    }

    static void clear(Path folder) throws IOException {
        release(folder);
        for (Path file : files(folder)) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".task")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Makes the tasks of all partitions from this one on wait before they start. */
    static void hold(Path folder, int partition) throws IOException {
        Path whole = folder.resolve("hold.new");
        Files.writeString(whole, String.valueOf(partition));
        Files.move(whole, folder.resolve(HOLD), StandardCopyOption.ATOMIC_MOVE);
    }

    static void release(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(HOLD));
    }

    /** Waits until an attempt at a partition has started. Returns its process. */
    static long await(Path folder, int partition, int attempt) throws InterruptedException {
        while (true) {
            Optional<Started> found = started(folder).stream()
                    .filter(task -> task.partition() == partition && task.attempt() == attempt)
                    .findFirst();
            if (found.isPresent()) {
                return found.get().pid();
            }
            Thread.sleep(20);
        }
    }

    @Override
    @Nullable
    public DriverPlugin driverPlugin() {
        return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new Keeper();
    }

    private static final class Keeper implements ExecutorPlugin {
        private Path folder = Path.of("");

        @Override
        public void init(PluginContext context, Map<String, String> extra) {
            folder = Path.of(context.conf().get(FOLDER));
        }

        @Override
        public void onTaskStart() {
            TaskContext task = TaskContext.get();
            try {
                while (task.partitionId() >= held()) {
                    Thread.sleep(20);
                }
                Files.createFile(folder.resolve(new Started(
                                task.stageId(),
                                task.stageAttemptNumber(),
                                task.partitionId(),
                                task.attemptNumber(),
                                ProcessHandle.current().pid())
                        .file()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException killed) {
                Thread.currentThread().interrupt();
            }
        }

        private int held() throws IOException {
            try {
                return Integer.parseInt(Files.readString(folder.resolve(HOLD)));
            } catch (NoSuchFileException open) {
                return Integer.MAX_VALUE;
            }
        }
    }
}
