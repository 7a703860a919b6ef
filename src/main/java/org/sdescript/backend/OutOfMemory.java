package org.sdescript.backend;

import java.util.function.IntFunction;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** Tensors that there is no memory for. Whoever knows how many samples were worked on at a time can say how many would fit. */
public final class OutOfMemory extends SdeError {
    static final String CODE = "E0904";

    private final double room;

    /** @param room the part of what was asked for that there is room for */
    OutOfMemory(Diagnostic diagnostic, double room, Throwable cause) {
        super(diagnostic, cause);
        this.room = room;
    }

    /**
     * The error with another help, if it comes from want of memory; else the error itself.
     *
     * @param samples that were worked on at a time
     * @param help from the largest power of two of samples that should fit, less than {@code samples}; 0 if not even one does
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

    /** What an operation takes grows with the samples. */
    int fitting(int samples) {
        return Integer.highestOneBit((int) Math.min(samples - 1, samples * room));
    }
}
