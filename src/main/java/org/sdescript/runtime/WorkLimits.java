package org.sdescript.runtime;

import org.sdescript.backend.MemoryLimit;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Refuses work in advance if its size exceeds the memory or any reasonable running time. */
public final class WorkLimits {
    private static final String CODE = "E0933";

    /** A longer list takes minutes to make, and gigabytes. */
    private static final int LONGEST_LIST = 50_000_000;

    /** Below the longest string of the JVM, 2³¹ bytes, since two are in memory while a text grows. */
    private static final int LONGEST_TEXT = 500_000_000;

    private WorkLimits() {}

    /** Throws if a list would have this many elements and cannot be made. */
    public static void listFits(double elements, Span span) {
        atMost(LONGEST_LIST, elements, "elements of a list", "a tensor holds numbers in a tenth of the memory", span);
    }

    /** Throws if a text would have this many characters and cannot be made. */
    public static void textFits(double characters, Span span) {
        atMost(LONGEST_TEXT, characters, "characters of a text", "keep the parts in a list, and print each", span);
    }

    /** @param help advice to reduce the work */
    public static void atMost(double most, double asked, String things, String help, Span span) {
        if (asked > most) {
            throw Diagnostic.error(
                            CODE,
                            span,
                            ValueText.number(asked) + " " + things + " are too many: at most " + ValueText.number(most))
                    .help(help)
                    .raise();
        }
    }

    /**
     * Throws if values do not fit into the heap of the JVM; {@link MemoryLimit} checks tensors.
     *
     * @param bytes a lower bound of the size
     */
    public static void fitsHeap(double bytes, String things, Span span) {
        double most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw Diagnostic.error(CODE, span, "there is not enough memory for " + things)
                    .note("they take " + MemoryLimit.inUnits(bytes) + ", and lists, texts and pictures may take "
                            + MemoryLimit.inUnits(most) + " here; tensors have memory of their own")
                    .help("keep numbers in tensors, or work on them in parts; more is SDE_JAVA_OPTIONS=-Xmx16g")
                    .raise();
        }
    }
}
