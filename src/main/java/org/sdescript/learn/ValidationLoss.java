package org.sdescript.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.Backend;
import org.sdescript.backend.CompiledGraph;
import org.sdescript.backend.DrawPurpose;
import org.sdescript.backend.Operand;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.source.Span;

/**
 * The loss on validation data, by the averaged parameters and without dropout. Each sample has the same time and noise
 * in every call, whatever the seed of the training, so that values of one training and of several compare.
 */
final class ValidationLoss implements AutoCloseable {
    private final Interpreter interpreter;
    private final Training.Plan plan;
    private final ModelValue average;
    private final TrainingReplica replica;
    private final Span span;
    private final TrainingSamples samples;
    private final List<TrainingColumn> columns;
    private final Training.Samples batches;
    private final RandomStream draws = new RandomStream(0).split(DrawPurpose.VALIDATION);

    /** The compiled loss of a batch, by the size of the batch; the last batch may be smaller. */
    private final Map<Integer, Compiled> losses = new HashMap<>();

    private record Compiled(Kernels.Traced loss, CompiledGraph program) {}

    /**
     * @param average the model with the averaged parameters, which the training changes
     * @param trained the data of the training
     * @param trainedColumns the labels and conditions of the training
     */
    ValidationLoss(
            Interpreter interpreter,
            Training.Plan plan,
            ModelValue average,
            TrainingData trained,
            List<TrainingColumn> trainedColumns,
            TrainingReplica replica,
            Span span) {
        this.replica = replica;
        this.interpreter = interpreter;
        this.plan = plan;
        this.average = average;
        this.span = span;
        Value given = plan.validation().data().orElseThrow();
        Optional<PathPlan> path = plan.path().map(its -> its.validation(given, span));
        TrainingData data = trained.validation(path.map(PathPlan::data).orElse(given));
        this.samples = data.samples();
        requireSameShape(average);
        this.columns = columns(data, trainedColumns);
        this.batches = new Training.Samples(data.inOrder(samples, columns), data.endsInOrder(path, samples, columns));
    }

    private void requireSameShape(ModelValue model) {
        if (!samples.shape().equals(model.sampleShape().orElseThrow())) {
            throw Diagnostic.error(
                            "E0813",
                            span,
                            "samples of the validation data have the shape " + samples.shape()
                                    + ", and those of the training data "
                                    + model.sampleShape().orElseThrow())
                    .help("take both from one data set: `part, rest = data.split(0.9)`")
                    .raise();
        }
    }

    /** Returns the labels and conditions of the validation data: the same as in the training, but for unused labels. */
    private List<TrainingColumn> columns(TrainingData data, List<TrainingColumn> trained) {
        List<TrainingColumn> needed = trained.stream()
                .filter(each -> !each.isLabel()
                        || each.ofLoss()
                        || average.conditions().find(each.name()).isPresent())
                .toList();
        if (needed.stream().anyMatch(TrainingColumn::isLabel) && !data.hasLabels()) {
            throw unlike("the training data has labels, and the validation data has none");
        }
        if (needed.stream().anyMatch(each -> !each.isLabel()) && !data.hasConditions()) {
            throw unlike("the training data has conditions, and the validation data has none");
        }
        List<TrainingColumn> own = data.columns();
        needed.forEach(each -> requireLike(each, own));
        return own;
    }

    private void requireLike(TrainingColumn trained, List<TrainingColumn> own) {
        boolean isAlike = own.stream()
                .filter(each -> each.name().equals(trained.name()))
                .anyMatch(each -> each.remembered().equals(trained.remembered()));
        if (!isAlike) {
            throw unlike("the condition " + trained.remembered().show()
                    + " of the training data is none of the validation data, or has another shape there");
        }
    }

    private SdeError unlike(String what) {
        return Diagnostic.error("E0813", span, what)
                .help("take both from one data set: `part, rest = data.split(0.9)`")
                .raise();
    }

    /**
     * Returns the mean over all samples; a mean that is nan counts as infinite. Several machines share the batches, and
     * all get the same number.
     */
    double value() {
        Backend backend = interpreter.session().backend();
        double[] sumAndCount = new double[2];
        replica.share(batches.batches().perEpoch()).forEach(k -> {
            interpreter.session().stop().check();
            try (Batches.Batch batch = batches.at(k, backend)) {
                long first = (long) k * plan.batch();
                sumAndCount[0] += batch.size() * loss(batch, draws.forSamples(first, batch.size()));
                sumAndCount[1] += batch.size();
            }
        });
        replica.sum(sumAndCount);
        return Double.isNaN(sumAndCount[0]) ? Double.POSITIVE_INFINITY : sumAndCount[0] / sumAndCount[1];
    }

    private double loss(Batches.Batch batch, RandomStream random) {
        Compiled compiled = losses.get(batch.size());
        if (compiled == null) {
            compiled = compiled(batch);
            losses.put(batch.size(), compiled);
        }
        try {
            List<Operand> results = compiled.program.run(compiled.loss.inputs().apply(batch.values()), random);
            try (Tensor loss = (Tensor) results.getFirst()) {
                return loss.toDoubles()[0];
            }
        } catch (SdeError error) {
            throw new SdeError(error.diagnostics().stream()
                    .map(diagnostic -> diagnostic.note("this is the loss on the validation data"))
                    .toList());
        }
    }

    private Compiled compiled(Batches.Batch batch) {
        Kernels.Traced loss = new LossGraph(interpreter, plan, 0, span).of(average, samples, columns, batch);
        return new Compiled(
                loss,
                interpreter
                        .session()
                        .backend()
                        .compile(loss.graph(), loss.parameters().apply(average.parameters())));
    }

    @Override
    public void close() {
        batches.close();
    }
}
