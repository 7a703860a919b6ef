package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.BuiltinLibrary;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/** {@code quantile}, {@code median} and {@code cumsum}. */
public final class Quantiles implements BuiltinLibrary {
    @Override
    public Map<String, Builtin.Body> bodies() {
        return Map.ofEntries(
                Map.entry("quantile", Builtin.onHost(Quantiles::quantile)),
                Map.entry("median", Builtin.onHost(call -> computed(call, Value.number(0.5)))),
                Map.entry("cumsum", Quantiles::cumulativeSum));
    }

    private static Value cumulativeSum(Call call) {
        if (call.value("x") instanceof Value.ListValue(var elements)) {
            call.tensors().axis(call.value("axis"), 1, call.place("axis"));
            List<Value> sums = new ArrayList<>();
            double sum = 0;
            for (Value element : elements) {
                sum += Coercion.number(element, "an element of cumsum", call.place("x"));
                sums.add(Value.number(sum));
            }
            return Value.list(sums);
        }
        Value x = call.tensor("x");
        Tensors tensors = call.tensors();
        int axis = tensors.axis(call.value("axis"), tensors.shape(x).rank(), call.place("axis"));
        return tensors.apply(new Operation.CumulativeSum(axis, false), call.span(), x);
    }

    private static Value quantile(Call call) {
        return computed(call, call.value("q"));
    }

    private static Value computed(Call call, Value q) {
        double[] shares = shares(call, q);
        boolean several = !(q instanceof Value.Num) && !isScalar(call, q);
        if (call.value("x") instanceof Value.ListValue(var elements)
                && elements.stream().allMatch(Value.Num.class::isInstance)) {
            call.tensors().axes(call.value("axis"), 1, call.place("axis"));
            double[] numbers = elements.stream()
                    .mapToDouble(each -> ((Value.Num) each).value())
                    .toArray();
            double[] found = quantiles(call, numbers, shares);
            return several ? Value.numbers(found) : Value.number(found[0]);
        }
        return ofTensor(call, shares, several);
    }

    private static boolean isScalar(Call call, Value q) {
        return Tensors.isTensor(q) && call.tensors().shape(q).rank() == 0;
    }

    private static double[] shares(Call call, Value q) {
        double[] shares =
                switch (q) {
                    case Value.ListValue(var elements) ->
                        elements.stream()
                                .mapToDouble(each -> Coercion.number(each, "a share in `q`", call.place("q")))
                                .toArray();
                    case Value.TensorValue(var tensor) when tensor.shape().rank() <= 1 -> tensor.toDoubles();
                    default -> new double[] {Coercion.number(q, "`q` of quantile", call.place("q"))};
                };
        for (double share : shares) {
            if (!(share >= 0 && share <= 1)) {
                throw call.diagnostic(
                                "E0421", "`q` of quantile is " + ValueText.number(share) + ", but must be from 0 to 1")
                        .help("0.5 is the median, 0.25 and 0.75 are the quartiles; percentages are divided by 100")
                        .raise();
            }
        }
        return shares;
    }

    private static Value ofTensor(Call call, double[] shares, boolean several) {
        Tensors tensors = call.tensors();
        Value x = call.tensor("x");
        Shape shape = tensors.shape(x);
        List<Integer> axes = tensors.axes(call.value("axis"), shape.rank(), call.place("axis"));
        List<Integer> others = IntStream.range(0, shape.rank())
                .filter(axis -> !axes.contains(axis))
                .boxed()
                .toList();
        double[] flat = numbers(call, x, others, axes);
        List<Long> sizes = new ArrayList<>();
        if (several) {
            sizes.add((long) shares.length);
        }
        int rows = 1;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (others.contains(axis)) {
                sizes.add(shape.size(axis));
                rows *= (int) shape.size(axis);
            } else if (call.isTrue("keep")) {
                sizes.add(1L);
            }
        }
        int length = rows == 0 ? 0 : flat.length / rows;
        double[] out = new double[shares.length * rows];
        for (int row = 0; row < rows; row++) {
            StopRequest.poll();
            double[] found = quantiles(call, Arrays.copyOfRange(flat, row * length, (row + 1) * length), shares);
            for (int k = 0; k < shares.length; k++) {
                out[k * rows + row] = found[k];
            }
        }
        return tensors.literal(new Shape(sizes), out, call.span());
    }

    /** Returns the elements in an order that makes the reduced axes contiguous. */
    private static double[] numbers(Call call, Value x, List<Integer> others, List<Integer> axes) {
        if (x instanceof Value.Num(double number)) {
            return new double[] {number};
        }
        List<Integer> order = new ArrayList<>(others);
        order.addAll(axes);
        Value ordered = call.tensors().apply(new Operation.Permute(order), call.span(), x);
        return ((Value.TensorValue) ordered).tensor().toDoubles();
    }

    private static double[] quantiles(Call call, double[] numbers, double[] shares) {
        if (numbers.length == 0) {
            throw call.diagnostic("E0422", call.name() + " of nothing has no value")
                    .help("`len(x)` or `x.shape` shows the number of elements")
                    .raise();
        }
        Arrays.sort(numbers);
        // nan sorts last; a nan among the elements makes every quantile nan
        boolean ordered = !Double.isNaN(numbers[numbers.length - 1]);
        return Arrays.stream(shares)
                .map(share -> ordered ? at(numbers, share * (numbers.length - 1)) : Double.NaN)
                .toArray();
    }

    /**
     * Interpolates between neighbours from the nearer one, so that both ends are exact; equal neighbours, including
     * infinite ones, return their common value.
     */
    private static double at(double[] sorted, double place) {
        int below = (int) Math.floor(place);
        double part = place - below;
        double low = sorted[below];
        if (part == 0 || low == sorted[below + 1]) {
            return low;
        }
        double high = sorted[below + 1];
        return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
    }
}
