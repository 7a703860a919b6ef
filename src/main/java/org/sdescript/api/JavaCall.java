package org.sdescript.api;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.runtime.DurationText;
import org.sdescript.runtime.RunStop;

/** One call of a program on a run's thread, and the exception that the program gets if the call fails. */
final class JavaCall<T> extends FutureTask<T> {
    private volatile @Nullable Duration limit;
    private volatile @Nullable CompletableFuture<T> answer;

    JavaCall(RunStop stop, Supplier<T> work) {
        super(() -> stop.stoppable(work));
    }

    /** Notes that the call is stopped because its time limit is over. */
    void endedBy(Duration over) {
        limit = over;
    }

    void whenDone(CompletableFuture<T> told) {
        answer = told;
    }

    @Override
    protected void done() {
        CompletableFuture<T> told = answer;
        if (told == null) {
            return;
        }
        try {
            told.complete(get());
        } catch (ExecutionException | CancellationException failure) {
            told.completeExceptionally(failure(failure));
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible); // a call that is done is not waited for
        }
    }

    /** Returns what the caller gets, made of what {@code get} threw. */
    RuntimeException failure(Exception thrown) {
        Throwable cause =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Duration over = limit;
        return switch (cause) {
            case Interruption stopped -> stopped(over, stopped);
            case CancellationException stopped -> stopped(over, stopped);
            case SdeException mistake -> withCaller(mistake);
            case SdeError mistake -> SdeException.of(mistake);
            case RuntimeException fault -> withCaller(fault);
            case Error fault -> throw withCaller(fault);
            default -> new IllegalStateException(cause);
        };
    }

    private static RuntimeException stopped(@Nullable Duration over, Throwable cause) {
        RuntimeException told = over == null
                ? new CancellationException("the script was interrupted")
                : SdeException.of(
                        "E0909",
                        "the call was stopped after its time limit of " + DurationText.between(0, over.toNanos()),
                        "`timeLimit` of Sde and SdeRun sets another limit");
        told.initCause(cause);
        return told;
    }

    /** Adds the frames of the caller, which the run's thread does not have. */
    private static <E extends Throwable> E withCaller(E fault) {
        StackTraceElement[] frames = Stream.of(
                        Stream.of(fault.getStackTrace()),
                        Stream.of(new StackTraceElement(
                                "called from", "", Thread.currentThread().getName(), -1)),
                        Stream.of(Thread.currentThread().getStackTrace()).skip(1))
                .flatMap(each -> each)
                .toArray(StackTraceElement[]::new);
        fault.setStackTrace(frames);
        return fault;
    }
}
