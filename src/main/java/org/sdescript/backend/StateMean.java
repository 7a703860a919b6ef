package org.sdescript.backend;

import java.util.List;
import org.sdescript.exchange.Exchange;

/**
 * Replaces the state of a training by its mean over the machines that have trained by themselves for some steps (Stich
 * 2019, Algorithm 1; there the parameters alone, since plain gradient descent has no moments).
 */
record StateMean(Backend backend, AdamState state, Exchange exchange) {

    /** @param first the number of the steps before those whose losses differ between the machines */
    void take(int first) {
        List<Tensor> tensors = state.tensors();
        int steps = state.losses().size() - first;
        long count =
                tensors.stream().mapToLong(tensor -> tensor.shape().elements()).sum();
        SharedNumbers numbers = new SharedNumbers(exchange, tensors.getFirst().dtype(), count, 2 * steps);
        int at = 0;
        for (Tensor each : tensors) {
            int from = at;
            int length = Math.toIntExact(each.shape().elements());
            HostRead.of(each.array(), bytes -> {
                numbers.put(from, length, bytes);
                return bytes;
            });
            at += length;
        }
        for (int i = 0; i < steps; i++) {
            numbers.more(2 * i, state.losses().get(first + i));
            numbers.more(2 * i + 1, state.gradientNorms().get(first + i));
        }
        numbers.sum();
        numbers.scale(1.0 / exchange.world());
        at = 0;
        for (Tensor each : tensors) {
            try (Tensor mean = numbers.tensor(backend, at, each)) {
                AdamState.assign(each, mean);
            }
            at += Math.toIntExact(each.shape().elements());
        }
        for (int i = 0; i < steps; i++) {
            state.record(first + i, new StepOutcome(numbers.more(2 * i), numbers.more(2 * i + 1)));
        }
    }
}
