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
    private final Batches batches;
    private final RandomStream draws = new RandomStream(0).split(DrawPurpose.VALIDATION);

    /** The compiled loss of a batch, by the size of the batch; the last batch may be smaller. */
    private final Map<Integer, Compiled> losses = new HashMap<>();

    private record Compiled(Kernels.Traced loss, CompiledGraph program) {}

    /**
     * @param average the model with the averaged parameters, which the training changes
     * @param trained the data of the training
     */
    ValidationLoss(
            Interpreter interpreter,
            Training.Plan plan,
            ModelValue average,
            TrainingData trained,
            TrainingReplica replica,
            Span span) {
        this.replica = replica;
        this.interpreter = interpreter;
        this.plan = plan;
        this.average = average;
        this.span = span;
        TrainingData data = trained.validation(plan.validation().data().orElseThrow());
        this.samples = data.samples();
        requireSameShape(average);
        this.batches = data.inOrder(samples, labels(data, trained));
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

    private Optional<Tensor> labels(TrainingData data, TrainingData trained) {
        if (trained.labels().isEmpty()) {
            return Optional.empty();
        }
        if (!data.hasLabels()) {
            throw Diagnostic.error("E0813", span, "the training data has labels, and the validation data has none")
                    .help("take both from one data set: `part, rest = data.split(0.9)`")
                    .raise();
        }
        return data.labels();
    }

    /**
     * Returns the mean over all samples; a mean that is nan counts as infinite. Several machines share the batches, and
     * all get the same number.
     */
    double value() {
        Backend backend = interpreter.session().backend();
        double[] sumAndCount = new double[2];
        replica.share(batches.perEpoch()).forEach(k -> {
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
        Kernels.Traced loss = new LossGraph(interpreter, plan, span).of(average, samples, batch);
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
