package org.sdescript.runtime;

import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Process;
import org.sdescript.process.ProcessEquivalence;
import org.sdescript.source.Span;

/**
 * The process of a score.
 *
 * @param process the process that the score was trained for, or whose marginals the score is of
 * @param data the moments of the data, if known
 */
public record ScoreSource(Process process, Optional<DataMoments> data) {

    /** Throws if the score belongs to a different process. */
    public static void requireSame(Process process, Callable score, Span span) {
        score.scoreSources().stream()
                .map(source -> source.process())
                .filter(known -> !ProcessEquivalence.covers(known, process))
                .findFirst()
                .ifPresent(other -> {
                    throw Diagnostic.error(
                                    "E0542",
                                    span,
                                    "the score belongs to another process: to " + described(other) + ", and not to "
                                            + described(process))
                            .help("use the score with its own process, or accept it for this process with"
                                    + " `unlike = true`")
                            .raise();
                });
    }

    private static String described(Process process) {
        return process.name() + ", " + process.toString().replace("\n", "; ") + " for t in ["
                + ValueText.number(process.tMin()) + ", " + ValueText.number(process.tMax()) + "]";
    }
}
