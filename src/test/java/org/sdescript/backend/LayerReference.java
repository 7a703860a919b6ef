package org.sdescript.backend;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.sdescript.backend.LoopReference.Values;
import org.sdescript.graph.Shape;
import org.sdescript.graph.Window;

/** Reference definitions of layers, as plain loops over doubles. */
public final class LayerReference {
    private LayerReference() {}

    public static Values conv2d(List<Values> in, Window window, Shape shape) {
        Values x = in.get(0);
        Values w = in.get(1);
        return LoopReference.fill(shape, i -> {
            double sum = bias(in, i[1]);
            for (int c = 0; c < w.shape().size(1); c++) {
                for (int a = 0; a < w.shape().size(2); a++) {
                    for (int e = 0; e < w.shape().size(3); e++) {
                        long u = i[2] * window.stride() + (long) a * window.dilation() - window.padding();
                        long v = i[3] * window.stride() + (long) e * window.dilation() - window.padding();
                        sum += w.at(i[1], c, a, e) * pixel(x, i[0], c, u, v);
                    }
                }
            }
            return sum;
        });
    }

    public static double bias(List<Values> in, long channel) {
        return in.size() > 2 ? in.get(2).at(channel) : 0;
    }

    private static double pixel(Values x, long n, long c, long u, long v) {
        boolean inside =
                u >= 0 && v >= 0 && u < x.shape().size(2) && v < x.shape().size(3);
        return inside ? x.at(n, c, u, v) : 0;
    }

    /** Each pixel adds the kernel to the image; parts outside of the image are dropped. */
    public static Values convTranspose2d(List<Values> in, Window window, Shape shape) {
        Values x = in.get(0);
        Values w = in.get(1);
        double[] painted = LoopReference.fill(shape, i -> bias(in, i[1])).elements();
        LoopReference.fill(x.shape(), i -> {
            for (int o = 0; o < shape.size(1); o++) {
                for (int a = 0; a < w.shape().size(2); a++) {
                    for (int e = 0; e < w.shape().size(3); e++) {
                        long u = i[2] * window.stride() + (long) a * window.dilation() - window.padding();
                        long v = i[3] * window.stride() + (long) e * window.dilation() - window.padding();
                        if (u >= 0 && v >= 0 && u < shape.size(2) && v < shape.size(3)) {
                            long at = ((i[0] * shape.size(1) + o) * shape.size(2) + u) * shape.size(3) + v;
                            painted[(int) at] += x.at(i) * w.at(i[1], o, a, e);
                        }
                    }
                }
            }
            return 0;
        });
        return new Values(shape, painted);
    }

    public static double block(Values x, int size, long[] i) {
        double sum = 0;
        for (int a = 0; a < size; a++) {
            for (int e = 0; e < size; e++) {
                sum += x.at(i[0], i[1], i[2] * size + a, i[3] * size + e);
            }
        }
        return sum / (size * size);
    }

    public static double softmax(Values x, int axis, long[] i) {
        double total = IntStream.range(0, (int) x.shape().size(axis))
                .mapToDouble(each -> Math.exp(x.at(LoopReference.with(i, axis, each)) - x.at(i)))
                .sum();
        return 1 / total;
    }

    public static double groupNorm(List<Values> in, int groups, double eps, long[] i) {
        Values x = in.getFirst();
        int count = (int) (x.elements().length / x.shape().size(0) / groups);
        long row = x.shape().size(1) / groups;
        int from = (int) (i[0] * groups + i[1] / row) * count;
        return normal(x.at(i), count, k -> x.elements()[from + k], eps)
                        * in.get(1).at(i[1])
                + in.get(2).at(i[1]);
    }

    public static double layerNorm(List<Values> in, double eps, long[] i) {
        Values x = in.getFirst();
        int last = i.length - 1;
        int count = (int) x.shape().size(last);
        return normal(x.at(i), count, k -> x.at(LoopReference.with(i, last, k)), eps)
                        * in.get(1).at(i[last])
                + in.get(2).at(i[last]);
    }

    private static double normal(double x, int count, IntToDoubleFunction elements, double eps) {
        double mean = IntStream.range(0, count).mapToDouble(elements).average().orElseThrow();
        double variance = IntStream.range(0, count)
                .mapToDouble(k -> Math.pow(elements.applyAsDouble(k) - mean, 2))
                .average()
                .orElseThrow();
        return (x - mean) / Math.sqrt(variance + eps);
    }

    public static double attention(List<Values> in, long[] i) {
        Values k = in.get(1);
        int last = i.length - 1;
        double[] weights = new double[(int) k.shape().size(last - 1)];
        double total = 0;
        for (int r = 0; r < weights.length; r++) {
            weights[r] =
                    Math.exp(product(in.get(0), k, i, r) / Math.sqrt(k.shape().size(last)));
            total += weights[r];
        }
        double sum = 0;
        for (int r = 0; r < weights.length; r++) {
            sum += weights[r] / total * in.get(2).at(LoopReference.with(i, last - 1, r));
        }
        return sum;
    }

    /** Row i of the queries times row r of the keys. */
    private static double product(Values q, Values k, long[] i, int r) {
        int last = i.length - 1;
        double sum = 0;
        for (int d = 0; d < q.shape().size(last); d++) {
            long[] query = LoopReference.with(i, last, d);
            sum += q.at(query) * k.at(LoopReference.with(query, last - 1, r));
        }
        return sum;
    }
}
