package org.sdescript.backend;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.sdescript.graph.Node;
import org.sdescript.graph.Type;

/**
 * A graph ready to run node by node; this execution defines the meaning of a tensor program. A kernel holds no native
 * memory, so it needs no closing.
 */
public final class EagerKernel implements CompiledGraph {
    private final Backend backend;
    private final List<Type> inputTypes;
    private final int[] inputSlots;
    private final NodeStep[] steps;
    private final Node[] origins;
    private final int[][] releases;
    private final double[] initialNumbers;
    private final List<Type> outputTypes;
    private final int[] outputSlots;

    EagerKernel(
            Backend backend,
            List<Type> inputTypes,
            int[] inputSlots,
            NodeStep[] steps,
            Node[] origins,
            int[][] releases,
            double[] initialNumbers,
            List<Type> outputTypes,
            int[] outputSlots) {
        this.backend = backend;
        this.inputTypes = inputTypes;
        this.inputSlots = inputSlots;
        this.steps = steps;
        this.origins = origins;
        this.releases = releases;
        this.initialNumbers = initialNumbers;
        this.outputTypes = outputTypes;
        this.outputSlots = outputSlots;
    }

    @Override
    public List<Operand> run(List<? extends Operand> inputs, RandomStream random) {
        try (PtNDManager scope = backend.scope()) {
            ExecutionFrame frame = execute(scope, inputs, random);
            List<Operand> outputs = new ArrayList<>(outputSlots.length);
            for (int i = 0; i < outputSlots.length; i++) {
                outputs.add(output(frame, i));
            }
            return outputs;
        }
    }

    /** Runs all steps; the results live as long as the scope. */
    ExecutionFrame execute(PtNDManager scope, List<? extends Operand> inputs, RandomStream random) {
        ExecutionFrame frame = new ExecutionFrame(
                scope, new PtNDArray[initialNumbers.length], initialNumbers.clone(), random, backend.staging());
        bind(frame, inputs);
        int i = 0;
        try {
            for (; i < steps.length; i++) {
                backend.expect(origins[i]);
                steps[i].run(frame);
                release(frame, releases[i]);
            }
        } catch (EngineException e) {
            throw NativeFailure.of(e, origins[i]);
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw MemoryLimit.beyondJava(e, origins[i]);
        }
        return frame;
    }

    List<Type> outputTypes() {
        return outputTypes;
    }

    PtNDArray tensor(ExecutionFrame frame, int output) {
        return frame.tensors()[outputSlots[output]];
    }

    private void bind(ExecutionFrame frame, List<? extends Operand> inputs) {
        requireTypes(inputs, inputTypes);
        for (int i = 0; i < inputSlots.length; i++) {
            Operand input = inputs.get(i);
            if (inputSlots[i] >= 0) {
                switch (input) {
                    case Operand.Number(double value) -> frame.numbers()[inputSlots[i]] = value;
                    case Tensor tensor -> frame.tensors()[inputSlots[i]] = borrow(tensor.array(), frame.scope());
                }
            }
        }
    }

    static void requireTypes(List<? extends Operand> inputs, List<Type> types) {
        for (int i = 0; i < types.size(); i++) {
            if (!inputs.get(i).type().equals(types.get(i))) {
                throw new IllegalArgumentException(
                        "input " + i + " is " + inputs.get(i).type() + ", the graph has " + types.get(i));
            }
        }
    }

    /**
     * Moves an operand into the scope until the scope closes, because DJL attaches a result to the manager of its first
     * operand.
     */
    private static PtNDArray borrow(PtNDArray array, PtNDManager scope) {
        if (array.getManager() != scope) {
            array.tempAttach(scope);
        }
        return array;
    }

    private static void release(ExecutionFrame frame, int[] slots) {
        for (int slot : slots) {
            frame.tensors()[slot].close();
            frame.tensors()[slot] = null;
        }
    }

    private Operand output(ExecutionFrame frame, int index) {
        int slot = outputSlots[index];
        return switch (outputTypes.get(index)) {
            case Type.Scalar number -> new Operand.Number(frame.numbers()[slot]);
            case Type.TensorType type -> {
                PtNDArray array = frame.tensors()[slot];
                yield backend.adopt(isTaken(slot, index) ? JniUtils.clone(array) : array, type);
            }
        };
    }

    /** True if the slot's array already has an owner: the slot is an input or an earlier output. */
    private boolean isTaken(int slot, int index) {
        for (int input : inputSlots) {
            if (input == slot) {
                return true;
            }
        }
        for (int i = 0; i < index; i++) {
            if (outputSlots[i] == slot) {
                return true;
            }
        }
        return false;
    }
}
