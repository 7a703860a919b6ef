package org.sdescript.ast;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.interrupt.StopRequest;

/**
 * Threads with a stack for the deepest trees that the parser accepts, and for deeply nested calls of scripts. Printing
 * a tree takes more stack per level than parsing, and comparing two by the {@code equals} of records takes still more.
 * The system allocates only the used part of a stack.
 */
public final class DeepStack {
    private static final long BYTES = 1L << 28;

    /** A thread with a deep stack. */
    private static final class Deep extends Thread {
        private Deep(Runnable work, String name) {
            super(null, work, name, BYTES);
        }
    }

    private DeepStack() {}

    /** Creates a thread with a deep stack, not started. */
    public static Thread thread(String name, Runnable work) {
        return new Deep(work, name);
    }

    /** Runs work on a deep stack: on this thread if it has one, else on a new thread. */
    public static <T> T run(Supplier<T> work) {
        if (Thread.currentThread() instanceof Deep) {
            return work.get();
        }
        StopRequest request = StopRequest.present();
        FutureTask<T> task = new FutureTask<>(() -> StopRequest.during(request, work));
        thread("deep", task).start();
        return result(task);
    }

    /** Returns the result of a task on another thread, or throws its exception. */
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

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException fault -> fault;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
