package org.sdescript.learn;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * The shape of the samples that a model was trained on, and the errors about samples of other shapes.
 *
 * @param sample the shape of one sample, for a system of each of its states; null if unknown
 * @param conditions what the samples were given
 */
record TrainedShape(@Nullable Shape sample, TrainedConditions conditions) {
    TrainedShape(@Nullable Shape sample) {
        this(sample, TrainedConditions.NONE);
    }

    /** Returns the same shape for a model that does not use the conditions of these names. */
    TrainedShape without(Set<String> names) {
        return new TrainedShape(sample, conditions.without(names));
    }

    Optional<Shape> known() {
        return Optional.ofNullable(sample);
    }

    /** Refuses samples of another number of axes. */
    void require(Shape samples, Span span) {
        if (sample != null && samples.rank() != sample.rank() + 1) {
            String given = samples.rank() == 0 ? "a single number" : samples.toString();
            throw Diagnostic.error("E0808", span, "a model takes samples, [n, …], and is given " + given)
                    .note("it was trained on samples of shape " + sample)
                    .help("a batch of one sample is `reshape(x, [1, …])`")
                    .raise();
        }
    }

    /** Adds the shape of the training samples to an error inside the network if x has another shape. */
    SdeError explained(SdeError error, Shape x) {
        if (sample == null || new Shape(x.sizes().subList(1, x.rank())).equals(sample)) {
            return error;
        }
        String reason = "the model was trained on samples of shape " + sample + ", and x is " + x;
        return new SdeError(error.diagnostics().stream()
                .map(diagnostic -> diagnostic.note(reason))
                .toList());
    }
}
