package org.sdescript.learn;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.StepSharing;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Replica;
import org.sdescript.runtime.SamplingContext;
import org.sdescript.source.Span;

/**
 * The part of one machine in a training on several: its slice of each batch with the noise of these samples, and the
 * comparisons with the others. On one machine there is one slice, and nothing to compare.
 */
final class TrainingReplica {
    /** The steps between two comparisons of the parameters: few enough that an error costs little work. */
    private static final int COMPARED = 100;

    private final Optional<Replica> replica;
    private final Training.Plan plan;
    private final Span span;
    private final Replica.Slice slice;
    private long compared;

    TrainingReplica(Optional<Replica> replica, Training.Plan plan, Span span) {
        this.replica = replica;
        this.plan = plan;
        this.span = span;
        this.slice = replica.map(present -> present.slice(plan.batch())).orElse(Replica.Slice.whole(plan.batch()));
        if (world() > plan.batch()) {
            throw Diagnostic.error(
                            "E0817",
                            span,
                            "a batch of " + plan.batch() + " samples cannot be divided among " + world() + " workers")
                    .help("give `batch` at least as many samples as there are workers")
                    .raise();
        }
    }

    private int world() {
        return replica.map(Replica::world).orElse(1);
    }

    /** True on the machine that writes files. */
    boolean isFirst() {
        return replica.map(Replica::isFirst).orElse(true);
    }

    /** The part of each batch on this machine. */
    Replica.Slice slice() {
        return slice;
    }

    /** The number of samples of each batch on this machine. */
    int samples() {
        return slice.size();
    }

    /** Returns the size of a whole batch from that of a slice. */
    int batch(int samples) {
        return samples * world();
    }

    /** Traces the loss on this machine's slice. */
    <T> T traced(SamplingContext sampling, Supplier<T> trace) {
        return replica.isPresent() ? sampling.within(slice, trace) : trace.get();
    }

    Batches part(Batches whole) {
        return replica.isPresent() ? whole.only(slice) : whole;
    }

    /** Returns the noise of this machine's samples: that of the same samples in a training on one machine. */
    RandomStream noise(RandomStream step) {
        return replica.isPresent() ? step.forSamples(slice.from(), slice.size()) : step;
    }

    @Nullable
    StepSharing sharing() {
        return replica.map(present ->
                        new StepSharing(present.exchange(), (double) slice.size() / plan.batch(), plan.average()))
                .orElse(null);
    }

    /** Runs the training; if it fails here, it ends on all machines. */
    <T> T joined(Supplier<T> training) {
        return replica.isPresent() ? replica.get().joined(training) : training.get();
    }

    /** Returns the part of this machine in work that all do together: the numbers from the first below {@code count}. */
    IntStream share(int count) {
        Replica.Slice part = replica.map(present -> present.slice(count)).orElse(Replica.Slice.whole(count));
        return IntStream.range(part.from(), part.to());
    }

    /** Replaces numbers by their sums over all machines. */
    void sum(double[] numbers) {
        replica.ifPresent(present -> present.exchange().sum(numbers));
    }

    /** Returns the text of the first machine. */
    String ofFirst(String own) {
        return replica.map(present -> present.exchange().gather(own).getFirst()).orElse(own);
    }

    /**
     * Makes the states of all machines one if they are needed: for a validation, a checkpoint, an average that is kept, or
     * the end. All machines decide alike.
     */
    void settle(TrainingState state, boolean isValidated) {
        if (replica.isPresent()
                && (state.steps() >= plan.steps()
                        || isValidated
                        || state.isAverageDue()
                        || plan.checkpoints().isDueByCount(state.steps()))) {
            state.step().settle();
        }
    }

    /** Compares the parameters after a step, now and then, and at the end. */
    void compare(TrainingState state) {
        long step = state.steps();
        if (state.step().isSettled() && (step - compared >= COMPARED || step >= plan.steps())) {
            requireSame(state);
        }
    }

    /** Throws on all machines if their steps or parameters differ. */
    void requireSame(TrainingState state) {
        compared = state.steps();
        replica.ifPresent(present -> requireSame(
                present.exchange().gather(state.steps() + " " + state.step().fingerprint()), state.steps()));
    }

    private void requireSame(List<String> states, long step) {
        Map<String, List<Integer>> ranks =
                new TreeMap<>(IntStream.range(0, states.size()).boxed().collect(Collectors.groupingBy(states::get)));
        if (ranks.size() > 1) {
            List<List<Integer>> groups = ranks.values().stream()
                    .sorted(Comparator.<List<Integer>>comparingInt(group -> -group.size())
                            .thenComparing(List::getFirst))
                    .toList();
            throw Diagnostic.error(
                            "E0818",
                            span,
                            "the parameters of the workers differ after step " + step + ": those of "
                                    + groups.stream()
                                            .map(TrainingReplica::named)
                                            .collect(Collectors.joining(" are not those of ")))
                    .note("the same sums give the same steps only on processors of one kind, with as many threads")
                    .help("start workers on like machines, and give each the same files and settings")
                    .raise();
        }
    }

    private static String named(List<Integer> ranks) {
        return (ranks.size() == 1 ? "rank " : "ranks ")
                + ranks.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Returns the error of a worker that does not find the checkpoint of the first. */
    SdeError withoutCheckpoint(Path file) {
        return Diagnostic.error(
                        "E0819",
                        span,
                        "the worker of rank " + replica.map(Replica::rank).orElse(0) + " does not find " + file
                                + ", from which that of rank 0 goes on")
                .help("`checkpoint` must be a folder of a storage that all workers share")
                .raise();
    }
}
