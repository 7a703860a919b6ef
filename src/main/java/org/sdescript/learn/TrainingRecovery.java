package org.sdescript.learn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/** Saves the state of a training and tells the user how to resume. */
record TrainingRecovery(Session session, Training.Plan plan, Span span) {

    /** Resumes from a saved state, if requested: on all machines from that of the first. */
    void resume(TrainingState training, TrainingReplica replica) {
        if (replica.isFirst()) {
            Checkpoints.Restored restored = plan.checkpoints().resume(training);
            restored.notes().forEach(session.console()::note);
            replica.ofFirst(restored.file());
        } else {
            String file = replica.ofFirst("");
            if (!file.isEmpty()) {
                follow(training, plan.checkpoints().restoredElsewhere(file), replica);
            }
        }
        replica.requireSame(training);
        plan.checkpoints().setAside().ifPresent(earlier -> session.console()
                .note("the state of an earlier training is saved as " + earlier
                        + "; `resume = true` continues that training instead"));
        if (training.steps() > 0) {
            session.console()
                    .note("going on after step " + training.steps() + ", from "
                            + plan.checkpoints().folder());
        }
    }

    private static void follow(TrainingState training, Path file, TrainingReplica replica) {
        if (!Files.exists(file)) {
            throw replica.withoutCheckpoint(file);
        }
        training.load(file);
    }

    /** Saves after a step. A failed checkpoint only prints a note; the previous one is kept. */
    void afterStep(TrainingState training, boolean isLast) {
        try {
            plan.checkpoints().afterStep(training, isLast);
        } catch (SdeError unwritten) {
            session.console()
                    .note("the state after step " + training.steps() + " could not be saved: " + unwritten.getMessage()
                            + "; the state saved before is unchanged, and the training continues");
        }
    }

    /** Saves the state after an error in a late step, such as an invalid learning rate, and adds a note on resuming. */
    SdeError after(SdeError error, TrainingState training) {
        if (training.steps() == 0) {
            return error;
        }
        String where = "the state after step " + training.steps() + " is saved; to continue from there: "
                + goingOn(plan.checkpoints().keep(training));
        return new SdeError(error.diagnostics().stream()
                .map(diagnostic -> diagnostic.note(where))
                .toList());
    }

    /** Saves the state after a user's request to stop before step {@code k}, counted from 0. */
    void stopped(TrainingState training, long k) {
        Path kept = plan.checkpoints().keep(training);
        session.console()
                .note("training stopped before step " + (k + 1) + " of " + plan.steps() + "\nto continue from"
                        + " there: "
                        + goingOn(kept));
    }

    /** Returns the call that resumes, with the folder's name relative to the run's folder if possible. */
    private String goingOn(Path kept) {
        Path name = kept.startsWith(session.folders().run())
                ? session.folders().run().relativize(kept)
                : kept.toAbsolutePath();
        return "train(…, checkpoint = \"" + name + "\", resume = true)";
    }

    SdeError notFinite(TrainingState training, long k, double rate) {
        Path kept = plan.checkpoints().keep(training);
        List<Double> losses = training.step().losses();
        String before = losses.isEmpty()
                ? ""
                : ", after " + ValueText.number(losses.getLast().floatValue()) + " before";
        return Diagnostic.error(
                        "E0801", span, "the loss or its gradient is not a finite number at step " + (k + 1) + before)
                .note("the parameters of the step before are saved; to continue from there: " + goingOn(kept))
                .note("the learning rate was " + ValueText.number(rate))
                .help("likely causes: "
                        + (TrainingData.takesLabels(plan.loss())
                                ? "a label that is none of the network's classes, which count from 0, "
                                : "")
                        + "a learning rate that is too large, data that is not scaled, a weight that grows without bound near"
                        + " t_min; `clip = 1` limits the gradient")
                .raise();
    }
}
