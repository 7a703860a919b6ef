package org.sdescript.learn;

import java.util.List;
import org.sdescript.backend.Backend;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.OptimizerSettings;
import org.sdescript.backend.OutOfMemory;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.TrainingStep;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.DurationText;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.RunStop;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Span;

/**
 * One training. Every draw of step k depends only on the seed and k, so a resumed training computes the same steps as
 * one without interruption.
 */
final class Training {
    private static final double SMOOTHING = 0.98;

    /** The arguments of a training. */
    record Plan(
            Callable network,
            Value data,
            ProcessValue process,
            Callable loss,
            Prediction prediction,
            Value learningRate,
            OptimizerSettings optimizer,
            int steps,
            int batch,
            RandomStream random,
            Checkpoints checkpoints,
            Preview preview) {}

    private final Interpreter interpreter;
    private final Session session;
    private final Backend backend;
    private final Plan plan;
    private final Span span;
    private final RandomStream random;
    private final TrainingData given;
    private final TrainingRecovery safekeeping;

    Training(Interpreter interpreter, Plan plan, Span span) {
        this.interpreter = interpreter;
        this.session = interpreter.session();
        this.backend = session.backend();
        this.plan = plan;
        this.span = span;
        this.random = plan.random();
        this.given = new TrainingData(interpreter, plan, span);
        this.safekeeping = new TrainingRecovery(session, plan, span);
    }

    ModelValue run() {
        TrainingSamples data = given.samples();
        Parameters parameters = new Parameters(backend);
        ModelValue model = new ModelValue(
                plan.network(),
                parameters,
                plan.process(),
                plan.prediction(),
                data.shape(),
                List.of(),
                data.moments(interpreter.tensors(), span));
        try (Batches batches = given.batches(data, random.split(DrawPurpose.BATCH_ORDER))) {
            return trained(model, data, batches, parameters);
        } finally {
            parameters.close();
        }
    }

    private ModelValue trained(ModelValue model, TrainingSamples data, Batches batches, Parameters parameters) {
        long start = System.nanoTime();
        Kernels.Traced loss = new LossGraph(interpreter, plan, span)
                .of(model, data, batches, random.split(DrawPurpose.INITIAL_PARAMETERS));
        long traced = System.nanoTime();
        try (TrainingStep step =
                new TrainingStep(backend, loss.graph(), loss.parameters().apply(parameters), plan.optimizer())) {
            session.console()
                    .detail(() -> "step of training: " + loss.graph().nodes().size()
                            + " nodes and their gradient, traced in " + DurationText.between(start, traced)
                            + ", compiled in " + DurationText.since(traced));
            safekeeping.resume(step);
            try {
                session.stop().keepingWork(() -> loop(loss, batches, step, model.with(step.average(), List.of())));
            } catch (Interruption stop) {
                StopRequest.ignoring(() -> stopped(model, step));
                throw stop;
            }
            return owned(model, step);
        }
    }

    private ModelValue owned(ModelValue model, TrainingStep step) {
        ModelValue trained = model.with(step.average().copy(), step.losses());
        session.memory().own(trained);
        return trained;
    }

    /** Saves the partial model to a file and offers it as the value of the binding. */
    private void stopped(ModelValue model, TrainingStep step) {
        safekeeping.stopped(step, step.steps());
        if (step.steps() > 0) {
            String told = "the model after " + step.steps() + " of " + plan.steps() + " steps";
            session.stop().offer(new RunStop.Unfinished(owned(model, step), span, told));
        }
    }

    /** @param average the averaged model at the current step, whose parameters the training owns */
    private Void loop(Kernels.Traced loss, Batches batches, TrainingStep step, ModelValue average) {
        long first = step.steps();
        TrainingLog log = new TrainingLog(session, plan.steps());
        log.begin(first);
        LearningRate rate = new LearningRate(plan.learningRate(), interpreter, span);
        RandomStream draws = random.split(DrawPurpose.TRAINING_STEPS);
        double shown = Double.NaN;
        try (Console.Progress progress = session.console().progress("train", plan.steps())) {
            progress.update(first, () -> "");
            for (long k = first; k < plan.steps(); k++) {
                session.stop().check();
                double present = rate(rate, step, k);
                double value = one(loss, batches, step, draws.split(k), k, present);
                log.step(k + 1, value, present);
                double smooth = Double.isNaN(shown) ? value : SMOOTHING * shown + (1 - SMOOTHING) * value;
                shown = smooth;
                progress.loss(k + 1, smooth);
                progress.update(k + 1, () -> String.format(java.util.Locale.ROOT, "loss %.4f", smooth));
                safekeeping.afterStep(step, k + 1);
                if (plan.preview().isDue(k + 1)) {
                    preview(average, k + 1);
                }
            }
        }
        return null;
    }

    /** Draws a preview; a failed picture only prints a note. */
    private void preview(ModelValue average, long done) {
        try {
            plan.preview().draw(interpreter, average, plan.process(), given.labels(), done, span);
        } catch (SdeError undrawn) {
            session.console().note("no picture after step " + done + ": " + undrawn.getMessage());
        }
    }

    private double one(
            Kernels.Traced loss, Batches batches, TrainingStep step, RandomStream draws, long k, double rate) {
        try (Batches.Batch batch = batches.at(k, backend)) {
            double value = loss(loss, batch, step, draws, rate);
            if (!Double.isFinite(value)) {
                throw safekeeping.notFinite(step, k, rate);
            }
            return value;
        }
    }

    private double loss(Kernels.Traced loss, Batches.Batch batch, TrainingStep step, RandomStream draws, double rate) {
        try {
            return step.run(loss.inputs().apply(batch.values()), draws, rate);
        } catch (SdeError error) {
            throw safekeeping.after(OutOfMemory.suggesting(error, plan.batch(), Training::smaller), step);
        }
    }

    private static String smaller(int fitting) {
        return fitting == 0
                ? "not even one sample fits: make the samples or the network smaller"
                : "`train(…, batch = " + fitting + ")` should fit";
    }

    private double rate(LearningRate rate, TrainingStep step, long k) {
        try {
            return rate.at(k);
        } catch (SdeError error) {
            throw safekeeping.after(error, step);
        }
    }
}
