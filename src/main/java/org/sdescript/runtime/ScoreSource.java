package org.sdescript.runtime;

import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Process;
import org.sdescript.process.SameLaw;
import org.sdescript.source.Span;

/**
 * The process of a score.
 *
 * @param process the process that the score was trained for, or whose marginals the score is of
 * @param data the moments of the data, if known
 */
public record ScoreSource(ProcessValue process, Optional<DataMoments> data) {

    /**
     * Throws if the score belongs to a different process.
     *
     * @param remedy a further suggestion in the error
     */
    public static void requireSame(ProcessValue process, Callable score, Span span, String remedy) {
        Optional<Process> known =
                score.scoreSource().map(source -> source.process().process());
        if (known.isPresent() && !SameLaw.covers(known.get(), process.process())) {
            throw Diagnostic.error(
                            "E0542",
                            span,
                            "the score is of another process: of " + described(known.get()) + ", and not of "
                                    + described(process.process()))
                    .help("use it with its own process; " + remedy)
                    .raise();
        }
    }

    private static String described(Process process) {
        return process.name() + ", " + process + " for t in [" + Show.number(process.tMin()) + ", "
                + Show.number(process.tMax()) + "]";
    }
}
