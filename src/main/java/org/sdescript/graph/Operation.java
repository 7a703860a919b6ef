package org.sdescript.graph;

import java.util.List;
import java.util.Locale;

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

    /** Sums of the elements along an axis up to each place, or from it to the end where {@code backward}; of x's shape. */
    record CumulativeSum(int axis, boolean backward) implements Operation {}

    /** The index of the largest element along an axis, int64. */
    record ArgMax(int axis) implements Operation {}

    /** {@code x @ y}, the last two axes, those before broadcast. */
    record MatMul() implements Operation {}

    /** {@code x wᵀ + b} over the last axis of x, with w [out, in] and, where there is a third input, b [out]. */
    record Linear() implements Operation {}

    /** exp(x − m)/Σ exp(x − m) along an axis, m the largest there. */
    record Softmax(int axis) implements Operation {}

    /**
     * Cross-correlation of images x [n, c, h, w] with w [o, c, k, k′], and b [o] where there is a third input:
     * y[n, o, i, j] = b[o] + Σ w[o, c, a, e] x[n, c, s i + d a − p, s j + d e − p] over c, a, e, with stride s, padding p,
     * dilation d, and 0 for x outside of the image. The derivatives are of the same kind: by x it is
     * {@link ConvTranspose2d} of the cotangent with the same w; by w it is a convolution of x with the cotangent, n and c
     * (n and o) exchanged and s and d exchanged, cut to k × k′.
     */
    record Conv2d(Window window) implements Operation {}

    /**
     * The adjoint of {@link Conv2d} as a linear map of x: images x [n, c, h, w], w [c, o, k, k′] and, where there is a third
     * input, b [o]: y[n, o, u, v] = b[o] + Σ w[c, o, a, e] x[n, c, i, j] over c and all u = s i + d a − p, v = s j + d e − p.
     *
     * @param bottom rows, and {@code right} columns, added where the sizes leave them open: Conv2d takes images of several
     *     sizes to one
     */
    record ConvTranspose2d(Window window, int bottom, int right) implements Operation {}

    /** The mean of each block of size × size pixels of images [n, c, h, w]; what is left at the lower and right edge is dropped. */
    record AvgPool2d(int size) implements Operation {}

    /** Images [n, c, h, w] with each pixel made a block of factor × factor equal ones. */
    record UpsampleNearest2d(int factor) implements Operation {}

    /**
     * (x − μ)/√(σ² + eps)·scale[c] + shift[c] of x [n, c, …], scale [c] and shift [c], with mean μ and variance σ²
     * (divided by the count) over all of a group of c/groups channels that belong to one sample (Wu & He 2018).
     */
    record GroupNorm(int groups, double eps) implements Operation {}

    /** The same over the last axis: (x − μ)/√(σ² + eps)·scale + shift of x […, d], scale [d] and shift [d] (Ba et al. 2016). */
    record LayerNorm(double eps) implements Operation {}

    /** softmax(q kᵀ/√d) v of q […, s, d], k […, r, d] and v […, r, e], the first axes alike (Vaswani et al. 2017, eq. 1). */
    record ScaledDotProductAttention() implements Operation {}

    /** What a function from elsewhere makes of x, t and perhaps labels: a tensor like x. */
    record Foreign(ForeignFunction function) implements Operation {}

    /** Jᵀ v of {@link Foreign} with respect to x, of its inputs and v: a tensor like x. */
    record ForeignGradient(ForeignFunction function) implements Operation {}

    /** {@code x + c y} for a number c that is the last input; of one floating type, broadcast. */
    record AddScaled() implements Operation {}

    /** {@code x + y z} of one floating type, broadcast. */
    record AddProduct() implements Operation {}

    /** A linear layer's {@code x wᵀ + b} for matrices x, and h of the result's shape added to it; the inputs are x, w, b, h. */
    record AddLinear() implements Operation {}

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

    /** What it is called in errors: the function's name, or the operation's, in lower case. */
    default String words() {
        String name = this instanceof Unary(UnaryOperation function)
                ? function.name()
                : this instanceof Binary(BinaryOperation function)
                        ? function.name()
                        : this instanceof Reduce(Reduction function, var axes, boolean keep)
                                ? function.name()
                                : getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return name.replace('_', ' ').toLowerCase(Locale.ROOT);
    }
}
