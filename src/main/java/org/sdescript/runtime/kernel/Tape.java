package org.sdescript.runtime.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.backend.Operand;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.graph.Operation;
import org.sdescript.interrupt.StopRequest;

/**
 * The record of all kernels and operations that ran on tensors which depend on a point, in order. Of each run the tape
 * keeps the inputs that its derivative needs, and nothing of what happened inside: the derivative computes a step
 * again from its inputs, with the same random numbers. The memory is therefore that of the states between steps.
 *
 * <p>A sweep uses the tape up: each step is freed once the sweep has passed.
 */
final class Tape implements AutoCloseable {

    /**
     * A run of a graph.
     *
     * @param values the inputs that the derivative needs
     * @param by the inputs that depend on the point
     * @param outputs the outputs that depend on the point, in the order of {@link GraphDerivatives.By#dependent}
     * @param random the stream before the run
     */
    private record Step(
            GraphDerivatives.By derivative,
            List<Operand> values,
            List<Tensor> by,
            List<Tensor> outputs,
            RandomStream random) {

        void release() {
            values.forEach(value -> {
                if (value instanceof Tensor tensor) {
                    tensor.release();
                }
            });
        }
    }

    private final GraphDerivatives.Runner runner;
    private final boolean forward;
    private final Set<Tensor> recorded = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Step> steps = new ArrayList<>();

    /** @param forward true if the sweep will run forward: it may need other values than a backward sweep */
    Tape(GraphDerivatives.Runner runner, List<Tensor> point, boolean forward) {
        this.runner = runner;
        this.forward = forward;
        point.forEach(this::follow);
    }

    boolean holds(Tensor tensor) {
        return recorded.contains(tensor);
    }

    private void follow(Tensor tensor) {
        recorded.add(tensor);
        runner.tapes().countReadsOf(tensor);
    }

    void ran(GraphDerivatives derivatives, List<Operand> inputs, List<Operand> outputs, RandomStream before) {
        List<Integer> positions = IntStream.range(0, inputs.size())
                .filter(i -> inputs.get(i) instanceof Tensor tensor && holds(tensor))
                .boxed()
                .toList();
        if (positions.isEmpty()) {
            return;
        }
        GraphDerivatives.By derivative = derivatives.by(positions, forward);
        if (derivative.dependent().isEmpty()) {
            return;
        }
        List<Operand> values = derivative.needed().stream().map(inputs::get).toList();
        values.forEach(value -> {
            if (value instanceof Tensor tensor) {
                tensor.retain();
            }
        });
        List<Tensor> dependent = tensors(derivative.dependent(), outputs);
        steps.add(new Step(derivative, values, tensors(positions, inputs), dependent, before));
        dependent.forEach(this::follow);
    }

    private static List<Tensor> tensors(List<Integer> positions, List<Operand> operands) {
        return positions.stream().map(i -> (Tensor) operands.get(i)).toList();
    }

    /**
     * Sweeps back from the last step to the first.
     *
     * @param cotangents of results; the tensors remain the caller's
     * @return the cotangents of the point; none for a tensor on which no result depends
     */
    Map<Tensor, Tensor> backward(Map<Tensor, Tensor> cotangents) {
        Sums sums = new Sums(cotangents);
        while (!steps.isEmpty()) {
            StopRequest.poll();
            Step step = steps.removeLast();
            try {
                backward(step, sums);
            } finally {
                step.release();
            }
        }
        return sums.byTensor;
    }

    private void backward(Step step, Sums sums) {
        List<Integer> of = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (int i = 0; i < step.outputs().size(); i++) {
            Tensor cotangent = sums.byTensor.remove(step.outputs().get(i));
            if (cotangent != null) {
                of.add(step.derivative().dependent().get(i));
                cotangents.add(cotangent);
            }
        }
        if (of.isEmpty()) {
            return;
        }
        List<Tensor> results = step.derivative().backward(of, step.values(), cotangents, step.random(), runner);
        cotangents.forEach(sums::free);
        for (int i = 0; i < results.size(); i++) {
            sums.add(step.by().get(i), results.get(i));
        }
    }

    /** Sums of cotangents by tensor. The sums that the sweep itself made are freed once they are used. */
    private final class Sums {
        private final Map<Tensor, Tensor> byTensor;
        private final Set<Tensor> given = Collections.newSetFromMap(new IdentityHashMap<>());

        Sums(Map<Tensor, Tensor> first) {
            byTensor = new IdentityHashMap<>(first);
            given.addAll(first.values());
        }

        void add(Tensor tensor, Tensor part) {
            Tensor before = byTensor.put(tensor, part);
            if (before != null) {
                byTensor.put(tensor, sum(before, part));
                free(before);
                free(part);
            }
        }

        private Tensor sum(Tensor a, Tensor b) {
            Operation plus = new Operation.Binary(BinaryOperation.ADD);
            Operand sum = runner.backend().apply(plus, List.of(a, b), new RandomStream(0));
            runner.tapes().ran(plus, List.of(a, b), sum, new RandomStream(0));
            return (Tensor) sum;
        }

        void free(Tensor cotangent) {
            if (!given.contains(cotangent)) {
                cotangent.close();
            }
        }
    }

    /**
     * Sweeps from the first step to the last.
     *
     * @param tangents one for each tensor of the point; the tensors remain the caller's
     * @param results the tensors whose tangents are asked for
     * @return the tangents of the results; none for a tensor that does not depend on the point
     */
    Map<Tensor, Tensor> forward(Map<Tensor, Tensor> tangents, Set<Tensor> results) {
        Map<Tensor, Integer> lastUse = lastUse();
        Map<Tensor, Tensor> byTensor = new IdentityHashMap<>(tangents);
        for (int i = 0; i < steps.size(); i++) {
            StopRequest.poll();
            Step step = steps.get(i);
            List<Tensor> given = step.by().stream()
                    .map(tensor -> Objects.requireNonNull(byTensor.get(tensor)))
                    .toList();
            List<Tensor> moved = step.derivative().forward(step.values(), given, step.random(), runner);
            for (int k = 0; k < moved.size(); k++) {
                byTensor.put(step.outputs().get(k), moved.get(k));
            }
            int at = i;
            Stream.concat(step.by().stream(), step.outputs().stream())
                    .filter(tensor -> lastUse.getOrDefault(tensor, -1) <= at)
                    .filter(tensor -> !results.contains(tensor) && !tangents.containsKey(tensor))
                    .forEach(tensor ->
                            Optional.ofNullable(byTensor.remove(tensor)).ifPresent(Tensor::close));
        }
        return byTensor;
    }

    /** Returns for each tensor the last step that uses it. */
    private Map<Tensor, Integer> lastUse() {
        Map<Tensor, Integer> lastUse = new IdentityHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            for (Tensor tensor : steps.get(i).by()) {
                lastUse.put(tensor, i);
            }
        }
        return lastUse;
    }

    /** Frees what no sweep has freed. */
    @Override
    public void close() {
        steps.forEach(Step::release);
        steps.clear();
    }
}
