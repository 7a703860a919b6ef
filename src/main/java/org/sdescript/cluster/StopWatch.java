package org.sdescript.cluster;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;

/** Stops the work of tasks that Spark kills: Spark marks such a task, and waits for the task to look. */
final class StopWatch {
    private static final long MILLISECONDS_BETWEEN_LOOKS = 100;
    private static final ScheduledExecutorService LOOKS = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sde-stopped-tasks");
        thread.setDaemon(true);
        return thread;
    });

    private StopWatch() {}

    /** Runs {@code stop} once the task is killed; cancel the result when the task's work is done. */
    static Future<?> on(TaskContext context, Runnable stop) {
        return LOOKS.scheduleAtFixedRate(
                () -> {
                    if (context.isInterrupted()) {
                        stop.run();
                    }
                },
                MILLISECONDS_BETWEEN_LOOKS,
                MILLISECONDS_BETWEEN_LOOKS,
                TimeUnit.MILLISECONDS);
    }
}
