package org.sdescript.learn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sdescript.backend.TrainingStep;

/**
 * Where a training keeps its state: parameters, their average and the optimiser's moments in one file, the losses beside
 * it. Each file is written whole under another name and moved into place.
 *
 * @param folder where the user wants checkpoints; null where only a stopped training is kept
 * @param fallback where a stopped training is kept all the same
 * @param every how many steps apart
 * @param resume whether to go on from what is there
 */
record Checkpoints(Path folder, Path fallback, int every, boolean resume) {
    private static final String STATE = "state.safetensors";

    /** Reads what is there, if that is wanted; the number of steps already done. */
    long resume(TrainingStep step, List<Double> losses) {
        if (!resume || folder == null || !Files.exists(folder.resolve(STATE))) {
            return 0;
        }
        step.load(folder.resolve(STATE));
        for (long k = 0; k < step.steps(); k++) {
            losses.add(Double.NaN);
        }
        return step.steps();
    }

    void afterStep(TrainingStep step, long done, long last) {
        if (folder != null && (done % every == 0 || done == last)) {
            step.save(folder.resolve(STATE));
        }
    }

    /** Keeps the state of a training that ends early, and says in which folder. */
    Path keep(TrainingStep step, List<Double> losses) {
        Path place = folder != null ? folder : fallback;
        step.save(place.resolve(STATE));
        return place;
    }
}
