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
import org.jspecify.annotations.Nullable;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.files.FileFault;
import org.sdescript.interrupt.StopRequest;

/**
 * Saves and restores the state of a training: parameters, their averages, the optimiser's moments, losses and reports in
 * one file. The previous state is kept in a second file. A new state is written under a third name before the files
 * are renamed, so that after any crash one of the files is a complete state. The state of an earlier training is
 * renamed and kept unless this training resumes from it.
 *
 * @param folder the folder of checkpoints; null if only a stopped training is saved
 * @param fallback the folder for the state of a stopped training if {@code folder} is null
 * @param interval when a state is saved
 * @param resume true to continue from an existing state
 * @param isWriter false on a machine whose training another machine saves
 */
record Checkpoints(
        @Nullable Path folder, Path fallback, CheckpointInterval interval, boolean resume, boolean isWriter) {
    private static final String STATE = "state.safetensors";
    private static final String PREVIOUS = "state.previous.safetensors";
    private static final String NEXT = "state.next.safetensors";
    private static final String EARLIER = "state.earlier.safetensors";
    private static final String DAMAGED = "state.damaged.safetensors";

    /**
     * A state that was restored.
     *
     * @param file the name of its file; empty if there was none
     * @param notes notes for the user
     */
    record Restored(String file, List<String> notes) {
        static final Restored NOTHING = new Restored("", List.of());
    }

    /** Restores the last state if {@code resume} is set and a state exists. */
    Restored resume(TrainingState training) {
        if (!resume || folder == null) {
            return Restored.NOTHING;
        }
        tidy(folder);
        List<Path> states = Stream.of(STATE, PREVIOUS)
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
        return states.isEmpty() ? Restored.NOTHING : resume(training, states);
    }

    /** Restores the first readable state. */
    private static Restored resume(TrainingState training, List<Path> states) {
        List<SdeError> refused = new ArrayList<>();
        for (Path state : states) {
            try {
                training.load(state);
                return new Restored(
                        state.getFileName().toString(),
                        refused.isEmpty() ? List.of() : List.of(instead(refused.getFirst(), state)));
            } catch (SdeError unusable) {
                refused.add(unusable);
            }
        }
        throw refused.getFirst();
    }

    /** Renames a damaged state, so that later states do not overwrite it. */
    private static String instead(SdeError refused, Path used) {
        move(used.resolveSibling(STATE), used.resolveSibling(DAMAGED));
        return refused.getMessage() + "; it is now called " + DAMAGED + ", and the state before it, "
                + used.getFileName() + ", is taken";
    }

    /**
     * Returns the file that another machine has restored, to be restored here too.
     *
     * @param name the {@link Restored#file} of that machine
     */
    Path restoredElsewhere(String name) {
        if (folder == null || !List.of(STATE, PREVIOUS).contains(name)) {
            throw new IllegalStateException("no checkpoint: " + name);
        }
        return folder.resolve(name);
    }

    /** Renames the state of an earlier training unless this training resumes; returns the new name. */
    Optional<Path> setAside() {
        return resume || folder == null || !isWriter ? Optional.empty() : setAside(folder);
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

    /** True if all machines of a training know that a state is saved after a step. */
    boolean isDueByCount(long step) {
        return folder != null && interval.isDueByCount(step);
    }

    void afterStep(TrainingState training, boolean isLast) {
        if (folder != null && isWriter && (isLast || interval.isDueAfter(training.steps()))) {
            interval.save(() -> save(training, folder));
        }
    }

    /** Saves the state of a training that ends early; returns the folder. */
    Path keep(TrainingState training) {
        Path place = folder != null ? folder : fallback;
        if (!isWriter) {
            return place;
        }
        if (folder == null) {
            setAside(fallback);
        }
        StopRequest.ignoring(() -> save(training, place));
        return place;
    }

    private static void save(TrainingState training, Path folder) {
        Path next = folder.resolve(NEXT);
        Path state = folder.resolve(STATE);
        delete(next); // writing would follow a link
        training.save(next);
        if (Files.exists(state)) {
            move(state, folder.resolve(PREVIOUS));
        }
        move(next, state);
    }

    /** Deletes incomplete files of a run that was killed while writing. */
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
