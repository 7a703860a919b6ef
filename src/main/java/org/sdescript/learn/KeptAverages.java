package org.sdescript.learn;

import java.util.List;
import java.util.stream.Stream;
import org.sdescript.backend.Backend;
import org.sdescript.backend.Operand;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;

/**
 * States of averages by the power function, kept during a training. An average of another width is a sum of them.
 *
 * @param widths the widths of the averages
 * @param states in the order of their steps
 */
record KeptAverages(List<Double> widths, List<State> states) implements AutoCloseable {
    static final KeptAverages NONE = new KeptAverages(List.of(), List.of());

    /**
     * The averages after a step.
     *
     * @param averages for each width, all parameters end to end
     */
    record State(long step, List<Tensor> averages) implements AutoCloseable {
        State {
            averages = List.copyOf(averages);
        }

        @Override
        public void close() {
            averages.forEach(Tensor::close);
        }
    }

    KeptAverages {
        widths = List.copyOf(widths);
        states = List.copyOf(states);
    }

    boolean isEmpty() {
        return states.isEmpty();
    }

    /** Returns the factors of all kept averages for an average of this width over all steps. */
    Reconstruction reconstruction(double width) {
        List<Reconstruction.Average> kept = states.stream()
                .flatMap(state -> widths.stream()
                        .map(each -> new Reconstruction.Average(state.step, PowerFunction.ofWidth(each))))
                .toList();
        return Reconstruction.of(kept, new Reconstruction.Average(states.getLast().step, PowerFunction.ofWidth(width)));
    }

    /** Returns the sum of all kept averages with these factors, computed in float64. */
    Tensor sum(double[] factors, Backend backend) {
        List<Tensor> vectors =
                states.stream().flatMap(state -> state.averages.stream()).toList();
        Tensor sum = scaled(vectors.getFirst(), factors[0], backend);
        for (int i = 1; i < factors.length; i++) {
            try (Tensor before = sum;
                    Tensor part = scaled(vectors.get(i), factors[i], backend)) {
                sum = apply(backend, new Operation.Binary(BinaryOperation.ADD), before, part);
            }
        }
        DType precision = vectors.getFirst().dtype();
        if (precision == sum.dtype()) {
            return sum;
        }
        try (Tensor wide = sum) {
            return apply(backend, new Operation.Cast(precision), wide);
        }
    }

    private static Tensor scaled(Tensor vector, double factor, Backend backend) {
        Operation product = new Operation.Binary(BinaryOperation.MULTIPLY);
        if (vector.dtype() == DType.FLOAT64) {
            return apply(backend, product, vector, new Operand.Number(factor));
        }
        try (Tensor wide = apply(backend, new Operation.Cast(DType.FLOAT64), vector)) {
            return apply(backend, product, wide, new Operand.Number(factor));
        }
    }

    private static Tensor apply(Backend backend, Operation operation, Operand... operands) {
        return (Tensor) backend.apply(operation, List.of(operands), new RandomStream(0));
    }

    Stream<State> upTo(long step) {
        return states.stream().filter(state -> state.step <= step);
    }

    @Override
    public void close() {
        states.forEach(State::close);
    }
}
