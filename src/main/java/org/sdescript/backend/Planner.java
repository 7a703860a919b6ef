package org.sdescript.backend;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.sdescript.graph.DType;
import org.sdescript.graph.Node;
import org.sdescript.graph.Type;
import org.sdescript.interrupt.StopRequest;

/**
 * Turns nodes into steps over slots. A node used in another dtype, or a number used with a tensor, gets one more slot
 * and one more step, shared by all its uses.
 */
final class Planner {
    private record Adapted(Node node, DType dtype) {}

    private final List<NodeStep> steps = new ArrayList<>();
    private final List<Node> origins = new ArrayList<>();
    private final List<int[]> reads = new ArrayList<>();
    private final Map<Node, Integer> slots = new HashMap<>();
    private final Map<Adapted, Integer> adapted = new HashMap<>();
    private final Map<Integer, Double> constants = new HashMap<>();
    private final int[] inputSlots;
    private int slotCount;

    Planner(int inputs) {
        inputSlots = new int[inputs];
        Arrays.fill(inputSlots, -1);
    }

    void input(Node node, int index) {
        inputSlots[index] = slotOf(node);
    }

    void constant(Node node, double value) {
        constants.put(slotOf(node), value);
    }

    /** Adds a step that computes a host number. */
    void compute(Node node, ToDoubleFunction<double[]> function) {
        int out = slotOf(node);
        emit(node, frame -> frame.numbers()[out] = function.applyAsDouble(frame.numbers()));
    }

    /** Adds a step whose result depends on no other tensor. */
    void create(Node node, Function<ExecutionFrame, PtNDArray> function) {
        int out = slotOf(node);
        emit(node, frame -> frame.tensors()[out] = function.apply(frame));
    }

    void map(Node node, int x, UnaryOperator<PtNDArray> function) {
        int out = slotOf(node);
        emit(node, frame -> frame.tensors()[out] = function.apply(frame.tensors()[x]), x);
    }

    void combine(Node node, int x, int y, BinaryOperator<PtNDArray> function) {
        int out = slotOf(node);
        emit(
                node,
                frame -> {
                    PtNDArray[] tensors = frame.tensors();
                    tensors[out] = function.apply(tensors[x], tensors[y]);
                },
                x,
                y);
    }

    /** Adds a step over any number of tensors. */
    void gather(Node node, int[] inputs, Function<PtNDArray[], PtNDArray> function) {
        int out = slotOf(node);
        emit(
                node,
                frame -> {
                    PtNDArray[] operands = new PtNDArray[inputs.length];
                    for (int i = 0; i < inputs.length; i++) {
                        operands[i] = frame.tensors()[inputs[i]];
                    }
                    frame.tensors()[out] = function.apply(operands);
                },
                inputs);
    }

    /** The slot of the node's number. */
    int number(Node node) {
        return slot(node);
    }

    /** The slot of the node's value as a tensor of a dtype. */
    int tensor(Node node, DType dtype) {
        if (!node.isNumber() && node.dtype() == dtype) {
            return slot(node);
        }
        return adapted.computeIfAbsent(new Adapted(node, dtype), wanted -> adapt(node, dtype));
    }

    /** The slot of the node's tensor. */
    int tensor(Node node) {
        return slot(node);
    }

    private int slot(Node node) {
        return Objects.requireNonNull(slots.get(node));
    }

    private int adapt(Node node, DType dtype) {
        int from = slot(node);
        int out = slotCount++;
        if (node.isNumber()) {
            DataType type = DjlTypes.dataType(dtype);
            emit(
                    node,
                    frame -> frame.tensors()[out] =
                            EngineElementwise.constant(frame.scope(), frame.numbers()[from], type));
        } else {
            emit(node, frame -> frame.tensors()[out] = EngineElementwise.cast(frame.tensors()[from], dtype), from);
        }
        return out;
    }

    private int slotOf(Node node) {
        return slots.computeIfAbsent(node, n -> slotCount++);
    }

    private void emit(Node node, NodeStep step, int... tensorsRead) {
        steps.add(step);
        origins.add(node);
        reads.add(tensorsRead);
    }

    EagerKernel kernel(Backend backend, List<Type> inputs, List<Node> outputs) {
        int[] outputSlots = outputs.stream().mapToInt(slots::get).toArray();
        return new EagerKernel(
                backend,
                inputs,
                inputSlots,
                steps.toArray(NodeStep[]::new),
                origins.toArray(Node[]::new),
                releases(outputSlots),
                initialNumbers(),
                outputs.stream().map(Node::type).toList(),
                outputSlots);
    }

    private double[] initialNumbers() {
        double[] numbers = new double[slotCount];
        constants.forEach((slot, value) -> numbers[slot] = value);
        return numbers;
    }

    /**
     * For each step, the slots that no later step reads. Inputs and outputs belong to the caller and are never
     * released.
     */
    private int[][] releases(int[] outputSlots) {
        Set<Integer> kept = new HashSet<>();
        Arrays.stream(inputSlots).forEach(kept::add);
        Arrays.stream(outputSlots).forEach(kept::add);
        int[][] releases = new int[steps.size()][];
        for (int i = steps.size() - 1; i >= 0; i--) {
            StopRequest.poll();
            releases[i] = Arrays.stream(reads.get(i)).filter(kept::add).toArray();
        }
        return releases;
    }
}
