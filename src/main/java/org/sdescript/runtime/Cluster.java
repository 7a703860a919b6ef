package org.sdescript.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Machines that share work: processes that unpack parcels and run units of work from them. {@link ClusterLoader} opens
 * one.
 */
public interface Cluster extends AutoCloseable {

    /** Returns the address that was asked for, such as {@code local[4]} or {@code spark://host:7077}. */
    String master();

    /** Runs empty tasks and returns how many ran: shows that the cluster works, and what a task costs. */
    int ping(int tasks);

    /**
     * Work in units.
     *
     * @param title what is done, for progress
     * @param hash the hash of the parcel and the settings, by which a process keeps what it has unpacked
     * @param parcel the bytes of the parcel
     * @param settings the settings that the numbers depend on, by name
     * @param units the bytes of each unit
     * @param parts the folder on shared storage that takes the results, or null if they are returned
     * @param bytes the size of all results that are returned, as far as it is known before
     */
    record Job(
            String title,
            String hash,
            byte[] parcel,
            Map<String, String> settings,
            List<byte[]> units,
            @Nullable String parts,
            long bytes) {}

    /** Receives the reply of a unit, on the thread that runs the job. */
    @FunctionalInterface
    interface Replies {
        void came(int unit, byte[] reply);
    }

    /** Runs each unit on some machine, and again elsewhere if a machine is lost. Returns once all replies came. */
    void run(Job job, Session session, Replies replies);

    /**
     * Runs the only unit of a job in several processes at once, each as a replica of one training, and all again if one is
     * lost. Returns the reply of the first.
     *
     * @param folder the folder of the run's files, on storage that all machines share
     */
    byte[] runTogether(Job job, int workers, String folder, Session session);

    /** Cancels the jobs that run and gives the machines back. */
    @Override
    void close();
}
