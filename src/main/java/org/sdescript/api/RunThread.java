package org.sdescript.api;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.DeepStack;
import org.sdescript.runtime.Session;

/**
 * The single thread of a run, because a backend belongs to the thread that opened it, and scripts need a deep stack.
 * Callers wait for their task; the tasks of several callers run one after the other.
 */
final class RunThread {
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

    private void serve() {
        while (true) {
            try {
                FutureTask<?> next = waiting.take();
                begin(next);
                next.run();
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

    /** Stops the task of a caller that waits no longer, without stopping another caller's task. */
    private synchronized void interrupt(FutureTask<?> task) {
        if (underWay == task) {
            session.stop().request();
        } else {
            task.cancel(false);
        }
    }

    /**
     * Runs a task on the thread; directly if the caller is that thread. If the waiting caller is interrupted, the task
     * ends at its next stopping point, with an {@link org.sdescript.interrupt.Interruption} or a
     * {@link java.util.concurrent.CancellationException}.
     */
    <T> T run(Supplier<T> work) {
        if (Thread.currentThread() == thread) {
            return work.get();
        }
        FutureTask<T> task = new FutureTask<>(() -> session.stop().stoppable(work));
        submit(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    interrupt(task);
                } catch (ExecutionException failure) {
                    throw rethrown(Objects.requireNonNull(failure.getCause()));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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

    private static RuntimeException rethrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException fault -> fault;
            case Error error -> throw error;
            case Throwable checked -> new IllegalStateException(checked);
        };
    }
}
