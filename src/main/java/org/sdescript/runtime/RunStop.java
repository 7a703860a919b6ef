package org.sdescript.runtime;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.source.Span;

/** The request to stop a run, and what a stopped run leaves. */
public final class RunStop {
    private final StopRequest stop = new StopRequest();
    private volatile boolean hasWorkToKeep;
    private @Nullable Unfinished unfinished;

    /** Requests the run to stop at its next check. */
    public void request() {
        stop.make();
    }

    public boolean isRequested() {
        return stop.isMade();
    }

    /** Withdraws the request to stop, before the next run. */
    public void withdraw() {
        stop.takeBack();
    }

    /** Throws if a stop was requested. Called between statements and steps, and for each element of a comprehension. */
    public void check() {
        stop.check();
    }

    /** Runs work in which {@link StopRequest#poll} checks this run. */
    public <T> T stoppable(Supplier<T> work) {
        return StopRequest.during(stop, work);
    }

    /** Runs work that saves its state when interrupted, so that a stop waits for its next step. */
    public <T> T keepingWork(Supplier<T> doing) {
        hasWorkToKeep = true;
        try {
            return doing.get();
        } finally {
            hasWorkToKeep = false;
        }
    }

    public boolean hasWorkToKeep() {
        return hasWorkToKeep;
    }

    /**
     * The partial value of a stopped computation.
     *
     * @param call the call that was computing the value
     * @param words a description of the value
     */
    public record Unfinished(Value value, Span call, String words) {}

    /** Stores the partial value for the name that would have been bound. */
    public void offer(Unfinished value) {
        unfinished = value;
    }

    /** Returns and clears the partial value of a stopped call. */
    Optional<Unfinished> unfinished(Span call) {
        Optional<Unfinished> left =
                Optional.ofNullable(unfinished).filter(it -> it.call().equals(call));
        unfinished = null;
        return left;
    }
}
