package org.sdescript.cluster;

/**
 * Ends a task of a training whose other worker did nothing for the time-out while its process ran on. The driver gives up
 * the training: a stage that runs again would wait for the core that the worker keeps.
 *
 * <p>A machine that is off or cut off is silent too. Spark misses it after {@code spark.network.timeout}, 120 s, and runs
 * the stage again; the time-out of the exchange is longer than that unless the user's settings name a shorter one.
 */
final class ReplicaHangs extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message names the worker */
    ReplicaHangs(String message) {
        super(message, null, false, false);
    }
}
