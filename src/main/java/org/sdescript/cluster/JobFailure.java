package org.sdescript.cluster;

import java.util.Optional;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/** The error of a job that Spark gave up, in words of the script. */
final class JobFailure {
    private static final int LONGEST = 400;
    private static final String TOO_LARGE = "spark.driver.maxResultSize";

    private JobFailure() {}

    static SdeError of(Throwable failure, String title) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(TOO_LARGE)) {
            return Diagnostic.error(
                            "E0945",
                            null,
                            "the results of " + title + " are more than this process takes from the cluster")
                    .note("the limit is " + TOO_LARGE)
                    .help("give more by Spark's setting `" + TOO_LARGE
                            + "=4g`; `sample` writes them on the machines of the" + " cluster by `to = \"parts\"`")
                    .raise();
        }
        Diagnostic error = Diagnostic.error("E0946", null, "the cluster gave up " + title);
        Diagnostic told = cause(message).map(error::note).orElse(error);
        return new SdeError(
                told.help(
                        title.equals("sample")
                                ? "the logs of the executors tell more; `sample(…, to = \"parts\")` keeps what is done, so"
                                        + " that the same script goes on from there"
                                : "the logs of the executors tell more"),
                failure);
    }

    /** @param message what the other workers tell of one that hangs */
    static SdeError hanging(String message) {
        return Diagnostic.error("E0960", null, message)
                .note("its process still runs, so the training is not run again")
                .help("read the log of that worker; if a step takes longer than the time-out, set `"
                        + TrainingJob.TIMEOUT + "=600s`")
                .raise();
    }

    /** The first lines of Spark's message that name a cause. */
    private static Optional<String> cause(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat") && !line.startsWith("Driver stacktrace"))
                .findFirst()
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
    }
}
