package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Shape;
import org.sdescript.source.Span;

/**
 * Evenly spaced states of a sampling: the draws of the prior, the samples, and between them the state at which the
 * sampler first completed each further fraction of its work; on request with their means and times. Numbers are copied
 * to the host, since a sampler frees its tensors.
 */
public final class TrajectoryRecording {
    private static final double ROUNDING = 1e-9;

    private final int count;
    private final boolean withMeans;
    private final Tensors tensors;
    private final List<Frame> frames = new ArrayList<>();
    private List<Shape> shapes = List.of();
    private boolean begun;
    private boolean told;

    /** The mean and the time at the end of the last step, if the sampler reported them. */
    private Optional<List<double[]>> lastMean = Optional.empty();

    private double lastTime = Double.NaN;

    /** @param t the time, or nan if the sampler did not report it */
    private record Frame(List<double[]> state, List<double[]> mean, double t) {}

    /**
     * @param count the number of recorded states, at least 2
     * @param withMeans true to record the means as well
     */
    public TrajectoryRecording(int count, boolean withMeans, Tensors tensors) {
        this.count = count;
        this.withMeans = withMeans;
        this.tensors = tensors;
    }

    /** Records the state before the first step, which is its own mean. */
    public void start(Value x) {
        shapes = TensorLeaves.of(x).stream().map(tensors::shape).toList();
        List<double[]> state = numbers(x, "`x` of visit");
        frames.add(new Frame(state, state, Double.NaN));
    }

    /**
     * Records the state at this fraction of the work, once for each frame whose fraction has been reached. With a
     * fraction of 0 only the first report counts, which gives the time of the start; a solver that a later step calls
     * reports a start of its own.
     *
     * @param mean the state before the noise of the last step was added; empty if the sampler does not report it
     * @param t the time of the state, or nan
     */
    public void visit(Value x, double done, Optional<Value> mean, double t) {
        if (done <= 0 && !begun) {
            frames.set(0, new Frame(frames.getFirst().state(), frames.getFirst().mean(), t));
        }
        begun = true;
        told |= done > 0;
        boolean isLast = done >= 1 - ROUNDING;
        if (!isLast && !isDue(done)) {
            return;
        }
        Optional<List<double[]>> known =
                withMeans ? mean.map(its -> numbers(its, "`mean` of visit")) : Optional.empty();
        if (isLast) {
            lastMean = known;
            lastTime = t;
        }
        if (isDue(done)) {
            List<double[]> state = numbers(x, "`x` of visit");
            Frame frame = new Frame(state, known.orElse(state), t);
            while (isDue(done)) {
                frames.add(frame);
            }
        }
    }

    private boolean isDue(double done) {
        return frames.size() < count - 1 && done >= (double) frames.size() / (count - 1) - ROUNDING;
    }

    /** Records the samples as the last state; repeated for all remaining frames if the sampler ended early. */
    public void end(Value x) {
        List<double[]> state = numbers(x, "`x` of visit");
        Frame last = new Frame(state, lastMean.orElse(state), lastTime);
        while (frames.size() < count) {
            frames.add(last);
        }
    }

    /** True if the sampler reported any state after its start. */
    public boolean hasSteps() {
        return told;
    }

    /** Returns the recorded states in the structure of x, with an axis of states in front of each tensor. */
    public Value states(Value x, Span span) {
        return stacked(x, Frame::state, span);
    }

    /** Returns the means of the recorded states, in the structure of {@link #states}. */
    public Value means(Value x, Span span) {
        return stacked(x, Frame::mean, span);
    }

    /** Returns the times of the recorded states; none if the sampler did not report all of them. */
    public Value times() {
        return frames.stream().anyMatch(frame -> Double.isNaN(frame.t()))
                ? Value.None.NONE
                : Value.list(
                        frames.stream().map(frame -> Value.number(frame.t())).toList());
    }

    private Value stacked(Value x, Function<Frame, List<double[]>> part, Span span) {
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
                System.arraycopy(part.apply(frames.get(k)).get(i), 0, all, k * size, size);
            }
            List<Long> sizes = new ArrayList<>(List.of((long) count));
            sizes.addAll(shape.sizes());
            return tensors.literal(new Shape(sizes), all, span);
        });
    }

    private List<double[]> numbers(Value x, String what) {
        List<Value> leaves = TensorLeaves.of(x);
        if (!leaves.stream().allMatch(Value.TensorValue.class::isInstance)
                || !leaves.stream().map(tensors::shape).toList().equals(shapes)) {
            throw Coercion.mismatch(x, what, "the samples, as the sampler was given them", null);
        }
        return leaves.stream()
                .map(leaf -> ((Value.TensorValue) leaf).tensor().toDoubles())
                .toList();
    }
}
