package org.sdescript.lsp;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;
import org.sdescript.ast.DeepStack;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;

/**
 * The threads that answer requests, so that the thread that reads messages never waits. Work that may take long, such
 * as a derivation, has threads of its own, so that completion and diagnostics never wait for it.
 */
final class Workers implements AutoCloseable {
    private static final int SLOW = 2;

    private final ExecutorService quick =
            Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), Workers::thread);
    private final ExecutorService slow = Executors.newFixedThreadPool(SLOW, Workers::thread);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Workers::thread);
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    /** The result of the quick part of a request. */
    sealed interface Outcome<T> {}

    record Answered<T>(@Nullable T answer) implements Outcome<T> {}

    /** The answer needs further work, which may take long. */
    record Slow<T>(Supplier<@Nullable T> rest) implements Outcome<T> {}

    private static Thread thread(Runnable work) {
        Thread thread = DeepStack.thread("language server", work);
        thread.setDaemon(true);
        return thread;
    }

    /** Computes an answer on another thread; a script's error becomes the error of the request. */
    <T> CompletableFuture<T> answer(Function<Cancellation, @Nullable T> work) {
        return answerInParts(stop -> new Answered<>(work.apply(stop)));
    }

    /** Computes an answer that may take long, on a thread for such work. */
    <T> CompletableFuture<T> answerSlowly(Function<Cancellation, @Nullable T> work) {
        return begun((answer, stop) -> perform(slow, answer, () -> answer.complete(work.apply(stop))));
    }

    /** Computes an answer, and what may take long of it on a thread for such work. */
    <T> CompletableFuture<T> answerInParts(Function<Cancellation, Outcome<T>> work) {
        return begun((answer, stop) -> perform(quick, answer, () -> {
            switch (work.apply(stop)) {
                case Answered<T>(T found) -> answer.complete(found);
                case Slow<T>(Supplier<T> rest) -> perform(slow, answer, () -> answer.complete(rest.get()));
            }
        }));
    }

    private interface Start<T> {
        void with(CompletableFuture<T> answer, Cancellation stop);
    }

    private <T> CompletableFuture<T> begun(Start<T> start) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        open.add(answer);
        answer.whenComplete((value, failure) -> open.remove(answer));
        start.with(answer, new Cancellation(answer));
        return answer;
    }

    private static void perform(Executor threads, CompletableFuture<?> answer, Runnable work) {
        threads.execute(() -> {
            if (answer.isDone()) {
                return;
            }
            try {
                work.run();
            } catch (Interruption | CancellationException stopped) {
                answer.cancel(false);
            } catch (SdeError error) {
                answer.completeExceptionally(failed(String.valueOf(error.getMessage())));
            } catch (RuntimeException | Error fault) {
                answer.completeExceptionally(fault);
            }
        });
    }

    /** The error of a request that cannot be done, with the reason for the user. */
    static ResponseErrorException failed(String message) {
        return new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, message, null));
    }

    /** Runs work after a delay, on the threads that answer requests. */
    Future<?> later(Runnable work, long milliseconds) {
        return clock.schedule(() -> quick.execute(work), milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Cancels the requests that are not answered. */
    @Override
    public void close() {
        clock.shutdownNow();
        quick.shutdownNow();
        slow.shutdownNow();
        open.forEach(answer -> answer.cancel(false));
    }
}
