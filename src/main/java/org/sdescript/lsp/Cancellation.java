package org.sdescript.lsp;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The client's wish to cancel a request, as the work on the request sees it. */
final class Cancellation {
    private final CompletableFuture<?> answer;
    private final List<Runnable> hooks = new CopyOnWriteArrayList<>();

    Cancellation(CompletableFuture<?> answer) {
        this.answer = answer;
        answer.whenComplete((value, failure) -> {
            if (answer.isCancelled()) {
                hooks.forEach(Runnable::run);
            }
        });
    }

    /** Runs an action once the request is cancelled; at once if it is already. */
    void onCancel(Runnable action) {
        hooks.add(action);
        if (answer.isCancelled()) {
            action.run();
        }
    }

    /** Throws if the request was cancelled. */
    void check() {
        if (answer.isCancelled()) {
            throw new CancellationException();
        }
    }
}
