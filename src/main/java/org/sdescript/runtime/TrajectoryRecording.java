package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * Evenly spaced states of a sampling: the draws of the prior, the samples, and between them the state at which the
 * sampler first completed each further fraction of its work. Numbers are copied to the host, since a sampler frees
 * its tensors.
 */
public final class TrajectoryRecording {
    private static final double ROUNDING = 1e-9;

    private final int count;
    private final Tensors tensors;
    private final List<List<double[]>> frames = new ArrayList<>();
    private List<Shape> shapes = List.of();
    private boolean told;

    /** @param count the number of recorded states, at least 2 */
    public TrajectoryRecording(int count, Tensors tensors) {
        this.count = count;
        this.tensors = tensors;
    }

    /** Records the state before the first step. */
    public void start(Value x) {
        shapes = TensorLeaves.of(x).stream().map(tensors::shape).toList();
        frames.add(numbers(x));
    }

    /** Records the state at this fraction of the work, once for each frame whose fraction has been reached. */
    public void visit(Value x, double done) {
        told = true;
        List<double[]> state = null;
        while (frames.size() < count - 1 && done >= (double) frames.size() / (count - 1) - ROUNDING) {
            state = state == null ? numbers(x) : state;
            frames.add(state);
        }
    }

    /** Records the samples as the last state; repeated for all remaining frames if the sampler ended early. */
    public void end(Value x) {
        List<double[]> last = numbers(x);
        while (frames.size() < count) {
            frames.add(last);
        }
    }

    /** True if the sampler reported any state. */
    public boolean hasSteps() {
        return told;
    }

    /** Returns the recorded states in the structure of x, with an axis of states in front of each tensor. */
    public Value states(Value x, Span span) {
        int[] next = {0};
        return TensorLeaves.replace(x, leaf -> {
            int i = next[0]++;
            Shape shape = shapes.get(i);
            if (shape.elements() * (double) count > Integer.MAX_VALUE) {
                throw Diagnostic.error("E0423", span, count + " states of shape " + shape + " are too large to keep")
                        .help("record fewer states, or draw fewer samples at a time")
                        .raise();
            }
            int size = Math.toIntExact(shape.elements());
            double[] all = new double[count * size];
            for (int k = 0; k < count; k++) {
                System.arraycopy(frames.get(k).get(i), 0, all, k * size, size);
            }
            List<Long> sizes = new ArrayList<>(List.of((long) count));
            sizes.addAll(shape.sizes());
            return tensors.literal(new Shape(sizes), all, span);
        });
    }

    private List<double[]> numbers(Value x) {
        List<Value> leaves = TensorLeaves.of(x);
        if (leaves.size() != shapes.size() || !leaves.stream().allMatch(Value.TensorValue.class::isInstance)) {
            throw Coercion.mismatch(x, "`x` of visit", "the samples, as the sampler was given them", null);
        }
        return leaves.stream()
                .map(leaf -> ((Value.TensorValue) leaf).tensor().toDoubles())
                .toList();
    }
}
