package org.sdescript.backend;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Footprint;
import org.sdescript.graph.Node;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Type;
import org.sdescript.source.Span;

/**
 * Refuses tensors that would not fit into memory. An operating system promises more memory than the machine has, and
 * kills a process when the memory is used; so free memory is checked before each large tensor, and once for every 64
 * MiB of small ones. A GPU refuses by itself.
 */
public final class MemoryLimit {
    private static final long LOOK_AFTER = 64L << 20;
    private static final long LEFT_TO_OTHERS = 512L << 20;
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /** The largest size of a Java buffer, in bytes. */
    private static final double LARGEST_BUFFER = Integer.MAX_VALUE - 8;

    /** The part of Java's heap that data may use; the program needs the rest. */
    private static final double HEAP_SHARE = 0.8;

    /** Values, gradients, both moments of Adam and the average. */
    private static final int TRAINED_COPIES = 5;

    /** Assumed room after the engine ran out of memory: the size in use before is unknown. */
    private static final double HALF = 0.5;

    /** Matches the messages of the allocators for CPU and GPU. */
    private static final Pattern ASKED = Pattern.compile("[Tt]ried to allocate ([\\d.]+) (bytes|[KMGT]iB)");

    private final Runnable collect;
    private final LongSupplier left;
    private long sinceLast;

    MemoryLimit(Lifetimes lifetimes) {
        this(lifetimes::collectNow, () -> leftOnThisMachine(lifetimes));
    }

    /**
     * @param collect frees unreachable tensors
     * @param left returns the free memory, in bytes
     */
    MemoryLimit(Runnable collect, LongSupplier left) {
        this.collect = collect;
        this.left = left;
    }

    /** The free memory in bytes, less a reserve for other processes. */
    long left() {
        return left.getAsLong() - LEFT_TO_OTHERS;
    }

    /** Throws if a value, about to be computed, would not fit. */
    void expect(Node node) {
        double bytes = Footprint.bytes(node);
        sinceLast += (long) bytes;
        if (sinceLast >= LOOK_AFTER) {
            sinceLast = 0;
            require(bytes, node);
        }
    }

    /** Throws if a graph, about to run, would not fit. */
    void expect(Footprint graph) {
        sinceLast += (long) graph.bytes();
        if (sinceLast >= LOOK_AFTER) {
            sinceLast = 0;
            require(graph.bytes(), graph.largest());
        }
    }

    private void require(double bytes, @Nullable Node node) {
        if (bytes > left.getAsLong() - LEFT_TO_OTHERS) {
            collect.run();
            long most = left.getAsLong();
            if (bytes > most - LEFT_TO_OTHERS) {
                throw tooLarge(bytes, most, Objects.requireNonNull(node));
            }
        }
    }

    private static SdeError tooLarge(double bytes, long left, Node node) {
        boolean alone = bytes <= Footprint.bytes(node);
        Diagnostic diagnostic = refused(node)
                .note("it takes " + inUnits(bytes) + (alone ? "" : " with all that is computed with it") + ", and "
                        + inUnits(Math.max(0, left)) + " are left on this machine");
        return new OutOfMemory(diagnostic, Math.max(0, left - LEFT_TO_OTHERS) / bytes, null);
    }

    /**
     * Throws if numbers, on their way into a tensor, would not fit into Java's memory. Numbers are made in double,
     * beside the bytes that the engine copies.
     *
     * @param what label of the error, such as {@code moons}
     * @param span the place of the error; null if the caller does not know it
     */
    public static void requireInJava(String what, Type.TensorType type, @Nullable Span span) {
        double elements = elements(type.shape());
        double bytes = elements * (Double.BYTES + type.dtype().bytes());
        double most = Runtime.getRuntime().maxMemory() * HEAP_SHARE;
        if (bytes > most || elements * type.dtype().bytes() > LARGEST_BUFFER) {
            throw Diagnostic.error(OutOfMemory.CODE, span, "there is not enough memory for this " + type)
                    .label(what)
                    .note("it takes " + inUnits(elements * type.dtype().bytes())
                            + ", and its numbers are made in Java, which has "
                            + inUnits(Runtime.getRuntime().maxMemory()) + " and copies at most "
                            + inUnits(LARGEST_BUFFER) + " at a time")
                    .help("work on it in parts; more memory for Java is SDE_JAVA_OPTIONS=-Xmx16g")
                    .raise();
        }
    }

    /** Throws if a parameter cannot be drawn, or if its training would not fit. */
    void expectParameter(String path, Type.TensorType type, double trained, Span span) {
        requireInJava(path, type, span);
        double bytes = TRAINED_COPIES
                * (trained + elements(type.shape()))
                * type.dtype().bytes();
        if (bytes > LOOK_AFTER && bytes > left.getAsLong() - LEFT_TO_OTHERS) {
            throw Diagnostic.error(OutOfMemory.CODE, span, "there is not enough memory to train this network")
                    .label(path + " is " + type.shape())
                    .note("its parameters, their gradients, two moments and their average take " + inUnits(bytes)
                            + " up to here, and " + inUnits(Math.max(0, left.getAsLong()))
                            + " are left on this machine")
                    .help("use a smaller network: fewer features or layers")
                    .raise();
        }
    }

    /** Throws if the tensor is larger than any Java array. */
    static void requireReadable(long elements, int bytes) {
        if ((double) elements * bytes > LARGEST_BUFFER
                || (double) elements * Double.BYTES > Runtime.getRuntime().maxMemory() * HEAP_SHARE) {
            throw Diagnostic.error(
                            OutOfMemory.CODE,
                            null,
                            "a tensor of " + inUnits((double) elements * bytes) + " is too large to be read as a whole")
                    .note("Java has " + inUnits(Runtime.getRuntime().maxMemory()) + " and reads at most "
                            + inUnits(LARGEST_BUFFER) + " at a time")
                    .help("reduce it first, or read it in parts: `x[0:1000]`")
                    .raise();
        }
    }

    private static double elements(Shape shape) {
        return shape.sizes().stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
    }

    /** The error for more elements than fit into Java arrays, which random numbers and data pass through. */
    static SdeError beyondJava(Throwable failure, Node node) {
        double elements = Footprint.bytes(node) / node.dtype().bytes();
        double most = Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2.0 / Double.BYTES);
        Diagnostic diagnostic = refused(node)
                .note("it takes " + inUnits(Footprint.bytes(node)) + ", and its numbers are drawn in Java, which has "
                        + inUnits(Runtime.getRuntime().maxMemory()));
        return new OutOfMemory(diagnostic, most / elements, failure);
    }

    /**
     * The error for an engine out of memory.
     *
     * @param node the operation, null if unknown
     */
    static SdeError exhausted(Throwable failure, String words, @Nullable Node node) {
        Matcher asked = ASKED.matcher(words);
        Diagnostic diagnostic = node == null
                ? Diagnostic.error(OutOfMemory.CODE, null, "there is not enough memory for this step")
                : refused(node);
        return new OutOfMemory(
                asked.find() ? diagnostic.note("the engine was asked for " + size(asked) + " more") : diagnostic,
                HALF,
                failure);
    }

    private static String size(Matcher asked) {
        return asked.group(2).equals("bytes")
                ? inUnits(Double.parseDouble(asked.group(1)))
                : asked.group(1) + " " + asked.group(2);
    }

    private static Diagnostic refused(Node node) {
        return Diagnostic.error(
                        OutOfMemory.CODE,
                        node.span().orElse(null),
                        "there is not enough memory for this " + node.type())
                .label(node.operation().words())
                .help("use a smaller `batch`, or work on it in parts");
    }

    /** The memory that this process may still use, in bytes: of the machine, or of its share in a container. */
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

    /** Reads a size from a table of Linux, in bytes; −1 if the table lacks it. */
    static long field(Path table, String name) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException elsewhere) {
            return -1;
        }
    }

    /** Writes a byte count with a unit, such as 37.3 GiB. */
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
