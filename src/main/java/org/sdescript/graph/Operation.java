package org.sdescript.graph;

import java.util.List;

/**
 * What a node does with its inputs. Axes are counted from 0 and are never negative here; {@link Inference} says what
 * comes out and refuses what does not fit.
 */
public sealed interface Operation {

    /** The {@code index}-th input of the graph: an argument, a parameter or a captured tensor. */
    record Input(int index, Type type) implements Operation {}

    /** A number known while tracing. */
    record Number(double value) implements Operation {}

    /** A tensor written out in the script, row by row. */
    record Literal(DType dtype, Shape shape, List<Double> values) implements Operation {
        public Literal {
            values = List.copyOf(values);
        }
    }

    record Unary(UnaryOperation function) implements Operation {}

    record Binary(BinaryOperation function) implements Operation {}

    /** {@code where(mask, a, b)}. */
    record Where() implements Operation {}

    record Reduce(Reduction function, List<Integer> axes, boolean keep) implements Operation {
        public Reduce {
            axes = List.copyOf(axes);
        }
    }

    /** The index of the largest element along an axis, int64. */
    record ArgMax(int axis) implements Operation {}

    /** {@code x @ y}, the last two axes, those before broadcast. */
    record MatMul() implements Operation {}

    /** {@code x wᵀ + b} with w [out, in] and b [out], over the last axis of x: one call into native code. */
    record Linear() implements Operation {}

    /** {@code x + c y} for a number c that is the last input; of one floating type, broadcast. */
    record AddScaled() implements Operation {}

    /** {@code x + y z} of one floating type, broadcast. */
    record AddProduct() implements Operation {}

    record Reshape(Shape shape) implements Operation {}

    record Permute(List<Integer> order) implements Operation {
        public Permute {
            order = List.copyOf(order);
        }
    }

    record Broadcast(Shape shape) implements Operation {}

    /** Joins its inputs along an axis. */
    record Concat(int axis) implements Operation {}

    /** Elements from, from + step, … before {@code to} of one axis. */
    record Slice(int axis, long from, long to, long step) implements Operation {}

    /** Rows of the first input along an axis, chosen by the int64 vector that is the second. */
    record Gather(int axis) implements Operation {}

    /**
     * The inverse way of {@link Gather}: entry i of the first input along an axis is added where the int64 vector that is
     * the second says, among {@code size} entries that are zero before.
     */
    record ScatterAdd(int axis, long size) implements Operation {}

    /** Its input, as the variable of one derivative: the number keeps it apart from the same value elsewhere. */
    record Variable(int number) implements Operation {}

    /** Its input, which derivatives take as a constant. */
    record Detach() implements Operation {}

    record Cast(DType dtype) implements Operation {}

    /** A tensor with the host number that is the input in every element. */
    record Fill(DType dtype, Shape shape) implements Operation {}

    /** Standard normal numbers from the run's stream; the first axis counts samples. */
    record RandomNormal(DType dtype, Shape shape) implements Operation {}

    /** Numbers uniform in [0, 1) from the run's stream. */
    record RandomUniform(DType dtype, Shape shape) implements Operation {}

    /** Whether two nodes with the same inputs are one node. Draws are not: each is a new one. */
    default boolean isPure() {
        return !(this instanceof RandomNormal || this instanceof RandomUniform);
    }
}
