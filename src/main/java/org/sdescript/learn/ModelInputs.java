package org.sdescript.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * The inputs of a model's network, broadcast to one number for each sample where the network needs it.
 *
 * @param further the values of the network's variables after x and t, such as labels, by name
 */
record ModelInputs(Value x, Value t, Map<String, Value> further) {

    List<Value> all() {
        return Stream.concat(Stream.of(x, t), further.values().stream()).toList();
    }

    ModelInputs with(List<Value> others) {
        Map<String, Value> changed = new LinkedHashMap<>();
        further.keySet().forEach(name -> changed.put(name, others.get(2 + changed.size())));
        return new ModelInputs(others.get(0), others.get(1), changed);
    }

    /** Returns a time for each sample. */
    Value times(Shape samples, Tensors tensors, Span span) {
        return perSample(t, "times", samples, tensors, span);
    }

    /** Returns a vector with a number per sample, from one number or one per sample. */
    static Value perSample(Value value, String what, Shape samples, Tensors tensors, Span span) {
        long given = tensors.shape(value).elements();
        if (given != 1 && given != samples.elements()) {
            throw otherCount(given, what, samples, span);
        }
        return given == samples.elements() && Tensors.isTensor(value)
                ? tensors.reshape(value, samples, span)
                : tensors.fill(value, samples, span);
    }

    /**
     * Broadcasts a number, such as a label, to all samples; checks that a tensor has a row per sample; returns any
     * other value unchanged.
     */
    static Value further(String name, Value value, Shape samples, Tensors tensors, Span span) {
        boolean isNumber = value instanceof Value.Num || value instanceof Value.TracedValue && !Tensors.isTensor(value);
        if (!isNumber && !Tensors.isTensor(value)) {
            return value;
        }
        Shape shape = tensors.shape(value);
        if (shape.rank() <= 1) {
            return perSample(value, "values of `" + name + "`", samples, tensors, span);
        }
        if (shape.size(0) != samples.elements()) {
            throw otherCount(shape.size(0), "values of `" + name + "`", samples, span);
        }
        return value;
    }

    private static SdeError otherCount(long given, String what, Shape samples, Span span) {
        return Diagnostic.error(
                        "E0808",
                        span,
                        "a model is given " + given + " " + what + " for " + samples.elements() + " samples")
                .help("give one for all samples, or one for each")
                .raise();
    }
}
