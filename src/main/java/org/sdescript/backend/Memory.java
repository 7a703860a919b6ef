package org.sdescript.backend;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Node;

/**
 * Refuses a tensor that the machine has no memory for. An operating system gives out more memory than there is and ends
 * the process, or another one, when it is used; so what is left is looked at before, for each large tensor and for
 * every so many small ones. A GPU refuses by itself.
 */
public final class Memory {
    private static final long LOOK_AFTER = 64L << 20;
    private static final long LEFT_TO_OTHERS = 512L << 20;
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final Runnable collect;
    private final LongSupplier left;
    private long sinceLast;

    Memory(Lifetimes lifetimes) {
        this(lifetimes::collectNow, () -> leftOnThisMachine(lifetimes));
    }

    /**
     * @param collect frees what nobody holds any more
     * @param left what may still be taken, in bytes
     */
    Memory(Runnable collect, LongSupplier left) {
        this.collect = collect;
        this.left = left;
    }

    /** To be told of each value before it is computed. */
    void expect(Node node) {
        double bytes = Footprint.bytes(node);
        sinceLast += (long) bytes;
        if (sinceLast >= LOOK_AFTER) {
            sinceLast = 0;
            require(bytes, node);
        }
    }

    /** To be told of each graph before it is run as a whole. */
    void expect(Footprint graph) {
        sinceLast += (long) graph.bytes();
        if (sinceLast >= LOOK_AFTER) {
            sinceLast = 0;
            require(graph.bytes(), graph.largest());
        }
    }

    private void require(double bytes, Node node) {
        if (bytes > left.getAsLong() - LEFT_TO_OTHERS) {
            collect.run();
            long most = left.getAsLong();
            if (bytes > most - LEFT_TO_OTHERS) {
                throw tooLarge(bytes, most, node);
            }
        }
    }

    private static SdeError tooLarge(double bytes, long left, Node node) {
        return Diagnostic.error("E0904", node.span().orElse(null), "there is not enough memory for this " + node.type())
                .note("it takes " + inUnits(bytes)
                        + (bytes > Footprint.bytes(node) ? " with all that is computed with it" : "") + ", and "
                        + inUnits(Math.max(0, left)) + " are left on this machine")
                .help("use a smaller `batch`, or work on it in parts")
                .raise();
    }

    /** What this process may still take, in bytes: of the machine's memory, or of its share if it runs in a container. */
    private static long leftOnThisMachine(Lifetimes lifetimes) {
        long available = field(Path.of("/proc/meminfo"), "MemAvailable:");
        long all = field(Path.of("/proc/meminfo"), "MemTotal:");
        long share = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        if (available < 0) {
            return share - lifetimes.bytes() - Runtime.getRuntime().totalMemory();
        }
        return share < all ? Math.min(available, share - field(Path.of("/proc/self/status"), "VmRSS:")) : available;
    }

    /** A size in one of Linux's tables, in bytes; −1 where there is none. */
    private static long field(Path table, String name) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException elsewhere) {
            return -1;
        }
    }

    /** A count of bytes as people say it: 37.3 GiB. */
    public static String inUnits(double bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
    }
}
