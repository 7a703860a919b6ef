package org.sdescript.learn;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sdescript.backend.TrainingStep;

/**
 * Where a training keeps its state: parameters, their average, the optimiser's moments and the losses so far in one
 * file, which is written whole under another name and moved into place.
 *
 * @param folder where the user wants checkpoints; null where only a stopped training is kept
 * @param fallback where a stopped training is kept all the same
 * @param every how many steps apart
 * @param resume whether to go on from what is there
 */
record Checkpoints(Path folder, Path fallback, int every, boolean resume) {
    private static final String STATE = "state.safetensors";

    /** Puts a training where the last one stopped, if that is wanted and there was one. */
    void resume(TrainingStep step) {
        if (resume && folder != null && Files.exists(folder.resolve(STATE))) {
            step.load(folder.resolve(STATE));
        }
    }

    void afterStep(TrainingStep step, long done, long last) {
        if (folder != null && (done % every == 0 || done == last)) {
            step.save(folder.resolve(STATE));
        }
    }

    /** Keeps the state of a training that ends early, and says in which folder. */
    Path keep(TrainingStep step) {
        Path place = folder != null ? folder : fallback;
        step.save(place.resolve(STATE));
        return place;
    }
}
