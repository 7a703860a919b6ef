package org.sdescript.api;

import java.util.OptionalDouble;

/**
 * The progress of long work in a script: a training, a sampling, a simulation, or a loop over {@code progress(…)}.
 * {@link Sde#progress} and {@link SdeRun#progress} set the listener, which gets one of these after each step.
 *
 * <pre>{@code
 * Sde script = Sde.of("for i in progress(1..3, title = \"counting\") { print(i) }");
 * script.progress(step -> System.out.println(step.task() + " " + step.percent() + " %")).run().close();
 * }</pre>
 *
 * <p>A {@link java.util.concurrent.SubmissionPublisher} passes the steps on to several subscribers:
 *
 * <pre>{@code
 * SubmissionPublisher<SdeProgress> steps = new SubmissionPublisher<>();
 * Sde script = Sde.of("for i in progress(1..3) { print(i) }").progress(step -> steps.offer(step, null));
 * CompletableFuture<Void> seen = steps.consume(step -> System.out.println(step.done()));
 * script.run().close();
 * steps.close();
 * seen.join();
 * }</pre>
 *
 * @param task what is done: {@code train}, {@code sample}, {@code simulate}, or the title of a loop
 * @param done the number of finished steps
 * @param total the number of all steps; negative if unknown
 * @param loss the smoothed loss of a training; empty for other work and before the first step
 */
public record SdeProgress(String task, long done, long total, OptionalDouble loss) {
    /** Returns the finished part in percent, rounded down; 0 if the number of steps is unknown. */
    public int percent() {
        return total <= 0 ? 0 : (int) Math.min(100, 100 * done / total);
    }

    /** True for the last step of the work. */
    public boolean isLast() {
        return done == total;
    }
}
