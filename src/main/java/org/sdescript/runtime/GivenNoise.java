package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sdescript.backend.GivenNormals;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * Given noise for a sampling: one tensor [draws, n, …] per state. The k-th draw of the sampler is the k-th entry; in
 * a system the states take their entries in turn within each draw. With noise by the names of Wiener processes, a draw
 * [n, noises, …] takes the entries of all of them.
 */
public final class GivenNoise implements GivenNormals {
    private final List<double[]> noise;
    private final List<Shape> shapes;
    /** The names of the Wiener processes of a system that has more of them than states; else empty. */
    private final List<String> wiener;

    private final boolean byName;
    private final Span span;
    private int taken;

    /**
     * @param parts a tensor for each state, in the order in which a draw takes them, or for each Wiener process
     * @param wiener the names of the Wiener processes of a system that has more of them than states; else empty
     * @param byName true if the parts are for the Wiener processes
     */
    GivenNoise(List<Value> parts, List<String> wiener, boolean byName, Tensors tensors, Span span) {
        this.noise = parts.stream()
                .map(part -> ((Value.TensorValue) part).tensor().toDoubles())
                .toList();
        this.shapes = parts.stream().map(tensors::shape).toList();
        this.wiener = wiener;
        this.byName = byName;
        this.span = span;
    }

    private GivenNoise(GivenNoise other) {
        noise = other.noise;
        shapes = other.shapes;
        wiener = other.wiener;
        byName = other.byName;
        span = other.span;
        taken = other.taken;
    }

    @Override
    public GivenNoise copy() {
        return new GivenNoise(this);
    }

    @Override
    public void next(Shape shape, long first, double[] out) {
        int part = taken % takers();
        Shape all = shapes.get(part);
        int draw = taken / takers();
        if (draw >= all.size(0)) {
            throw Diagnostic.error("E0951", span, "the sampler draws noise more than " + all.size(0) + " times")
                    .note("`noise` holds that many draws, in the order of their use")
                    .help("a predictor or corrector draws once a step: `noise = randn([draws, n, …])`")
                    .raise();
        }
        Shape entry = new Shape(all.sizes().subList(1, all.rank()));
        Shape one = byName ? withNoises(entry) : entry;
        if (!matches(one, shape)) {
            throw Diagnostic.error(
                            "E0952",
                            span,
                            "a draw of `noise` has shape " + one + ", but the sampler draws shape " + shape)
                    .help(form(matches(byName ? entry : withNoises(entry), shape)))
                    .raise();
        }
        taken++;
        if (byName) {
            copyAll(draw, entry, shape, first, out);
            return;
        }
        int size = Math.toIntExact(shape.elements());
        int sample = shape.size(0) == 0 ? 0 : size / (int) shape.size(0);
        int from = Math.toIntExact(draw * entry.elements() + first * sample);
        System.arraycopy(noise.get(part), from, out, 0, size);
    }

    /** The number of draws that take one entry of all the noise. */
    private int takers() {
        return byName ? 1 : shapes.size();
    }

    private Shape withNoises(Shape entry) {
        List<Long> sizes = new ArrayList<>(entry.sizes());
        sizes.add(1, (long) wiener.size());
        return new Shape(sizes);
    }

    private String form(boolean isOther) {
        if (wiener.isEmpty() || !isOther) {
            return "the shape of `noise` is [draws, n, …], with the sizes of a sample last";
        }
        String names = wiener.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return byName
                ? "this draw is for the states: give a record of the states in place of " + names
                        + "; noise of both kinds in one sampling cannot be given"
                : "this draw is for each noise: give a record of " + names
                        + "; noise of both kinds in one sampling cannot be given";
    }

    /** Fills a draw [n, noises, …] with the entries of all Wiener processes. */
    private void copyAll(int draw, Shape entry, Shape shape, long first, double[] out) {
        int samples = (int) shape.size(0);
        int size = entry.size(0) == 0 ? 0 : Math.toIntExact(entry.elements() / entry.size(0));
        for (int sample = 0; sample < samples; sample++) {
            int from = Math.toIntExact(draw * entry.elements() + (first + sample) * size);
            for (int k = 0; k < noise.size(); k++) {
                System.arraycopy(noise.get(k), from, out, (sample * noise.size() + k) * size, size);
            }
        }
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
        long drawn = taken / takers();
        if (drawn < draws) {
            throw Diagnostic.error(
                            "E0951", span, "the sampler has drawn " + drawn + " of the " + draws + " noises given")
                    .help("give as many draws as the sampler makes, or choose a sampler that makes as many")
                    .raise();
        }
    }
}
