package org.sdescript.cluster;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Counts the tasks of a job that failed, and those that run again. */
final class TaskCounts extends SparkListener {
    private final String group;
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();

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
        }
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
