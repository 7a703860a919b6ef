package org.sdescript.bench.cluster;

import java.util.PriorityQueue;
import java.util.Random;

/**
 * Simulates a map: the driver starts one task after the other on the first slot that is free, and the results come back
 * through one link, or go to a storage by one link.
 */
final class MapEvents {
    private MapEvents() {}

    /**
     * A map of equal units.
     *
     * @param units the number of units
     * @param seconds the mean time of a unit
     * @param sigma the standard deviation of the logarithm of this time
     * @param dispatch the driver's seconds for a task
     * @param bytes the size of a unit's result
     * @param rate the bytes per second that all results together pass to the driver or to the storage
     */
    record Map(int units, double seconds, double sigma, double dispatch, double bytes, double rate) {}

    /** The time from the first task until the last result has come. */
    static double seconds(Map map, int slots, Random random) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int slot = 0; slot < slots; slot++) {
            free.add(0.0);
        }
        PriorityQueue<Double> results = new PriorityQueue<>();
        double driver = 0;
        double mu = -map.sigma() * map.sigma() / 2;
        for (int unit = 0; unit < map.units(); unit++) {
            driver = Math.max(driver, free.remove()) + map.dispatch();
            double end = driver + map.seconds() * Math.exp(mu + map.sigma() * random.nextGaussian());
            free.add(end);
            results.add(end);
        }
        double link = 0;
        while (!results.isEmpty()) {
            link = Math.max(link, results.remove()) + map.bytes() / map.rate();
        }
        return link;
    }
}
