package org.sdescript.backend;

/**
 * The purposes that a seed's numbers are drawn for. Each purpose has its own stream, so that a training and a sampling
 * with the same seed share no numbers; the script's own draws use the seed itself. A test checks that all keys differ.
 */
public enum DrawPurpose {
    BATCH_ORDER(1),
    INITIAL_PARAMETERS(2),
    TRAINING_STEPS(3),
    /** Trainings after the first in a run, where they have no seed of their own. */
    LATER_TRAININGS(4),
    /** The times and noise of a validation, the same for every training. */
    VALIDATION(5),
    /** The order, the draws and the coupling of the other end of a path. */
    OTHER_END(6),
    SAMPLING(100);

    private final long key;

    DrawPurpose(long key) {
        this.key = key;
    }

    /** The key given to {@link RandomStream#split}. Changing a key changes the numbers of every script. */
    public long key() {
        return key;
    }
}
