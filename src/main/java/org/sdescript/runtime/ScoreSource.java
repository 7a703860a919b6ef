package org.sdescript.runtime;

import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Process;
import org.sdescript.process.SameLaw;
import org.sdescript.source.Span;

/**
 * What a score is the score of.
 *
 * @param process under which it was trained, or whose marginals it is of
 * @param data where they are known
 */
public record ScoreSource(ProcessValue process, Optional<DataMoments> data) {

    /**
     * Refuses a score of another process than the one it is to be used with.
     *
     * @param remedy how to use it all the same
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
