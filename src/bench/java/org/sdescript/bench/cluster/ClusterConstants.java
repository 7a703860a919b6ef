package org.sdescript.bench.cluster;

/**
 * The measured constants of the simulation, in seconds and bytes, each with the class that measures it: {@code mvn -Pbench
 * test -Dbench.main=org.sdescript.bench.cluster.CLASS}. Measured on two cores of an AMD EPYC at 2.4 GHz that other
 * programs used as well, medians of 5.
 */
final class ClusterConstants {
    /** TrainingCost: a step of the smallest network, besides its arithmetic. */
    static final double STEP = 0.63e-3;

    /** TrainingCost: a parameter and a sample of `mlp` in a training step, on one core. */
    static final double MLP = 0.15e-9;

    /** TrainingCost: a parameter and a sample of a U-Net on 1 × 32 × 32, on one core. Each weight acts at many pixels. */
    static final double UNET = 49e-9;

    /** TrainingCost: the standard deviation of the logarithm of a step's time. */
    static final double SIGMA = 0.13;

    /** TrainingCost: a number that is copied from the tensor library for an exchange and back. */
    static final double COPY = 4e-9;

    /** RingRate: the bytes per second that a worker sends, receives and adds over loopback, on a core of its own. */
    static final double LOOPBACK = 0.6e9;

    /** RingRate: a message between two workers over loopback. */
    static final double MESSAGE = 55e-6;

    /**
     * SparkCost: a task of a job with many empty ones, on a machine that is driver and executor. The driver's own share of
     * this time is smaller, so maps of short units are somewhat better than their table.
     */
    static final double DISPATCH = 5e-3;

    private ClusterConstants() {}
}
