package org.sdescript.backend;

/**
 * What a seed's numbers are drawn for. Each purpose has a stream of its own, so that a training and a sampling with the same seed
 * share no numbers; the script's own draws come from the seed itself. A test holds that no two keys are equal.
 */
public enum DrawPurpose {
    BATCH_ORDER(1),
    INITIAL_PARAMETERS(2),
    TRAINING_STEPS(3),
    /** The trainings of a run without a seed of their own, after the first. */
    LATER_TRAININGS(4),
    SAMPLING(100);

    private final long key;

    DrawPurpose(long key) {
        this.key = key;
    }

    /** By which {@link RandomStream#split} parts it from the others; changing one changes the numbers of every script. */
    public long key() {
        return key;
    }
}
