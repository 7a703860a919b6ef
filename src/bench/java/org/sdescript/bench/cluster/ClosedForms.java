package org.sdescript.bench.cluster;

import org.hipparchus.special.Erf;

/** Durations in seconds that need no simulation. They hold for workers and links of one speed. */
final class ClosedForms {
    /** Buffers up to this size in bytes are passed around whole (Ring.SMALL). */
    static final int SMALL = 1 << 15;

    /** Beyond ten standard deviations, the density of the largest of 2¹⁰ draws is below 1e-19. */
    private static final double FAR = 10;

    private static final int NODES = 4000;

    private ClosedForms() {}

    /**
     * The time of one sum over a ring whose workers begin at the same time.
     *
     * @param latency of one message
     * @param rate bytes per second that a worker sends while it receives as many
     */
    static double sum(int workers, double bytes, double latency, double rate) {
        if (workers == 1) {
            return 0;
        }
        return bytes <= SMALL
                ? (workers - 1) * (latency + bytes / rate)
                : 2 * (workers - 1) * (latency + bytes / workers / rate);
    }

    /**
     * The expectation of the largest of n log-normal numbers with mean 1: the integral over z of n φ(z) Φ(z)ⁿ⁻¹ e^(μ + σz)
     * with μ = −σ²/2, by Simpson's rule.
     */
    static double largest(int n, double sigma) {
        double step = 2 * FAR / NODES;
        double sum = 0;
        for (int i = 0; i <= NODES; i++) {
            double z = -FAR + i * step;
            double weight = i == 0 || i == NODES ? 1 : i % 2 == 1 ? 4 : 2;
            double below = 0.5 * Erf.erfc(-z / Math.sqrt(2));
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            sum += weight * n * density * Math.pow(below, n - 1) * Math.exp(sigma * z - sigma * sigma / 2);
        }
        return sum * step / 3;
    }

    /** The duration of a map whose units take equal times: the slowest of the slots, the driver and the storage. */
    static double map(MapEvents.Map map, int slots) {
        double rounds = Math.ceil((double) map.units() / slots);
        return Math.max(
                Math.max(rounds * map.seconds(), map.units() * map.dispatch()), map.units() * map.bytes() / map.rate());
    }
}
