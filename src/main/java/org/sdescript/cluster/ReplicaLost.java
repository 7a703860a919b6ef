package org.sdescript.cluster;

/**
 * Ends a task of a training whose other worker is lost: its process has ended, or cannot be reached. Spark runs the stage
 * again, on the machines that are left.
 */
final class ReplicaLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message names the worker; the error itself is not sent to the driver whole */
    ReplicaLost(String message) {
        super(message, null, false, false);
    }
}
