package org.sdescript.runtime;

/** The machines that a run computes on. {@link ClusterLoader} opens one. */
public interface Cluster extends AutoCloseable {
    /** The address of the cluster's master, such as {@code local[4]}. */
    String master();

    /** Runs empty tasks and returns how many ran: shows that the cluster works, and what a task costs. */
    int ping(int tasks);

    /** Cancels the jobs that run and gives the machines back. */
    @Override
    void close();
}
