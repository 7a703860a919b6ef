package org.sdescript.backend;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.sdescript.graph.HostArithmetic;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;

/** Reference definitions of operations, as plain loops over doubles. */
public final class LoopReference {
    public record Values(Shape shape, double[] elements) {
        public double at(long... index) {
            int offset = 0;
            for (int axis = 0; axis < shape.rank(); axis++) {
                offset = (int) (offset * shape.size(axis) + (shape.size(axis) == 1 ? 0 : index[axis]));
            }
            return elements[offset];
        }

        /** The element that a broadcast result of higher rank reads at {@code index}. */
        double broadcastAt(long[] index) {
            long[] own = new long[shape.rank()];
            System.arraycopy(index, index.length - own.length, own, 0, own.length);
            return at(own);
        }
    }

    private LoopReference() {}

    public interface Element {
        public double at(long[] index);
    }

    public static Values fill(Shape shape, Element element) {
        double[] out = new double[(int) shape.elements()];
        long[] index = new long[shape.rank()];
        for (int i = 0; i < out.length; i++) {
            int rest = i;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                index[axis] = rest % shape.size(axis);
                rest /= (int) shape.size(axis);
            }
            out[i] = element.at(index.clone());
        }
        return new Values(shape, out);
    }

    static Values evaluate(Operation operation, List<Values> in, Shape shape) {
        Values x = in.isEmpty() ? null : in.getFirst();
        return switch (operation) {
            case Operation.Input i -> throw new IllegalArgumentException();
            case Operation.Number(double value) -> fill(shape, index -> value);
            case Operation.Literal(var dtype, var s, var values) ->
                new Values(s, values.stream().mapToDouble(d -> d).toArray());
            case Operation.Unary(var f) -> fill(shape, index -> HostArithmetic.apply(f, x.at(index)));
            case Operation.Binary(var f) ->
                fill(
                        shape,
                        i -> HostArithmetic.apply(f, x.broadcastAt(i), in.get(1).broadcastAt(i)));
            case Operation.Where() ->
                fill(shape, i -> in.get(x.broadcastAt(i) != 0 ? 1 : 2).broadcastAt(i));
            case Operation.Reduce(var f, var axes, boolean keep) -> reduce(f, x, axes, keep, shape);
            case Operation.ArgMax(int axis) -> fill(shape, i -> argMax(x, axis, i));
            case Operation.MatMul() -> fill(shape, i -> product(x, in.get(1), i));
            case Operation.Linear() ->
                fill(shape, i -> linear(x, in.get(1), LayerReference.bias(in, i[i.length - 1]), i));
            case Operation.AddLinear() ->
                fill(
                        shape,
                        i -> linear(x, in.get(1), in.get(2).at(i[1]), i)
                                + in.get(3).at(i));
            case Operation.CumulativeSum(int axis, boolean backward) ->
                fill(shape, i -> cumulativeSum(x, axis, backward, i));
            case Operation.Softmax(int axis) -> fill(shape, i -> LayerReference.softmax(x, axis, i));
            case Operation.Conv2d(var window) -> LayerReference.conv2d(in, window, shape);
            case Operation.ConvTranspose2d(var window, int bottom, int right) ->
                LayerReference.convTranspose2d(in, window, shape);
            case Operation.AvgPool2d(int size) -> fill(shape, i -> LayerReference.block(x, size, i));
            case Operation.UpsampleNearest2d(int factor) ->
                fill(shape, i -> x.at(i[0], i[1], i[2] / factor, i[3] / factor));
            case Operation.GroupNorm(int groups, double eps) ->
                fill(shape, i -> LayerReference.groupNorm(in, groups, eps, i));
            case Operation.LayerNorm(double eps) -> fill(shape, i -> LayerReference.layerNorm(in, eps, i));
            case Operation.ScaledDotProductAttention() -> fill(shape, i -> LayerReference.attention(in, i));
            case Operation.Foreign function -> throw new IllegalArgumentException("known to the engine only");
            case Operation.ForeignGradient function -> throw new IllegalArgumentException("known to the engine only");
            case Operation.AddScaled() -> fill(shape, i -> addProduct(in, i));
            case Operation.AddProduct() -> fill(shape, i -> addProduct(in, i));
            case Operation.Reshape(Shape s) -> new Values(s, x.elements());
            case Operation.Permute(var order) ->
                fill(shape, i -> {
                    long[] from = new long[i.length];
                    for (int a = 0; a < i.length; a++) {
                        from[order.get(a)] = i[a];
                    }
                    return x.at(from);
                });
            case Operation.Broadcast(Shape s) -> fill(s, x::broadcastAt);
            case Operation.Concat(int axis) -> fill(shape, i -> concat(in, axis, i));
            case Operation.Slice(int axis, long from, long to, long step) ->
                fill(shape, i -> x.at(with(i, axis, from + step * i[axis])));
            case Operation.Gather(int axis) ->
                fill(shape, i -> x.at(with(i, axis, (long) in.get(1).at(i[axis]))));
            case Operation.ScatterAdd(int axis, long size) -> scatterAdd(x, in.get(1), axis, shape);
            case Operation.Variable v -> x;
            case Operation.Detach d -> x;
            case Operation.Cast c -> x;
            case Operation.Fill(var dtype, Shape s) -> fill(s, i -> x.elements()[0]);
            case Operation.RandomNormal r -> throw new IllegalArgumentException();
            case Operation.RandomUniform r -> throw new IllegalArgumentException();
        };
    }

    private static double cumulativeSum(Values x, int axis, boolean backward, long[] index) {
        long from = backward ? index[axis] : 0;
        long to = backward ? x.shape().size(axis) - 1 : index[axis];
        double sum = 0;
        for (long i = from; i <= to; i++) {
            sum += x.at(with(index, axis, i));
        }
        return sum;
    }

    private static double addProduct(List<Values> in, long[] index) {
        return in.get(0).broadcastAt(index)
                + in.get(1).broadcastAt(index) * in.get(2).broadcastAt(index);
    }

    private static Values reduce(Reduction function, Values x, List<Integer> axes, boolean keep, Shape shape) {
        DoubleBinaryOperator join =
                switch (function) {
                    case SUM, MEAN -> Double::sum;
                    case MIN -> Math::min;
                    case MAX -> Math::max;
                };
        Shape kept = x.shape();
        for (int axis : axes) {
            kept = kept.with(axis, 1);
        }
        double[] out = new double[(int) kept.elements()];
        boolean[] seen = new boolean[out.length];
        Shape target = kept;
        fill(x.shape(), index -> {
            int offset = 0;
            for (int axis = 0; axis < target.rank(); axis++) {
                offset = (int) (offset * target.size(axis) + (target.size(axis) == 1 ? 0 : index[axis]));
            }
            out[offset] = seen[offset] ? join.applyAsDouble(out[offset], x.at(index)) : x.at(index);
            seen[offset] = true;
            return 0;
        });
        double count = function == Reduction.MEAN ? (double) x.elements().length / out.length : 1;
        return fill(shape, index -> 0).elements().length == out.length
                ? new Values(
                        shape, java.util.Arrays.stream(out).map(v -> v / count).toArray())
                : null;
    }

    static long[] with(long[] index, int axis, long value) {
        long[] changed = index.clone();
        changed[axis] = value;
        return changed;
    }

    private static Values scatterAdd(Values x, Values index, int axis, Shape shape) {
        return fill(shape, i -> {
            double sum = 0;
            for (long k = 0; k < x.shape().size(axis); k++) {
                sum += index.at(k) == i[axis] ? x.at(with(i, axis, k)) : 0;
            }
            return sum;
        });
    }

    private static double argMax(Values x, int axis, long[] index) {
        long[] full = new long[index.length + 1];
        System.arraycopy(index, 0, full, 0, axis);
        System.arraycopy(index, axis, full, axis + 1, index.length - axis);
        long best = 0;
        for (long i = 1; i < x.shape().size(axis); i++) {
            if (x.at(with(full, axis, i)) > x.at(with(full, axis, best))) {
                best = i;
            }
        }
        return best;
    }

    private static double product(Values x, Values y, long[] index) {
        int rank = index.length;
        double sum = 0;
        for (long k = 0; k < x.shape().size(x.shape().rank() - 1); k++) {
            sum += x.broadcastAt(with(index, rank - 1, k)) * y.broadcastAt(with(index, rank - 2, k));
        }
        return sum;
    }

    private static double linear(Values x, Values w, double bias, long[] index) {
        int last = index.length - 1;
        double sum = bias;
        for (long k = 0; k < w.shape().size(1); k++) {
            sum += x.at(with(index, last, k)) * w.at(index[last], k);
        }
        return sum;
    }

    private static double concat(List<Values> in, int axis, long[] index) {
        long offset = index[axis];
        for (Values part : in) {
            if (offset < part.shape().size(axis)) {
                return part.at(with(index, axis, offset));
            }
            offset -= part.shape().size(axis);
        }
        throw new IllegalStateException();
    }
}
