package org.sdescript.api;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.DeepStack;
import org.sdescript.runtime.Session;

/**
 * The single thread of a run, because a backend belongs to the thread that opened it, and scripts need a deep stack.
 * Callers wait for their task; the tasks of several callers run one after the other.
 */
final class RunThread {
    private static final ScheduledThreadPoolExecutor LIMITS = timer();

    private final BlockingQueue<FutureTask<?>> waiting = new LinkedBlockingQueue<>();
    private final Session session;
    private final Thread thread;
    private @Nullable FutureTask<?> underWay;
    private boolean stopped;

    /** @param session the session of all tasks; the thread closes it at the end */
    RunThread(Session session) {
        this.session = session;
        this.thread = DeepStack.thread("sde-run", this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "sde-time-limits");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private void serve() {
        while (true) {
            try {
                FutureTask<?> next = waiting.take();
                begin(next);
                next.run();
                end();
                if (next instanceof Last) {
                    return;
                }
            } catch (InterruptedException nobodyShould) {
                Thread.yield();
            }
        }
    }

    private static final class Last extends FutureTask<Void> {
        Last(Runnable work) {
            super(work, null);
        }
    }

    private synchronized void begin(FutureTask<?> task) {
        underWay = task;
        session.stop().withdraw();
    }

    /** Drops the task, whose result may be large, and the log, so that any number of calls takes no memory. */
    private synchronized void end() {
        underWay = null;
        session.log().forget();
    }

    /** Stops the task of a caller that waits no longer, without stopping another caller's task. */
    private synchronized void interrupt(FutureTask<?> task) {
        if (underWay == task) {
            session.stop().request();
        } else {
            task.cancel(false);
        }
    }

    /** Stops the task under way, if any; its caller gets a {@link CancellationException}. */
    synchronized void interrupt() {
        if (underWay != null && !(underWay instanceof Last)) {
            session.stop().request();
        }
    }

    /**
     * Runs a task on the thread; directly if the caller is that thread. If the waiting caller is interrupted or the
     * limit is over, the task ends at its next stopping point.
     *
     * @param limit the longest time from now to the end of the task; null for no limit
     */
    <T> T run(Supplier<T> work, @Nullable Duration limit) {
        if (Thread.currentThread() == thread) {
            return SdeException.told(work);
        }
        JavaCall<T> call = new JavaCall<>(session.stop(), work);
        submit(call);
        boolean interrupted = false;
        Duration left = limit;
        try {
            while (true) {
                try {
                    return left == null ? call.get() : call.get(left.toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    left = null;
                    interrupt(call);
                } catch (TimeoutException over) {
                    call.endedBy(Objects.requireNonNull(left));
                    left = null;
                    interrupt(call);
                } catch (ExecutionException | CancellationException failure) {
                    throw call.failure(failure);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begins a task. Whoever completes the future first, a program's {@code cancel} for example, stops the task. */
    <T> CompletableFuture<T> start(Supplier<T> work, @Nullable Duration limit) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        JavaCall<T> call = new JavaCall<>(session.stop(), work);
        call.whenDone(answer);
        answer.whenComplete((value, failure) -> interrupt(call));
        submit(call);
        if (limit != null) {
            Future<?> timer = LIMITS.schedule(
                    () -> {
                        call.endedBy(limit);
                        interrupt(call);
                    },
                    limit.toNanos(),
                    TimeUnit.NANOSECONDS);
            answer.whenComplete((value, failure) -> timer.cancel(false));
        }
        return answer;
    }

    private synchronized void submit(FutureTask<?> task) {
        if (stopped) {
            throw new IllegalStateException("the run is closed");
        }
        waiting.add(task);
    }

    /** Ends the thread after the tasks submitted so far. */
    synchronized void stop() {
        if (!stopped) {
            waiting.add(new Last(session::close));
            stopped = true;
        }
    }
}
