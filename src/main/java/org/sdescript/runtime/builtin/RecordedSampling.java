package org.sdescript.runtime.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.SampleSlices;
import org.sdescript.runtime.TrajectoryRecording;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.process.NanWatch;

/**
 * The result of {@code sample(…, record = k)} from its parts, each a record with the fields below.
 *
 * @param n the number of samples of all parts
 * @param batch the number of samples of each part but the last
 */
record RecordedSampling(List<Value> parts, int n, int batch, Call call) {
    private static final String SAMPLES = "samples";
    private static final String STATES = "states";
    private static final String MEANS = "means";
    private static final String TIMES = "times";

    /** Returns a part; its means are the states unless the call asks for them. */
    static Value part(TrajectoryRecording way, Value samples, Call call) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put(SAMPLES, samples);
        fields.put(STATES, way.states(samples, call.span()));
        if (call.isTrue("means")) {
            fields.put(MEANS, way.means(samples, call.span()));
            fields.put(TIMES, way.times());
        }
        return new Value.RecordValue(fields);
    }

    /**
     * Returns the recorded states of all parts, or with {@code means = true} a record of states, means and times.
     *
     * @param lost receives the numbers of the samples that are not finite
     */
    Value value(Consumer<List<Integer>> lost) {
        lost.accept(NanWatch.violated(joined(SAMPLES, 0), call.tensors(), call.span()));
        Value states = joined(STATES, 1);
        if (!call.isTrue("means")) {
            return states;
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put(STATES, states);
        fields.put(MEANS, joined(MEANS, 1));
        fields.put(TIMES, times());
        return new Value.RecordValue(fields);
    }

    private List<Value> each(String field) {
        return parts.stream()
                .map(part -> Objects.requireNonNull(
                        ((Value.RecordValue) part).fields().get(field)))
                .toList();
    }

    private Value joined(String field, int axis) {
        return SampleSlices.joined(each(field), axis, call.tensors(), call.span());
    }

    /**
     * Returns the times of the states, a list [k]; as a solver may take other steps in each batch, a tensor [k, n] if
     * they differ, with a column for each sample; none if a batch has none.
     */
    private Value times() {
        List<List<Double>> times = new ArrayList<>();
        for (Value part : each(TIMES)) {
            if (!(part instanceof Value.ListValue(var its))) {
                return Value.None.NONE;
            }
            times.add(its.stream().map(t -> ((Value.Num) t).value()).toList());
        }
        if (times.stream().distinct().count() == 1) {
            return each(TIMES).getFirst();
        }
        int k = times.getFirst().size();
        double[] all = new double[k * n];
        for (int i = 0; i < k; i++) {
            for (int sample = 0; sample < n; sample++) {
                all[i * n + sample] = times.get(sample / batch).get(i);
            }
        }
        return call.tensors().literal(Shape.of(k, n), all, call.span());
    }
}
