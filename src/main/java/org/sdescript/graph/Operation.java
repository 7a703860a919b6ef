package org.sdescript.graph;

import java.util.List;
import java.util.Locale;

/**
 * The operation of a node on its inputs. Axes are counted from 0 and never negative here; {@link TypeInference} derives
 * the result type and rejects operands that do not fit.
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

    /** Cumulative sums along an axis from its start, or from its end where {@code backward}; the shape is that of x. */
    record CumulativeSum(int axis, boolean backward) implements Operation {}

    /** The index of the largest element along an axis, int64. */
    record ArgMax(int axis) implements Operation {}

    /** {@code x @ y} over the last two axes; the axes before them broadcast. */
    record MatMul() implements Operation {}

    /** {@code x wᵀ + b} over the last axis of x, with w [out, in] and an optional third input b [out]. */
    record Linear() implements Operation {}

    /** exp(x − m)/Σ exp(x − m) along an axis, with m the largest element there. */
    record Softmax(int axis) implements Operation {}

    /**
     * Cross-correlation of images x [n, c, h, w] with w [o, c, k, k′] and an optional third input b [o]: y[n, o, i, j]
     * = b[o] + Σ w[o, c, a, e] x[n, c, s i + d a − p, s j + d e − p] over c, a, e, with stride s, padding p, dilation
     * d, and 0 for x outside the image. The derivatives have the same form: by x {@link ConvTranspose2d} of the
     * cotangent with the same w; by w a convolution of x with the cotangent, n and c (n and o) exchanged and s and d
     * exchanged, cut to k × k′.
     */
    record Conv2d(Window window) implements Operation {}

    /**
     * The adjoint of {@link Conv2d} as a linear map of x: images x [n, c, h, w], w [c, o, k, k′] and an optional third
     * input b [o]: y[n, o, u, v] = b[o] + Σ w[c, o, a, e] x[n, c, i, j] over c and all u = s i + d a − p, v = s j + d e
     * − p.
     *
     * @param bottom rows added where the sizes are ambiguous, since Conv2d maps images of several sizes to one size
     * @param right columns added, likewise
     */
    record ConvTranspose2d(Window window, int bottom, int right) implements Operation {}

    /**
     * The mean of each block of size × size pixels of images [n, c, h, w]; incomplete blocks at the lower and right
     * edge are dropped.
     */
    record AvgPool2d(int size) implements Operation {}

    /** Images [n, c, h, w] with each pixel repeated as a block of factor × factor. */
    record UpsampleNearest2d(int factor) implements Operation {}

    /**
     * (x − μ)/√(σ² + eps)·scale[c] + shift[c] of x [n, c, …], scale [c] and shift [c], with mean μ and variance σ²
     * (divided by the count) over each sample's group of c/groups channels (Wu and He 2018).
     */
    record GroupNorm(int groups, double eps) implements Operation {}

    /**
     * (x − μ)/√(σ² + eps)·scale + shift over the last axis of x […, d], with scale [d] and shift [d] (Ba et al. 2016).
     */
    record LayerNorm(double eps) implements Operation {}

    /**
     * softmax(q kᵀ/√d) v of q […, s, d], k […, r, d] and v […, r, e] with equal leading axes (Vaswani et al. 2017, eq.
     * 1).
     */
    record ScaledDotProductAttention() implements Operation {}

    /** An imported function of x, t and optional labels; the result has the type of x. */
    record Foreign(ForeignFunction function) implements Operation {}

    /** Jᵀ v of {@link Foreign} with respect to x, of its inputs and v; the result has the type of x. */
    record ForeignGradient(ForeignFunction function) implements Operation {}

    /** {@code x + c y} for a number c, the last input; x and y have the same floating dtype and broadcast. */
    record AddScaled() implements Operation {}

    /** {@code x + y z}; all have the same floating dtype and broadcast. */
    record AddProduct() implements Operation {}

    /** A linear layer's {@code x wᵀ + b} for matrices x, plus h of the result's shape; the inputs are x, w, b, h. */
    record AddLinear() implements Operation {}

    record Reshape(Shape shape) implements Operation {}

    record Permute(List<Integer> order) implements Operation {
        public Permute {
            order = List.copyOf(order);
        }
    }

    record Broadcast(Shape shape) implements Operation {}

    /** Concatenates the inputs along an axis. */
    record Concat(int axis) implements Operation {}

    /** Elements from, from + step, … before {@code to} of one axis. */
    record Slice(int axis, long from, long to, long step) implements Operation {}

    /** Rows of the first input along an axis, selected by the second, an int64 vector. */
    record Gather(int axis) implements Operation {}

    /**
     * The adjoint of {@link Gather}: entry i of the first input along an axis is added at index i of the second, an
     * int64 vector, to {@code size} entries that start at zero.
     */
    record ScatterAdd(int axis, long size) implements Operation {}

    /** The input, as the variable of one derivative; the number distinguishes the node from equal values elsewhere. */
    record Variable(int number) implements Operation {}

    /** The input, as a constant for derivatives. */
    record Detach() implements Operation {}

    record Cast(DType dtype) implements Operation {}

    /** A tensor filled with the input, a host number. */
    record Fill(DType dtype, Shape shape) implements Operation {}

    /** Standard normal numbers from the run's stream; the first axis counts samples. */
    record RandomNormal(DType dtype, Shape shape) implements Operation {}

    /** Numbers uniform in [0, 1) from the run's stream. */
    record RandomUniform(DType dtype, Shape shape) implements Operation {}

    /** True if two nodes with the same inputs may be merged. Draws may not: each is distinct. */
    default boolean isPure() {
        return !(this instanceof RandomNormal || this instanceof RandomUniform);
    }

    /** Returns the name in errors: the function or the operation, in lower case. */
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
