package org.sdescript.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sdescript.graph.Shape;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Value;

/** A grid of points in the plane for sampling a function, n in each direction, with rows upwards. */
record SampleGrid(double[] x, double[] y) {

    SampleGrid(Layer.Extent extent, int n) {
        this(
                spread(new AxisRange(extent.left(), extent.right()), n),
                spread(new AxisRange(extent.bottom(), extent.top()), n));
    }

    /** Returns n evenly spaced numbers from the first end to the last. */
    static double[] spread(AxisRange ends, int n) {
        return IntStream.range(0, n)
                .mapToDouble(k -> n == 1 ? ends.low() : ends.low() + ends.length() * k / (n - 1))
                .toArray();
    }

    /** Returns the points as pairs, with x varying fastest. */
    double[] points() {
        double[] points = new double[2 * x.length * y.length];
        for (int k = 0; k < x.length * y.length; k++) {
            StopRequest.poll();
            points[2 * k] = x[k % x.length];
            points[2 * k + 1] = y[k / x.length];
        }
        return points;
    }

    double distance() {
        return Math.min(x[1] - x[0], y[1] - y[0]);
    }

    /** Evaluates a function of x, or of x and the call's t, at all points. */
    Value values(Callable field, Call call) {
        Value points = call.tensors().literal(Shape.of((long) x.length * y.length, 2), points(), call.span());
        List<Value> given = new ArrayList<>(List.of(points));
        call.given("t").ifPresent(given::add);
        return call.interpreter().call(field, call.span(), given.toArray(Value[]::new));
    }
}
