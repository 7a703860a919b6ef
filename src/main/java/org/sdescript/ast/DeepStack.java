package org.sdescript.ast;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.sdescript.interrupt.StopRequest;

/**
 * Threads with a stack for the deepest trees that the parser does not refuse, and for scripts whose calls nest deeply.
 * Printing a tree, and even more comparing two by the {@code equals} of records, takes more of it on each level than
 * reading does. The system gives memory only to the part of a stack that is used.
 */
public final class DeepStack {
    private static final long BYTES = 1L << 28;

    /** A thread that has such a stack already. */
    private static final class Deep extends Thread {
        private Deep(Runnable work, String name) {
            super(null, work, name, BYTES);
        }
    }

    private DeepStack() {}

    /** A thread with a deep stack, to be started. */
    public static Thread thread(String name, Runnable work) {
        return new Deep(work, name);
    }

    /** Does something on a deep stack: here, where this is one, or else on a thread of its own. */
    public static <T> T run(Supplier<T> work) {
        if (Thread.currentThread() instanceof Deep) {
            return work.get();
        }
        StopRequest request = StopRequest.present();
        FutureTask<T> task = new FutureTask<>(() -> StopRequest.during(request, work));
        thread("deep", task).start();
        return result(task);
    }

    /** What a task on another thread comes to: its value, or what it throws. */
    public static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException failure) {
            throw rethrown(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
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
