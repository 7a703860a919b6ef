package org.sdescript.runtime;

import java.util.List;
import org.sdescript.backend.GivenNormals;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * Given noise for a sampling: one tensor [draws, n, …] per state. The k-th draw of the sampler is the k-th entry; in
 * a system the states take their entries in turn within each draw.
 */
public final class GivenNoise implements GivenNormals {
    private final List<double[]> noise;
    private final List<Shape> shapes;
    private final Span span;
    private int taken;

    /** @param states a tensor for each state, in the order in which a draw takes them */
    GivenNoise(List<Value> states, Tensors tensors, Span span) {
        this.noise = states.stream()
                .map(state -> ((Value.TensorValue) state).tensor().toDoubles())
                .toList();
        this.shapes = states.stream().map(tensors::shape).toList();
        this.span = span;
    }

    private GivenNoise(List<double[]> noise, List<Shape> shapes, Span span, int taken) {
        this.noise = noise;
        this.shapes = shapes;
        this.span = span;
        this.taken = taken;
    }

    @Override
    public GivenNoise copy() {
        return new GivenNoise(noise, shapes, span, taken);
    }

    @Override
    public void next(Shape shape, long first, double[] out) {
        Shape all = shapes.get(taken % shapes.size());
        int draw = taken / shapes.size();
        if (draw >= all.size(0)) {
            throw Diagnostic.error("E0951", span, "the sampler draws noise more than " + all.size(0) + " times")
                    .note("`noise` holds that many draws, in the order of their use")
                    .help("a predictor or corrector draws once a step: `noise = randn([draws, n, …])`")
                    .raise();
        }
        Shape one = new Shape(all.sizes().subList(1, all.rank()));
        if (!matches(one, shape)) {
            throw Diagnostic.error(
                            "E0952",
                            span,
                            "a draw of `noise` has shape " + one + ", but the sampler draws shape " + shape)
                    .help("the shape of `noise` is [draws, n, …], with the sizes of a sample last")
                    .raise();
        }
        taken++;
        int size = Math.toIntExact(shape.elements());
        int sample = shape.size(0) == 0 ? 0 : size / (int) shape.size(0);
        int from = Math.toIntExact(draw * one.elements() + first * sample);
        System.arraycopy(noise.get((taken - 1) % shapes.size()), from, out, 0, size);
    }

    /** True if the drawn shape is that of a batch of the samples that the noise is for. */
    private static boolean matches(Shape all, Shape drawn) {
        return drawn.rank() == all.rank()
                && drawn.rank() > 0
                && drawn.size(0) <= all.size(0)
                && drawn.sizes().subList(1, drawn.rank()).equals(all.sizes().subList(1, all.rank()));
    }

    /** Throws if the sampler has not used all the noise: the noise then belongs to another run. */
    public void finish() {
        long draws = shapes.getFirst().size(0);
        long drawn = taken / shapes.size();
        if (drawn < draws) {
            throw Diagnostic.error(
                            "E0951", span, "the sampler has drawn " + drawn + " of the " + draws + " noises given")
                    .help("give as many draws as the sampler makes, or choose a sampler that makes as many")
                    .raise();
        }
    }
}
