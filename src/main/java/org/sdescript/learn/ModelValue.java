package org.sdescript.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Binding;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Fit;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ProcessValue;
import org.sdescript.runtime.Show;
import org.sdescript.runtime.Signature;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A network with its parameters: a score (x, t) of a process, whatever the network itself was taught to predict.
 * It owns the parameters, so closing it frees them.
 */
public final class ModelValue implements Callable, AutoCloseable {
    private static final int RECENT = 100;
    private static final Signature SIGNATURE = new Signature(
            "model",
            List.of(
                    new Signature.Slot("x", Signature.Fallback.REQUIRED),
                    new Signature.Slot("t", Signature.Fallback.REQUIRED)),
            List.of(),
            false);

    private final Callable network;
    private final Parameters parameters;
    private final ProcessValue process;
    private final Callable prediction;
    private final Shape sampleShape;
    private final List<Double> losses;
    private RandomStream initial;

    /**
     * @param prediction takes (process, output, x, t) to the score
     * @param sampleShape the shape of one sample
     */
    ModelValue(
            Callable network,
            Parameters parameters,
            ProcessValue process,
            Callable prediction,
            Shape sampleShape,
            List<Double> losses) {
        this.network = network;
        this.parameters = parameters;
        this.process = process;
        this.prediction = prediction;
        this.sampleShape = sampleShape;
        this.losses = losses;
    }

    /** The same model with other parameters, such as their average over the training. */
    ModelValue with(Parameters others, List<Double> history) {
        return new ModelValue(network, others, process, prediction, sampleShape, history);
    }

    /** Lets the next trace make the parameters that are not there, from this stream. */
    void initialising(RandomStream stream) {
        initial = stream;
    }

    /** The mean of the last losses of the training. */
    double recentLoss() {
        return losses.stream()
                .skip(Math.max(0, losses.size() - RECENT))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    Parameters parameters() {
        return parameters;
    }

    @Override
    public String kind() {
        return "a model";
    }

    @Override
    public Signature signature() {
        return SIGNATURE;
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return this;
    }

    @Override
    public Optional<Shape> sampleShape() {
        return Optional.of(sampleShape);
    }

    @Override
    public Value invoke(Interpreter interpreter, Binding binding, Arguments arguments) {
        Value x = interpreter.tensors().require(binding.given().get("x"), "`x` of a model", arguments.span());
        requireSamples(interpreter.tensors().shape(x), arguments.span());
        Value t = interpreter.tensors().require(binding.given().get("t"), "`t` of a model", arguments.span());
        return asKernel(
                interpreter, this, x, t, arguments.span(), (a, b) -> score(interpreter, a, b, arguments.span()));
    }

    private void requireSamples(Shape shape, Span span) {
        if (shape.rank() != sampleShape.rank() + 1) {
            String given = shape.rank() == 0 ? "a single number" : shape.toString();
            throw Diagnostic.error("E0808", span, "a model takes samples, [n, …], and is given " + given)
                    .note("it was trained on samples of shape " + sampleShape)
                    .help("a batch of one sample is `reshape(x, [1, …])`")
                    .raise();
        }
    }

    /** Runs a function of x and t as part of the trace under way, or as a kernel of its own. */
    private static Value asKernel(
            Interpreter interpreter,
            Object callee,
            Value x,
            Value t,
            Span span,
            java.util.function.BinaryOperator<Value> body) {
        return interpreter
                .kernels()
                .within(callee, List.of(x, t), span, given -> body.apply(given.get(0), given.get(1)));
    }

    private Value score(Interpreter interpreter, Value x, Value t, Span span) {
        Value output = output(interpreter, x, t, span);
        if (prediction.signature().name().startsWith(TrainingFunctions.PREDICTIONS)) {
            Fit.ofNetwork(network, output, x, interpreter.tensors(), span);
        }
        Value score = interpreter.call(prediction, span, process, output, x, t);
        return Fit.ofScore(prediction, score, x, interpreter.tensors(), span);
    }

    /** What the network itself says; it sees one time per sample. */
    private Value output(Interpreter interpreter, Value x, Value t, Span span) {
        Tensors tensors = interpreter.tensors();
        Shape samples = Shape.of(tensors.shape(x).size(0));
        long given = tensors.shape(t).elements();
        if (given != 1 && given != samples.elements()) {
            throw Diagnostic.error(
                            "E0808",
                            span,
                            "a model is given " + given + " times for " + samples.elements() + " samples")
                    .help("one time for all of them, or one for each")
                    .raise();
        }
        Value times = given == samples.elements() && Tensors.isTensor(t)
                ? tensors.reshape(t, samples, span)
                : tensors.fill(t, samples, span);
        try {
            return interpreter.networks().output(network, parameters, initial, x, times, span);
        } catch (SdeError error) {
            throw otherSamples(error, tensors.shape(x));
        }
    }

    /** What goes wrong in a network with samples it was not made for has that reason first of all. */
    private SdeError otherSamples(SdeError error, Shape x) {
        Shape sample = new Shape(x.sizes().subList(1, x.rank()));
        if (sample.equals(sampleShape)) {
            return error;
        }
        String reason = "the model was trained on samples of shape " + sampleShape + ", and x is " + x;
        return new SdeError(error.diagnostics().stream()
                .map(diagnostic -> diagnostic.note(reason))
                .toList());
    }

    @Override
    public List<String> fieldNames() {
        return List.of("losses", "parameters", "network");
    }

    @Override
    public Value field(String name) {
        return switch (name) {
            case "losses" -> Value.list(losses.stream().map(Value::number).toList());
            case "parameters" -> Value.number(parameters.count());
            case "network" -> Builtin.named("network", "x", "t").is(this::network);
            default -> Callable.super.field(name);
        };
    }

    private Value network(Call call) {
        requireSamples(call.tensors().shape(call.tensor("x")), call.span());
        return asKernel(
                call.interpreter(),
                List.of(this, "network"),
                call.tensor("x"),
                call.tensor("t"),
                call.span(),
                (x, t) -> output(call.interpreter(), x, t, call.span()));
    }

    @Override
    public List<Value> children() {
        return List.of(network, process, prediction);
    }

    @Override
    public String show() {
        return "model of " + Show.show(network) + " with " + parameters.count() + " parameters, " + sampleShape
                + " a sample";
    }

    @Override
    public void close() {
        parameters.close();
    }

    @Override
    public String toString() {
        return show();
    }
}
