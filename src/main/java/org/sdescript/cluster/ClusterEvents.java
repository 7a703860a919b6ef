package org.sdescript.cluster;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.sdescript.runtime.Console;

/** Reports executors that come and go in verbose runs. Spark's own logs are discarded. */
final class ClusterEvents extends SparkListener {
    private final Console console;

    ClusterEvents(Console console) {
        this.console = console;
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
        console.detail(() -> "executor " + event.executorId() + " on "
                + event.executorInfo().executorHost() + ", "
                + event.executorInfo().totalCores() + " cores");
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        console.detail(() -> "executor " + event.executorId() + " lost: " + event.reason());
    }
}
