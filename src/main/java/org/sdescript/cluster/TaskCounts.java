package org.sdescript.cluster;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.jspecify.annotations.Nullable;

/** Counts the tasks of a job that failed, and those that run again. */
final class TaskCounts extends SparkListener {
    private final String group;
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();
    private volatile @Nullable String hanging;

    TaskCounts(String group) {
        this.group = group;
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        if (Objects.equals(start.properties().getProperty("spark.jobGroup.id"), group)) {
            start.stageIds().foreach(stage -> stages.add((Integer) stage));
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        if (stages.contains(start.stageId()) && (start.taskInfo().attemptNumber() > 0 || start.stageAttemptId() > 0)) {
            retried.incrementAndGet();
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (stages.contains(end.stageId()) && end.reason() != Success$.MODULE$) {
            failed.incrementAndGet();
            if (end.reason() instanceof ExceptionFailure failure
                    && failure.className().equals(ReplicaHangs.class.getName())) {
                hanging = failure.description();
            }
        }
    }

    /** The message of a task about a worker that hangs, see {@link ReplicaHangs}; null if there is none. */
    @Nullable
    String hanging() {
        return hanging;
    }

    int failed() {
        return failed.get();
    }

    int retried() {
        return retried.get();
    }

    /** Empty if no task failed. */
    String words() {
        return failed.get() == 0 ? "" : failed + " tasks failed, " + retried + " run again";
    }
}
