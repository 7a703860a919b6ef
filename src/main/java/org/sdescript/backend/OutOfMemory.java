package org.sdescript.backend;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** The error for tensors that do not fit into memory. A caller that knows the batch size can suggest one that fits. */
public final class OutOfMemory extends SdeError {
    static final String CODE = "E0904";

    private final double room;

    /** @param room the fraction of the requested memory that is free */
    OutOfMemory(Diagnostic diagnostic, double room, @Nullable Throwable cause) {
        super(diagnostic, cause);
        this.room = room;
    }

    /**
     * Replaces the help of an error caused by lack of memory; returns other errors unchanged.
     *
     * @param samples the batch size that failed
     * @param help gives the help from the largest power of two below {@code samples} that should fit; 0 if not even one
     * sample fits
     */
    public static SdeError suggesting(SdeError error, int samples, IntFunction<String> help) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof OutOfMemory wanting) {
                String words = help.apply(wanting.fitting(samples));
                SdeError better = new SdeError(error.diagnostics().stream()
                        .map(diagnostic -> diagnostic.code().equals(CODE) ? diagnostic.help(words) : diagnostic)
                        .toList());
                better.initCause(error);
                return better;
            }
        }
        return error;
    }

    /** The largest power of two of samples that fits: memory grows in proportion to the samples. */
    int fitting(int samples) {
        return Integer.highestOneBit((int) Math.min(samples - 1, samples * room));
    }
}
