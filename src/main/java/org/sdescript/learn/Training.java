package org.sdescript.learn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sdescript.backend.Backend;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.Operand;
import org.sdescript.backend.OptimizerSettings;
import org.sdescript.backend.OutOfMemory;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.StepOutcome;
import org.sdescript.backend.Tensor;
import org.sdescript.backend.TrainingStep;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.interrupt.Interruption;
import org.sdescript.interrupt.StopRequest;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.DerivativeCut;
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
    /**
     * The arguments of a training.
     *
     * @param beginning the model whose parameters are the first ones; without it they are drawn
     */
    record Plan(
            Callable network,
            Optional<ModelValue> beginning,
            Value data,
            ProcessValue process,
            Optional<PathPlan> path,
            Callable loss,
            Prediction prediction,
            Value learningRate,
            OptimizerSettings optimizer,
            int steps,
            int batch,
            int average,
            double dropCondition,
            RandomStream random,
            Checkpoints checkpoints,
            Preview preview,
            Averaging averaging,
            ValidationPlan validation) {}

    /** The batches of the data, with the samples of the other end of a path. */
    record Samples(Batches batches, Optional<PathEnds> ends) implements AutoCloseable {
        Batches.Batch at(long step, Backend backend) {
            Batches.Batch batch = batches.at(step, backend);
            return ends.map(its -> its.joined(batch, step)).orElse(batch);
        }

        @Override
        public void close() {
            batches.close();
            ends.ifPresent(PathEnds::close);
        }
    }

    private final Interpreter interpreter;
    private final Session session;
    private final Backend backend;
    private final Plan plan;
    private final Span span;
    private final RandomStream random;
    private final TrainingData given;

    /** The labels and conditions, after the samples have been checked. */
    private List<TrainingColumn> columns = List.of();

    private final TrainingRecovery safekeeping;
    private final TrainingReplica replica;

    Training(Interpreter interpreter, Plan plan, Span span) {
        this.interpreter = interpreter;
        this.session = interpreter.session();
        this.backend = session.backend();
        this.plan = plan;
        this.span = span;
        this.random = plan.random();
        this.given = new TrainingData(interpreter, plan, plan.data(), "training", span);
        this.safekeeping = new TrainingRecovery(session, plan, span);
        this.replica = new TrainingReplica(session.replica(), plan, span);
    }

    ModelValue run() {
        return replica.joined(this::joined);
    }

    private ModelValue joined() {
        TrainingSamples data = given.samples();
        columns = given.columns();
        TrainedConditions conditions = conditions();
        Parameters parameters =
                plan.beginning().map(model -> model.parameters().copy()).orElseGet(() -> new Parameters(backend));
        ModelValue model = new ModelValue(
                plan.network(),
                parameters,
                plan.process(),
                plan.prediction(),
                new TrainedShape(data.shape(), conditions),
                new TrainingRecord(TrainingHistory.NONE, KeptAverages.NONE, data.moments(interpreter.tensors(), span)),
                Optional.empty());
        try (Samples batches = new Samples(
                replica.part(given.batches(data, columns, random.split(DrawPurpose.BATCH_ORDER))),
                given.ends(data, columns, random.split(DrawPurpose.BATCH_ORDER), replica.slice()))) {
            return trained(model, data, batches, parameters);
        } finally {
            parameters.close();
        }
    }

    /** Returns what the model remembers of the labels and conditions that its network takes. */
    private TrainedConditions conditions() {
        TrainedConditions conditions = new TrainedConditions(
                columns.stream()
                        .filter(TrainingColumn::ofNetwork)
                        .map(TrainingColumn::remembered)
                        .toList(),
                columns.stream()
                        .filter(TrainingColumn::ofProcess)
                        .map(TrainingColumn::remembered)
                        .toList(),
                plan.dropCondition() > 0);
        if (conditions.dropped() && conditions.droppable().findAny().isEmpty()) {
            throw Diagnostic.error(
                            "E0569",
                            span,
                            "`drop_condition` has nothing to drop: the network "
                                    + plan.network().signature().name() + " takes no condition of the data")
                    .help("`given(x, c)` is data with conditions, which a network takes as variables after x and t")
                    .raise();
        }
        return conditions;
    }

    private ModelValue trained(ModelValue whole, TrainingSamples data, Samples batches, Parameters parameters) {
        long start = System.nanoTime();
        Kernels.Traced loss = traced(whole, data, batches);
        long traced = System.nanoTime();
        ModelValue model = whole.without(unusedLabels(loss, data));
        try (TrainingStep step = new TrainingStep(
                        backend,
                        loss.graph(),
                        loss.parameters().apply(parameters),
                        plan.optimizer(),
                        replica.sharing());
                TrainingState state = new TrainingState(backend, step, plan.averaging())) {
            session.console()
                    .detail(() -> "step of training: " + loss.graph().nodes().size()
                            + " nodes and their gradient, traced in " + DurationText.between(start, traced)
                            + ", compiled in " + DurationText.since(traced));
            safekeeping.resume(state, replica);
            ModelValue average = model.with(step.average(), model.record());
            try (TrainingReports reports =
                    new TrainingReports(interpreter, plan, given, columns, state, average, replica, span)) {
                session.stop().keepingWork(() -> loop(loss, batches, state, reports, average));
            } catch (Interruption stop) {
                StopRequest.ignoring(() -> stopped(model, state));
                throw stop;
            }
            return owned(model, state);
        }
    }

    /** Returns the name of the labels if the network does not use them, as {@code mlp} without {@code classes}. */
    private Set<String> unusedLabels(Kernels.Traced loss, TrainingSamples data) {
        Set<String> unused = LossGraph.unused(loss, data, columns);
        return columns.stream()
                .filter(TrainingColumn::isLabel)
                .map(TrainingColumn::name)
                .filter(unused::contains)
                .collect(Collectors.toSet());
    }

    private Kernels.Traced traced(ModelValue model, TrainingSamples data, Samples batches) {
        try (Batches.Batch example = batches.at(0, backend)) {
            LossGraph graph = new LossGraph(interpreter, plan, plan.dropCondition(), span);
            ModelValue initial = model.initialisedFrom(random.split(DrawPurpose.INITIAL_PARAMETERS));
            Kernels.Traced loss = replica.traced(session.sampling(), () -> graph.of(initial, data, columns, example));
            loss.inputs().apply(example.values()).forEach(this::requireConstant);
            return loss;
        }
    }

    /** Throws if a derivative under way follows a tensor of the loss: it would not follow the steps of the training. */
    private void requireConstant(Operand operand) {
        if (operand instanceof Tensor tensor) {
            DerivativeCut.requireConstant(new Value.TensorValue(tensor), "a number of the loss", interpreter, span);
        }
    }

    /** Returns the model of the best validation, or of the last step. */
    private ModelValue owned(ModelValue model, TrainingState state) {
        KeptAverages averages = state.take(plan.validation().wantsBest());
        boolean isKept = plan.averaging().keepsStates();
        ModelValue trained = model.with(
                model.parameters()
                        .withValues(averages.states().getLast().averages().getFirst()),
                new TrainingRecord(
                        state.history(),
                        isKept ? averages : KeptAverages.NONE,
                        model.record().data()));
        if (!isKept) {
            averages.close();
        }
        session.memory().own(trained);
        return trained;
    }

    /** Saves the partial model to a file and offers it as the value of the binding. */
    private void stopped(ModelValue model, TrainingState state) {
        safekeeping.stopped(state, state.steps());
        if (state.steps() > 0) {
            String told = "the model after " + state.steps() + " of " + plan.steps() + " steps"
                    + (plan.validation().wantsBest()
                            ? state.bestReport()
                                    .map(best -> ": that of step " + best.step() + ", the best so far")
                                    .orElse("")
                            : "");
            session.stop().offer(new RunStop.Unfinished(owned(model, state), span, told));
        }
    }

    /** @param average the averaged model at the current step, whose parameters the training owns */
    private Void loop(
            Kernels.Traced loss, Samples batches, TrainingState state, TrainingReports reports, ModelValue average) {
        LearningRate rate = new LearningRate(plan.learningRate(), interpreter, span);
        RandomStream draws = random.split(DrawPurpose.TRAINING_STEPS);
        while (!isOver(state)) {
            session.stop().check();
            long k = state.steps();
            double present = rate(rate, state, k);
            one(loss, batches, state, replica.noise(draws.split(k)), k, present);
            replica.settle(state, reports.isValidated(k + 1));
            replica.compare(state);
            state.keepAverages();
            reports.afterStep(present);
            if (state.step().isSettled()) {
                safekeeping.afterStep(state, isOver(state));
            }
            if (plan.preview().isDue(k + 1) && replica.isFirst()) {
                preview(average, k + 1);
            }
        }
        reports.end();
        return null;
    }

    private boolean isOver(TrainingState state) {
        return state.steps() >= plan.steps() || plan.validation().isExhausted(state);
    }

    /** Draws a preview; a failed picture only prints a note. */
    private void preview(ModelValue average, long done) {
        try {
            plan.preview().draw(interpreter, average, plan.process(), columns, done, span);
        } catch (SdeError undrawn) {
            session.console().note("no picture after step " + done + ": " + undrawn.getMessage());
        }
    }

    private void one(
            Kernels.Traced loss, Samples batches, TrainingState state, RandomStream draws, long k, double rate) {
        try (Batches.Batch batch = batches.at(k, backend)) {
            if (!outcome(loss, batch, state, draws, rate).isFinite()) {
                throw safekeeping.notFinite(state, k, rate);
            }
        }
    }

    private StepOutcome outcome(
            Kernels.Traced loss, Batches.Batch batch, TrainingState state, RandomStream draws, double rate) {
        try {
            return state.step().run(loss.inputs().apply(batch.values()), draws, rate);
        } catch (SdeError error) {
            throw safekeeping.after(OutOfMemory.suggesting(error, replica.samples(), this::smaller), state);
        }
    }

    private String smaller(int fitting) {
        return fitting == 0
                ? "not even one sample fits: make the samples or the network smaller"
                : "`train(…, batch = " + replica.batch(fitting) + ")` should fit";
    }

    private double rate(LearningRate rate, TrainingState state, long k) {
        try {
            return rate.at(k);
        } catch (SdeError error) {
            throw safekeeping.after(error, state);
        }
    }
}
