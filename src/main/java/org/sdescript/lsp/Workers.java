package org.sdescript.lsp;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.sdescript.ast.DeepStack;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;

/** The threads that answer requests, so that the thread that reads messages never waits. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), Workers::thread);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Workers::thread);

    private static Thread thread(Runnable work) {
        Thread thread = DeepStack.thread("language server", work);
        thread.setDaemon(true);
        return thread;
    }

    /** Computes an answer on another thread; a script's error becomes the error of the request. */
    <T> CompletableFuture<T> answer(Function<Cancellation, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Cancellation cancellation = new Cancellation(answer);
        threads.execute(() -> {
            if (answer.isDone()) {
                return;
            }
            try {
                answer.complete(work.apply(cancellation));
            } catch (Interruption | CancellationException stopped) {
                answer.cancel(false);
            } catch (SdeError error) {
                answer.completeExceptionally(failed(String.valueOf(error.getMessage())));
            } catch (RuntimeException | Error fault) {
                answer.completeExceptionally(fault);
            }
        });
        return answer;
    }

    /** The error of a request that cannot be done, with the reason for the user. */
    static ResponseErrorException failed(String message) {
        return new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, message, null));
    }

    /** Runs work after a delay, on the threads that answer requests. */
    Future<?> later(Runnable work, long milliseconds) {
        return clock.schedule(() -> threads.execute(work), milliseconds, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }
}
