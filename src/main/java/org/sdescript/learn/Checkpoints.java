package org.sdescript.learn;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sdescript.backend.TrainingStep;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.interrupt.StopRequest;

/**
 * Where a training keeps its state: parameters, their average, the optimiser's moments and the losses so far in one
 * file. The state before the last is kept beside it. A new one is written whole under a third name, then the names are
 * moved on, so that whatever stops us, one of the files is a state of this training. What an earlier training left
 * there is kept too, under another name, unless this one goes on from it.
 *
 * @param folder where the user wants checkpoints; null where only a stopped training is kept
 * @param fallback where a stopped training is kept all the same
 * @param every how many steps apart
 * @param resume whether to go on from what is there
 */
record Checkpoints(Path folder, Path fallback, int every, boolean resume) {
    private static final String STATE = "state.safetensors";
    private static final String PREVIOUS = "state.previous.safetensors";
    private static final String NEXT = "state.next.safetensors";
    private static final String EARLIER = "state.earlier.safetensors";
    private static final String DAMAGED = "state.damaged.safetensors";

    /**
     * Puts a training where the last one stopped, if that is wanted and there was one.
     *
     * @return what the user should know of it
     */
    List<String> resume(TrainingStep step) {
        if (!resume || folder == null) {
            return List.of();
        }
        tidy(folder);
        List<Path> states = Stream.of(STATE, PREVIOUS)
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
        return states.isEmpty() ? List.of() : resume(step, states);
    }

    /** From the first of them that is good. */
    private List<String> resume(TrainingStep step, List<Path> states) {
        List<SdeError> refused = new ArrayList<>();
        for (Path state : states) {
            try {
                step.load(state);
                return refused.isEmpty() ? List.of() : List.of(instead(refused.getFirst(), state));
            } catch (SdeError unusable) {
                refused.add(unusable);
            }
        }
        throw refused.getFirst();
    }

    /** Moves what cannot be used out of the way of the states to come. */
    private String instead(SdeError refused, Path used) {
        move(folder.resolve(STATE), folder.resolve(DAMAGED));
        return refused.getMessage() + "; it is now called " + DAMAGED + ", and the state before it, "
                + used.getFileName() + ", is taken";
    }

    /** The name that the state of an earlier training has from now on, if there was one and this does not go on from it. */
    Optional<Path> setAside() {
        return resume || folder == null ? Optional.empty() : setAside(folder);
    }

    private static Optional<Path> setAside(Path folder) {
        tidy(folder);
        Path earlier = folder.resolve(EARLIER);
        Optional<Path> last = Stream.of(STATE, PREVIOUS)
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
        last.ifPresent(state -> move(state, earlier));
        delete(folder.resolve(PREVIOUS));
        return last.map(state -> earlier);
    }

    void afterStep(TrainingStep step, long done, long last) {
        if (folder != null && (done % every == 0 || done == last)) {
            save(step, folder);
        }
    }

    /** Keeps the state of a training that ends early, and says in which folder. */
    Path keep(TrainingStep step) {
        Path place = folder != null ? folder : fallback;
        if (folder == null) {
            setAside(fallback);
        }
        StopRequest.ignoring(() -> save(step, place));
        return place;
    }

    private static void save(TrainingStep step, Path folder) {
        Path next = folder.resolve(NEXT);
        Path state = folder.resolve(STATE);
        delete(next); // a link would be followed
        step.save(next);
        if (Files.exists(state)) {
            move(state, folder.resolve(PREVIOUS));
        }
        move(next, state);
    }

    /** Removes what a run that was killed while writing has left: it is not whole. */
    private static void tidy(Path folder) {
        delete(folder.resolve(NEXT));
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, ".state.*.tmp")) {
            unfinished.forEach(Checkpoints::delete);
        } catch (IOException failure) {
            throw FileFault.reading(folder, failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw FileFault.writing(file, failure);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw FileFault.writing(to, failure);
        }
    }
}
