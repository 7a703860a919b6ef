package org.sdescript.bench.kernels;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same work done in several ways, in turn, round by round, so that disturbances of the machine affect all of them
 * alike.
 */
final class Contest {
    /** Does the work this many times and returns when it is done. */
    @FunctionalInterface
    interface Contender {
        void run(int times);
    }

    private static final boolean CPU_CLOCK = "cpu".equals(System.getProperty("bench.clock"));

    private final String title;
    private final int times;
    private final Map<String, Contender> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    /** @param times repetitions of the work per round, enough for a round to be timed */
    Contest(String title, int times) {
        this.title = title;
        this.times = times;
    }

    Contest with(String name, Contender contender) {
        contenders.put(name, contender);
        seconds.put(name, new ArrayList<>());
        return this;
    }

    /**
     * The time; with {@code -Dbench.clock=cpu} this thread's processor time, which is the whole work with one thread,
     * and which other processes do not affect.
     */
    private static long now() {
        return CPU_CLOCK ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() : System.nanoTime();
    }

    void run(int rounds) {
        contenders.values().forEach(contender -> contender.run(Math.max(2, times / 4)));
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((name, contender) -> {
                long start = now();
                contender.run(times);
                seconds.get(name).add((now() - start) / 1e9 / times);
            });
        }
    }

    /** Adds times measured elsewhere, such as by another process. */
    void add(String name, List<Double> measured) {
        seconds.put(name, measured);
    }

    String title() {
        return title;
    }

    double minimum(String name) {
        return seconds.get(name).stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    double median(String name) {
        double[] sorted = seconds.get(name).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** One line per way: minimum, median, and the speed of the script relative to it. */
    String table() {
        StringBuilder text = new StringBuilder(title).append('\n');
        for (String name : seconds.keySet()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-28s %10.1f us %10.1f us   script is %.2f / %.2f times as fast%n",
                    name,
                    minimum(name) * 1e6,
                    median(name) * 1e6,
                    minimum(name) / minimum("script"),
                    median(name) / median("script")));
        }
        return text.toString();
    }

    Map<String, Object> record() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("title", title);
        seconds.forEach((name, all) -> record.put(name, Arrays.asList(all.toArray())));
        return record;
    }
}
