package org.sdescript.runtime;

import org.sdescript.backend.Memory;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.source.Span;

/** Refuses work before it begins, where its size tells that it would not fit into memory or end in any time worth waiting for. */
public final class WorkSize {
    private static final String CODE = "E0933";

    private WorkSize() {}

    /** @param help how to ask for less */
    public static void atMost(double most, double asked, String things, String help, Span span) {
        if (asked > most) {
            throw Diagnostic.error(
                            CODE,
                            span,
                            Show.number(asked) + " " + things + " are too many: at most " + Show.number(most))
                    .help(help)
                    .raise();
        }
    }

    /**
     * Memory of the JVM, which has a limit of its own; tensors are looked at by {@link Memory}.
     *
     * @param bytes that the values take at least
     */
    public static void fitsHeap(double bytes, String things, Span span) {
        double most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw Diagnostic.error(CODE, span, "there is not enough memory for " + things)
                    .note("they take " + Memory.inUnits(bytes) + ", and lists, texts and pictures may take "
                            + Memory.inUnits(most) + " here; tensors have memory of their own")
                    .help("keep numbers in tensors, or work on them in parts; more is SDE_JAVA_OPTIONS=-Xmx16g")
                    .raise();
        }
    }
}
