package org.sdescript.runtime;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.RandomStream;

/** The state shared by the draws and samplings of a run: random stream, counters, and observers of a sampling. */
public final class SamplingContext {
    /** Each unit has room for so many bits of samplings of its own. */
    private static final int UNIT_BITS = 24;

    private RandomStream random;
    private long evaluations;
    private long samplings;
    private long trainings;
    private @Nullable StepWatch watch;
    private @Nullable TrajectoryRecording recording;
    private @Nullable SampleShare share;
    private int drawings;
    private Replica.@Nullable Slice slice;

    SamplingContext(long seed) {
        random = new RandomStream(seed);
    }

    /** Resets all random streams of the run to a seed, as before the first draw, sampling or training. */
    public void drawAnew(long seed) {
        random = new RandomStream(seed);
        samplings = 0;
        trainings = 0;
    }

    /** Returns the current random stream; inside {@link #drawing} the stream given there. */
    public RandomStream random() {
        return random;
    }

    /** Runs work with another random stream. */
    public <T> T drawing(RandomStream stream, Supplier<T> work) {
        RandomStream before = random;
        random = stream;
        drawings++;
        try {
            return work.get();
        } finally {
            drawings--;
            random = before;
        }
    }

    /** True inside {@link #drawing}: in the work of a sampler, whose parts stay in this process. */
    public boolean isDrawing() {
        return drawings > 0;
    }

    /** Runs work whose next sampling is a part of a whole. */
    <T> T sharing(SampleShare part, Supplier<T> work) {
        share = part;
        try {
            return work.get();
        } finally {
            share = null;
        }
    }

    /** Returns the part that a sampling computes for another process, once; the samplings that it calls are whole. */
    public Optional<SampleShare> takeShare() {
        SampleShare part = share;
        share = null;
        return Optional.ofNullable(part);
    }

    /** Counts a sampling with the run's seed; returns the previous count. */
    public long countSampling() {
        return samplings++;
    }

    /**
     * Runs a unit of work: its samplings and trainings draw from streams of their own, which depend on the unit alone and
     * not on what ran before it in this process.
     */
    public <T> T inUnit(int number, Supplier<T> work) {
        long outerSamplings = samplings;
        long outerTrainings = trainings;
        samplings += (number + 1L) << UNIT_BITS;
        trainings += (number + 1L) << UNIT_BITS;
        try {
            return work.get();
        } finally {
            samplings = outerSamplings;
            trainings = outerTrainings;
        }
    }

    /** Returns the number of samplings with the run's seed so far. */
    public long samplings() {
        return samplings;
    }

    /** Sets the numbers of samplings and trainings, for work that another process began. */
    public void begin(long samplingsBefore, long trainingsBefore) {
        samplings = samplingsBefore;
        trainings = trainingsBefore;
    }

    /** Returns the number of trainings with the run's seed so far. */
    public long trainings() {
        return trainings;
    }

    /** Counts a training with the run's seed; returns the previous count. */
    public long countTraining() {
        return trainings++;
    }

    /** Returns the number of score evaluations since {@link #resetEvaluations}. */
    public long evaluations() {
        return evaluations;
    }

    public void countEvaluations(long more) {
        evaluations += more;
    }

    public void resetEvaluations() {
        evaluations = 0;
    }

    /** Runs work while the results of predictors and correctors are watched. */
    public void watching(StepWatch steps, Runnable work) {
        long counted = evaluations;
        watch = steps;
        try {
            work.run();
        } finally {
            watch = null;
            evaluations = counted;
        }
    }

    Optional<StepWatch> watch() {
        return Optional.ofNullable(watch);
    }

    /** Runs work while the states reported by the sampler are recorded. */
    public <T> T recording(TrajectoryRecording states, Supplier<T> work) {
        recording = states;
        try {
            return work.get();
        } finally {
            recording = null;
        }
    }

    /** Runs work, such as the trace of a loss, whose samples are a slice of a batch. */
    public <T> T within(Replica.Slice samples, Supplier<T> work) {
        slice = samples;
        try {
            return work.get();
        } finally {
            slice = null;
        }
    }

    /** Returns the slice that a number of samples is; a batch of its own if there is no slice of this size. */
    public Replica.Slice slice(int samples) {
        Replica.Slice present = slice;
        return present != null && present.size() == samples ? present : Replica.Slice.whole(samples);
    }

    /** Returns the recording of a sampling's states, if any. */
    public Optional<TrajectoryRecording> recording() {
        return Optional.ofNullable(recording);
    }
}
