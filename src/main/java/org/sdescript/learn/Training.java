package org.sdescript.learn;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.backend.Backend;
import org.sdescript.backend.OptimizerSettings;
import org.sdescript.backend.OutOfMemory;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.backend.Tensor;
import org.sdescript.backend.TrainingStep;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.DType;
import org.sdescript.graph.Operation;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Console;
import org.sdescript.runtime.Finiteness;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.Interruption;
import org.sdescript.runtime.Kernels;
import org.sdescript.runtime.Networks;
import org.sdescript.runtime.ProcessValue;
import org.sdescript.runtime.RowReader;
import org.sdescript.runtime.Session;
import org.sdescript.runtime.Show;
import org.sdescript.runtime.Signature;
import org.sdescript.runtime.Stopwatch;
import org.sdescript.runtime.TensorSource;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * One training. Every draw of step k depends on the seed and on k alone, so a training that is resumed goes on as if it
 * had not been stopped.
 */
final class Training {
    private static final double SMOOTHING = 0.98;
    /** (score, process, x0). */
    private static final int LOSS_VARIABLES = 3;

    /** What is asked for. */
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
            long seed,
            Checkpoints checkpoints,
            Preview preview) {}

    private final Interpreter interpreter;
    private final Session session;
    private final Backend backend;
    private final Plan plan;
    private final Span span;
    private final RandomStream random;

    Training(Interpreter interpreter, Plan plan, Span span) {
        this.interpreter = interpreter;
        this.session = interpreter.session();
        this.backend = session.backend();
        this.plan = plan;
        this.span = span;
        this.random = new RandomStream(plan.seed());
    }

    ModelValue run() {
        Samples data = data();
        Parameters parameters = new Parameters(backend);
        ModelValue model =
                new ModelValue(plan.network(), parameters, plan.process(), plan.prediction(), data.shape(), List.of());
        try (Batches batches = batches(data)) {
            return trained(model, data, batches, parameters);
        } finally {
            parameters.close();
        }
    }

    private ModelValue trained(ModelValue model, Samples data, Batches batches, Parameters parameters) {
        long start = System.nanoTime();
        Kernels.Traced loss = lossKernel(model, data, batches);
        long traced = System.nanoTime();
        if (parameters.count() == 0) {
            throw withoutNetwork();
        }
        try (TrainingStep step =
                new TrainingStep(backend, loss.graph(), loss.parameters().apply(parameters), plan.optimizer())) {
            session.console()
                    .detail(() ->
                            "step of training: " + loss.graph().nodes().size() + " nodes and their gradient, traced in "
                                    + Stopwatch.between(start, traced) + ", compiled in " + Stopwatch.since(traced));
            plan.checkpoints().resume(step).forEach(session.console()::note);
            plan.checkpoints().setAside().ifPresent(earlier -> session.console()
                    .note("the state of an earlier training is kept as " + earlier
                            + "; `resume = true` goes on from it instead"));
            loop(loss, batches, step, model.with(step.average(), List.of()));
            ModelValue trained = model.with(step.average().copy(), step.losses());
            session.own(trained);
            return trained;
        }
    }

    private Batches batches(Samples data) {
        RandomStream order = random.split(1);
        Optional<Tensor> labels = labels();
        return data.reader()
                .map(reader -> Batches.of(reader, labels.isPresent(), plan.batch(), order))
                .orElseGet(() -> Batches.of(
                        Stream.concat(data.tensors().stream(), labels.stream()).toList(), plan.batch(), order));
    }

    /** Of a system a record of the states that are data, where there are several of them. */
    private Samples data() {
        List<String> states = plan.process().dataStates();
        if (states.size() > 1) {
            if (!(plan.data() instanceof Value.RecordValue(var fields))
                    || !fields.keySet().equals(Set.copyOf(states))) {
                throw otherStates(states);
            }
            Samples samples = Samples.of(
                    states,
                    states.stream().map(state -> samples(fields.get(state))).toList());
            if (samples.tensors().stream().map(Tensor::shape).distinct().count() > 1) {
                throw otherStates(states);
            }
            return samples;
        }
        Optional<RowReader> reader = plan.data() instanceof TensorSource source ? source.reader() : Optional.empty();
        return reader.map(Samples::read).orElseGet(() -> Samples.of(List.of(), List.of(samples(plan.data()))));
    }

    private SdeError otherStates(List<String> states) {
        String fields = states.stream().map(state -> state + ": …").collect(Collectors.joining(", "));
        return Diagnostic.error(
                        "E0851",
                        span,
                        "of " + plan.process().process().name() + " the states " + String.join(", ", states)
                                + " are data, and training needs samples of them all")
                .help("give a record with a tensor of one shape for each: `{" + fields
                        + "}`; or state in the body of the process what is not data: `start = {" + states.getLast()
                        + ": normal(std = 1)}`")
                .raise();
    }

    private Tensor samples(Value given) {
        if (!Tensors.isTensor(given)) {
            throw notSamples(given.kind());
        }
        Value value = interpreter.tensors().require(given, "`data` of train", span);
        if (value instanceof Value.TensorValue(Tensor tensor)
                && tensor.shape().rank() >= 2
                && tensor.shape().size(0) > 0) {
            requireNumbers(value);
            return precise(tensor);
        }
        throw notSamples("of shape " + interpreter.tensors().shape(value));
    }

    /** A label for each sample, for a network that takes something besides x and t. */
    private Optional<Tensor> labels() {
        List<Signature.Slot> further = Networks.further(plan.network());
        Optional<Value> labels = plan.data() instanceof TensorSource source ? source.labels() : Optional.empty();
        List<Signature.Slot> open = further.stream()
                .filter(Signature.Slot::isRequired)
                .skip(labels.isPresent() ? 1 : 0)
                .toList();
        if (!open.isEmpty()) {
            throw withoutLabels(open.getFirst().name(), labels.isPresent());
        }
        if (labels.isEmpty() && takesLabels(plan.loss())) {
            throw withoutLabels();
        }
        return further.isEmpty() && !takesLabels(plan.loss())
                ? Optional.empty()
                : labels.map(value -> ((Value.TensorValue) value).tensor());
    }

    /** A loss with a fourth variable teaches something about the labels, such as to tell them apart. */
    static boolean takesLabels(Callable loss) {
        return loss.signature().variables().size() > LOSS_VARIABLES;
    }

    private SdeError withoutLabels() {
        return Diagnostic.error(
                        "E0565", span, "the loss " + plan.loss().show() + " needs labels, and the data has none")
                .help("`labelled(x, y)` is data with labels")
                .raise();
    }

    private SdeError withoutLabels(String name, boolean isSecond) {
        String network = plan.network().signature().name();
        return Diagnostic.error(
                        "E0565",
                        span,
                        isSecond
                                ? "the network " + network + " takes `" + name
                                        + "` too, and data has one label a sample"
                                : "the network " + network + " takes `" + name + "`, and the data has no labels")
                .help(
                        isSecond
                                ? "give it a default, or declare it as a parameter, after a semicolon"
                                : "`labelled(x, y)` is data with labels; what is the same for all samples is a parameter,"
                                        + " declared after a semicolon")
                .raise();
    }

    private SdeError notSamples(String given) {
        return Diagnostic.error("E0802", span, "training data is a tensor of samples, [n, …], and not " + given)
                .help("a column of numbers becomes samples with `reshape(x, [-1, 1])`")
                .raise();
    }

    private void requireNumbers(Value data) {
        List<Integer> lost = Finiteness.violated(data, interpreter.tensors(), span);
        if (!lost.isEmpty()) {
            String which = lost.size() == 1 ? "sample " : "samples, the first of them ";
            throw Diagnostic.error(
                            "E0810",
                            span,
                            "the data has nan or infinite values in " + (lost.size() == 1 ? "" : lost.size() + " ")
                                    + which + lost.getFirst())
                    .note("samples are counted from 0")
                    .help("leave such samples out; of a table, `csv(…, missing = \"drop\")` skips rows without a value")
                    .raise();
        }
    }

    /** In the precision of the run, whatever the data came in; the network's parameters have it too. */
    private Tensor precise(Tensor data) {
        DType precision = interpreter.tensors().precision();
        return data.dtype() == precision
                ? data
                : (Tensor) backend.apply(new Operation.Cast(precision), List.of(data), random);
    }

    private RuntimeException withoutNetwork() {
        return Diagnostic.error(
                        "E0905",
                        span,
                        "the loss " + plan.loss().show() + " does not depend on the parameters of "
                                + plan.network().show())
                .help("a loss calls `score(x, t)`, and a network has layers such as `dense(x, 2)`")
                .raise();
    }

    /** Traces loss(score, process, x0) for one batch; the trace makes the network's parameters. */
    private Kernels.Traced lossKernel(ModelValue model, Samples data, Batches batches) {
        try (Batches.Batch example = batches.at(0, backend)) {
            model.initialising(random.split(2));
            return interpreter.kernels().prepare("loss", example.values(), traced -> {
                List<Value> taken = Batches.taken(traced, interpreter.tensors(), span);
                return scalar(interpreter.call(plan.loss(), span, arguments(model, data, taken)));
            });
        } finally {
            model.initialising(null);
        }
    }

    private Value[] arguments(ModelValue model, Samples data, List<Value> batch) {
        Callable score = labelled(model, batch, data.parts());
        return takesLabels(plan.loss())
                ? new Value[] {score, plan.process(), data.form(batch), batch.get(data.parts())}
                : new Value[] {score, plan.process(), data.form(batch)};
    }

    /** The model with the batch's labels, where its network takes them: still a score of (x, t). */
    private Callable labelled(ModelValue model, List<Value> batch, int tensors) {
        return batch.size() == tensors || Networks.further(plan.network()).isEmpty()
                ? model
                : model.configured(
                        Map.of(Networks.further(plan.network()).getFirst().name(), batch.get(tensors)));
    }

    private Value scalar(Value loss) {
        if (loss instanceof Value.TracedValue traced
                && !traced.node().isNumber()
                && traced.node().shape().elements() == 1) {
            return loss;
        }
        throw Diagnostic.error(
                        "E0803",
                        span,
                        "the loss " + plan.loss().show() + " returns "
                                + (loss instanceof Value.Num
                                        ? "a number that does not depend on the network"
                                        : described(loss) + " and not a single number"))
                .help("compute with `score(x, t)` and end it with `return mean(…)`")
                .raise();
    }

    private String described(Value value) {
        return Tensors.isTensor(value)
                ? "a tensor of shape " + interpreter.tensors().shape(value)
                : value.kind();
    }

    /** @param average what would come back now, without a life of its own */
    private void loop(Kernels.Traced loss, Batches batches, TrainingStep step, ModelValue average) {
        long first = step.steps();
        TrainingLog log = new TrainingLog(session, plan.steps());
        log.begin(first);
        LearningRate rate = new LearningRate(plan.learningRate(), interpreter, span);
        RandomStream draws = random.split(3);
        double shown = Double.NaN;
        try (Console.Progress progress = session.console().progress("train", plan.steps())) {
            if (first > 0) {
                session.console()
                        .note("going on after step " + first + ", from "
                                + plan.checkpoints().folder());
            }
            progress.update(first, () -> "");
            for (long k = first; k < plan.steps(); k++) {
                double present = rateOrStop(rate, step, k);
                double value = one(loss, batches, step, draws.split(k), k, present);
                log.step(k + 1, value, present);
                double smooth = Double.isNaN(shown) ? value : SMOOTHING * shown + (1 - SMOOTHING) * value;
                shown = smooth;
                progress.update(k + 1, () -> String.format(java.util.Locale.ROOT, "loss %.4f", smooth));
                keepState(step, k + 1);
                if (plan.preview().isDue(k + 1)) {
                    preview(average, k + 1);
                }
            }
        }
    }

    /** A picture that cannot be drawn or written is no reason to stop either. */
    private void preview(ModelValue average, long done) {
        try {
            plan.preview().draw(interpreter, average, plan.process(), labels(), done, span);
        } catch (SdeError undrawn) {
            session.console().note("no picture after step " + done + ": " + undrawn.getMessage());
        }
    }

    /** A disk that is full is no reason to lose what is being trained: the state before stays, and the next may fit. */
    private void keepState(TrainingStep step, long done) {
        try {
            plan.checkpoints().afterStep(step, done, plan.steps());
        } catch (SdeError unwritten) {
            session.console()
                    .note("the state after step " + done + " is not kept: " + unwritten.getMessage()
                            + "; the one kept before is unchanged, and the training goes on");
        }
    }

    private double one(
            Kernels.Traced loss, Batches batches, TrainingStep step, RandomStream draws, long k, double rate) {
        try (Batches.Batch batch = batches.at(k, backend)) {
            double value = loss(loss, batch, step, draws, rate);
            if (!Double.isFinite(value)) {
                throw notFinite(step, k, rate);
            }
            return value;
        }
    }

    private double loss(Kernels.Traced loss, Batches.Batch batch, TrainingStep step, RandomStream draws, double rate) {
        try {
            return step.run(loss.inputs().apply(batch.values()), draws, rate);
        } catch (SdeError error) {
            throw kept(OutOfMemory.suggesting(error, plan.batch(), Training::smaller), step);
        }
    }

    private static String smaller(int fitting) {
        return fitting == 0
                ? "not even one sample fits: make the samples or the network smaller"
                : "`train(…, batch = " + fitting + ")` should fit";
    }

    /** The rate of the next step, unless the user asks to stop: before it, or while the script's rule computes it. */
    private double rateOrStop(LearningRate rate, TrainingStep step, long k) {
        try {
            session.checkInterrupted();
            return rate.at(k);
        } catch (Interruption stop) {
            Path kept = plan.checkpoints().keep(step);
            session.console()
                    .note("training stopped before step " + (k + 1) + " of " + plan.steps() + "\nto go on from there: "
                            + goingOn(kept));
            throw stop;
        } catch (SdeError error) {
            throw kept(error, step);
        }
    }

    /** What is trained is not lost to a mistake that shows late, such as in a learning rate. */
    private SdeError kept(SdeError error, TrainingStep step) {
        if (step.steps() == 0) {
            return error;
        }
        String where = "the state after step " + step.steps() + " is kept; to go on from there: "
                + goingOn(plan.checkpoints().keep(step));
        return new SdeError(error.diagnostics().stream()
                .map(diagnostic -> diagnostic.note(where))
                .toList());
    }

    /** As the script names the folder, which lies below that of the run. */
    private String goingOn(Path kept) {
        Path name = kept.startsWith(session.folder()) ? session.folder().relativize(kept) : kept.toAbsolutePath();
        return "train(…, checkpoint = \"" + name + "\", resume = true)";
    }

    private RuntimeException notFinite(TrainingStep step, long k, double rate) {
        Path kept = plan.checkpoints().keep(step);
        List<Double> losses = step.losses();
        String before = losses.isEmpty()
                ? ""
                : ", after " + Show.number(losses.getLast().floatValue()) + " before";
        return Diagnostic.error(
                        "E0801", span, "the loss or its gradient is not a finite number at step " + (k + 1) + before)
                .note("the parameters of the step before are kept; to go on from there: " + goingOn(kept))
                .note("the learning rate was " + Show.number(rate))
                .help("likely causes: a learning rate that is too large, data that is not scaled, a weight that grows"
                        + " without bound near t_min; `clip = 1` limits the gradient")
                .raise();
    }
}
