package org.sdescript.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.sdescript.backend.TrainingStep;
import org.sdescript.files.FileFault;

/**
 * Where a training keeps its state: parameters, their average, the optimiser's moments and the losses so far in one
 * file, which is written whole under another name and moved into place. What an earlier training left there is kept too,
 * under another name, unless this one goes on from it.
 *
 * @param folder where the user wants checkpoints; null where only a stopped training is kept
 * @param fallback where a stopped training is kept all the same
 * @param every how many steps apart
 * @param resume whether to go on from what is there
 */
record Checkpoints(Path folder, Path fallback, int every, boolean resume) {
    private static final String STATE = "state.safetensors";
    private static final String EARLIER = "state.earlier.safetensors";

    /** Puts a training where the last one stopped, if that is wanted and there was one. */
    void resume(TrainingStep step) {
        if (resume && folder != null && Files.exists(folder.resolve(STATE))) {
            step.load(folder.resolve(STATE));
        }
    }

    /** The name that the state of an earlier training has from now on, if there was one and this does not go on from it. */
    Optional<Path> setAside() {
        return resume || folder == null ? Optional.empty() : setAside(folder);
    }

    private static Optional<Path> setAside(Path folder) {
        if (!Files.exists(folder.resolve(STATE))) {
            return Optional.empty();
        }
        Path earlier = folder.resolve(EARLIER);
        try {
            Files.move(folder.resolve(STATE), earlier, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw FileFault.writing(earlier, failure);
        }
        return Optional.of(earlier);
    }

    void afterStep(TrainingStep step, long done, long last) {
        if (folder != null && (done % every == 0 || done == last)) {
            step.save(folder.resolve(STATE));
        }
    }

    /** Keeps the state of a training that ends early, and says in which folder. */
    Path keep(TrainingStep step) {
        Path place = folder != null ? folder : fallback;
        if (folder == null) {
            setAside(fallback);
        }
        step.save(place.resolve(STATE));
        return place;
    }
}
