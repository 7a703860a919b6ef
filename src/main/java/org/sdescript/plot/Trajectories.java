package org.sdescript.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Value;

/** {@code trajectories}: recorded paths of {@code simulate} and {@code sample}, against time or in the plane. */
final class Trajectories {
    private Trajectories() {}

    static Value of(Call call) {
        Value x = call.tensor("x");
        Shape shape = call.tensors().shape(x);
        int rank = shape.rank();
        int width = rank == 3 ? (int) shape.size(2) : 1;
        if (rank < 2 || rank > 3 || width < 1 || width > 2) {
            throw call.diagnostic("E0740", "paths have shape [states, n, 1] or [states, n, 2], not " + shape)
                    .help("`simulate(…)` and `sample(…, record = k)` give paths; choose coordinates: `x[:, :, 0:2]`")
                    .raise();
        }
        int states = (int) shape.size(0);
        int all = (int) shape.size(1);
        double[] times = times(call, states);
        int n = Math.min(all, call.integer("n"));
        double[] values = MarkFunctions.numbers(x, call);
        List<Layer.Line> paths = new ArrayList<>();
        for (int path = 0; path < n; path++) {
            double[] first = coordinate(values, states, all, width, path, 0);
            paths.add(new Layer.Line(
                    width == 2 ? first : times,
                    width == 2 ? coordinate(values, states, all, width, path, 1) : first,
                    ""));
        }
        return new LayerValue(new Layer.Paths(paths, width == 2, style(call, all, n)));
    }

    private static double[] times(Call call, int states) {
        if (call.given("t").isEmpty()) {
            double[] counted = new double[states];
            Arrays.setAll(counted, k -> k);
            return counted;
        }
        double[] times = MarkFunctions.numbers(call.value("t"), call);
        if (times.length != states) {
            throw call.error("E0740", "t has " + times.length + " times for " + states + " states");
        }
        return times;
    }

    private static double[] coordinate(double[] values, int states, int paths, int width, int path, int which) {
        double[] result = new double[states];
        Arrays.setAll(result, k -> values[(k * paths + path) * width + which]);
        return result;
    }

    /** Returns the style; of {@code by}, the numbers of the drawn paths. */
    private static MarkStyle style(Call call, int all, int drawn) {
        MarkStyle style = StyleArguments.of(call, all);
        return style.by().map(by -> style.by(Arrays.copyOf(by, drawn))).orElse(style);
    }
}
