package org.sdescript.learn;

import static org.sdescript.runtime.FieldTable.value;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.backend.Parameters;
import org.sdescript.backend.RandomStream;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.FileExtensions;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.graph.Shape;
import org.sdescript.process.Process;
import org.sdescript.process.Reversal;
import org.sdescript.runtime.ArgumentBinding;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Coercion;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.LabelChecks;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.ShapeChecks;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Storable;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;
import org.sdescript.runtime.kernel.Kernels;
import org.sdescript.runtime.kernel.ModelParameters;
import org.sdescript.runtime.kernel.Networks;
import org.sdescript.runtime.process.EvaluationTimes;
import org.sdescript.runtime.process.ProcessValue;
import org.sdescript.source.Span;

/**
 * A network with its parameters: a score (x, t) of a process, for any prediction of the network. For a system, the
 * network receives the states concatenated along their second axis, and its output is split the same way. The model
 * owns the parameters; closing the model frees them.
 */
public final class ModelValue implements Callable, Storable, AutoCloseable {
    private static final FileExtensions FILES =
            new FileExtensions("E0872", "a model is not saved as ", List.of(ModelFile.ENDING));
    private static final List<SlotTable.Slot> VARIABLES = List.of(
            new SlotTable.Slot("x", SlotTable.Fallback.REQUIRED), new SlotTable.Slot("t", SlotTable.Fallback.REQUIRED));
    private static final FieldTable<ModelValue> FIELDS = FieldTable.of(
            value(
                    "losses",
                    model -> Value.list(model.record.history().losses().stream()
                            .map(Value::number)
                            .toList())),
            value("history", model -> model.record.history().value()),
            FieldTable.method("averaged", List.of("width"), AveragedModel::of),
            value("parameters", model -> Value.number(model.parameters.count())),
            value("network", ModelValue::networkItself),
            value("process", ModelValue::process),
            value("velocity", model -> model.told("velocity", model::velocity)),
            value("score", model -> model.told("score", () -> Optional.of(model))),
            value("noise", model -> model.told("noise", model::noise)),
            value("expected", model -> model.told("expected", model::expectations)));

    private final Callable network;
    private final Parameters parameters;
    private final ProcessValue process;
    private final Prediction prediction;
    private final TrainedShape shape;
    private final TrainingRecord record;
    private final SlotTable signature;
    private final StateConcatenation states;
    private final Optional<RandomStream> initial;
    private final Optional<ModelVariables> variables;
    private final SampleProcess ofSamples;

    /** @param prediction converts the network's output to a score */
    ModelValue(
            Callable network,
            Parameters parameters,
            ProcessValue process,
            Prediction prediction,
            TrainedShape shape,
            TrainingRecord record,
            Optional<RandomStream> initial) {
        this.network = network;
        this.parameters = parameters;
        this.process = process;
        this.prediction = prediction;
        this.shape = shape;
        this.record = record;
        this.initial = initial;
        this.states = new StateConcatenation(process.process());
        this.ofSamples = new SampleProcess(process, shape, states);
        this.variables = states.isSystem()
                ? Optional.empty()
                : shape.known().map(sample -> new ModelVariables(network, parameters, sample, shape.conditions()));
        this.signature = new SlotTable("model", VARIABLES, shape.conditions().slots(Networks.further(network)), false);
    }

    /** Returns the same model with other parameters, such as their average over the training. */
    ModelValue with(Parameters others, TrainingRecord its) {
        return new ModelValue(network, others, process, prediction, shape, its, Optional.empty());
    }

    /**
     * Returns the same model, with the same parameters, for the trace of the training: this trace creates missing
     * parameters, with values drawn from a stream.
     */
    ModelValue initialisedFrom(RandomStream stream) {
        return new ModelValue(network, parameters, process, prediction, shape, record, Optional.of(stream));
    }

    /** Returns the same model without the conditions of these names, which its network does not use. */
    ModelValue without(Set<String> names) {
        return names.isEmpty()
                ? this
                : new ModelValue(network, parameters, process, prediction, shape.without(names), record, initial);
    }

    TrainingRecord record() {
        return record;
    }

    TrainedConditions conditions() {
        return shape.conditions();
    }

    /** Empty for a model whose output is not a score, such as a classifier. */
    @Override
    public List<ScoreSource> scoreSources() {
        return prediction.isOutput() ? List.of() : List.of(new ScoreSource(process.process(), record.data()));
    }

    SampleProcess ofSamples() {
        return ofSamples;
    }

    Prediction prediction() {
        return prediction;
    }

    ProcessValue process() {
        return process;
    }

    @Override
    public Optional<Value> ownProcess() {
        return Optional.of(process);
    }

    @Override
    public Callable conditioned(Value condition, Interpreter interpreter, Span span) {
        return ModelConditions.bound(this, this, Map.of(), condition, interpreter, span);
    }

    @Override
    public void store(Interpreter interpreter, Path file, Span span) {
        FILES.refused(file.getFileName().toString(), span).ifPresent(refusal -> {
            throw refusal.raise();
        });
        ModelFile.write(this, interpreter.session().backend(), interpreter.root(), file);
    }

    Parameters parameters() {
        return parameters;
    }

    @Override
    public Kind kind() {
        return Kind.MODEL;
    }

    /**
     * Returns x, t and the network's further variables, such as labels; binding these by name gives a score of (x,
     * t).
     */
    @Override
    public SlotTable signature() {
        return signature;
    }

    @Override
    public Value call(Interpreter interpreter, Arguments arguments) {
        requireUse(arguments, interpreter);
        return Callable.super.call(interpreter, arguments);
    }

    /** Throws if an argument is a variable that the network does not use. */
    void requireUse(Arguments arguments, Interpreter interpreter) {
        if (initial.isEmpty()) {
            variables.ifPresent(its -> its.require(arguments, interpreter));
        }
    }

    @Override
    public Callable configured(Map<String, Value> given) {
        return given.isEmpty() ? this : new ConditionedModel(this, given);
    }

    @Override
    public Optional<Shape> sampleShape() {
        return shape.known();
    }

    @Override
    public Value invoke(Interpreter interpreter, ArgumentBinding binding, Arguments arguments) {
        Span span = arguments.span();
        ModelInputs inputs = inputs(binding.given(), interpreter, span);
        return asKernel(interpreter, this, inputs, span, its -> score(interpreter, its, span));
    }

    private ProcessValue processOf(ModelInputs its, Interpreter interpreter, Span span) {
        return ofSamples.process(its.further(), its.x(), interpreter, span);
    }

    private ModelInputs inputs(Map<String, Value> given, Interpreter interpreter, Span span) {
        Tensors tensors = interpreter.tensors();
        Value state = Objects.requireNonNull(given.get("x"));
        Value x = states.isSystem() ? state : tensors.require(state, "`x` of a model", span);
        states.parts(x, tensors, span).forEach(part -> shape.require(tensors.shape(part), span));
        Value t = EvaluationTimes.of(process.process())
                .within(
                        tensors.require(Objects.requireNonNull(given.get("t")), "`t` of a model", span),
                        interpreter,
                        span);
        Map<String, Value> further = new LinkedHashMap<>(given);
        further.keySet().removeAll(List.of("x", "t"));
        if (further.get(TrainedConditions.LABEL) instanceof Value label) {
            LabelChecks.require(label, "labels", tensors, span);
        }
        return new ModelInputs(x, t, further);
    }

    /** Inlines a function of the inputs into the current trace, or runs the function as a kernel. */
    private static Value asKernel(
            Interpreter interpreter, Object callee, ModelInputs inputs, Span span, Function<ModelInputs, Value> body) {
        return Kernels.of(interpreter)
                .within(
                        List.of(callee, List.copyOf(inputs.further().keySet())),
                        inputs.all(),
                        span,
                        given -> body.apply(inputs.with(given)));
    }

    /** Returns a function of the model; throws if the network does not tell it. */
    private Callable told(String what, Supplier<Optional<Callable>> part) {
        return part.get().orElseThrow(() -> Diagnostic.error(
                        "E0683", null, "the network of this model does not tell its " + what)
                .help("a network tells the noise, the score, the clean data or the velocity of a process, and the"
                        + " drift, the noise or both of a path between two laws: `train(…, predict = …)`")
                .raise());
    }

    /** Returns b(x, t) of a path, which the network tells, or else the velocity of the flow. */
    @Override
    public Optional<Callable> velocity() {
        if (!process.process().isPath()) {
            return prediction.isOutput()
                    ? Optional.empty()
                    : Optional.of(Builtin.taking(signature.named("velocity")).is(this::velocity));
        }
        return prediction.tellsDrift() ? Optional.of(part("velocity", "drift")) : Optional.empty();
    }

    /** Returns the drift of the flow of the process. */
    private Value velocity(Call call) {
        ModelInputs its = given(call);
        Process own = processOf(its, call.interpreter(), call.span()).process();
        ProcessValue flow = ProcessValue.of(Reversal.flow(own)).flowOf(own).scoredBy(configured(its.further()));
        return call.interpreter()
                .call((Callable) Objects.requireNonNull(flow.field("drift")), call.span(), its.x(), its.t());
    }

    /** Returns E[noise | x(t) = x] of a path, if the network tells it. */
    private Optional<Callable> noise() {
        return process.process().isPath() && !prediction.isDriftAlone()
                ? Optional.of(part("noise", "noise"))
                : Optional.empty();
    }

    /** Returns the expected x(0) and x(1) of a path, or the expected data and noise of another process. */
    private Optional<Callable> expectations() {
        return process.process().isPath()
                ? prediction.tellsDrift()
                        ? Optional.of(
                                Builtin.taking(signature.named("expected")).is(this::ends))
                        : Optional.empty()
                : expected();
    }

    private Callable part(String name, String output) {
        return Builtin.taking(signature.named(name))
                .is(call -> asKernel(
                        call.interpreter(), List.of(this, name), given(call), call.span(), its -> switch (output(
                                call.interpreter(), its, call.span())) {
                            case Value.RecordValue(var fields) -> Objects.requireNonNull(fields.get(output));
                            case Value one -> fitting(one, call.interpreter(), its, call.span());
                        }));
    }

    private Value ends(Call call) {
        Interpreter interpreter = call.interpreter();
        return asKernel(interpreter, List.of(this, "expected"), given(call), call.span(), its -> {
            Value output = output(interpreter, its, call.span());
            return interpreter.call(
                    interpreter.library("ends_from_output"),
                    call.span(),
                    processOf(its, interpreter, call.span()),
                    output,
                    its.x(),
                    its.t());
        });
    }

    @Override
    public Optional<Callable> expected() {
        return prediction.tellsExpected()
                        && !states.isSystem()
                        && !process.process().isPath()
                ? Optional.of(Builtin.taking(signature.named("expected")).is(this::expected))
                : Optional.empty();
    }

    private Value expected(Call call) {
        Interpreter interpreter = call.interpreter();
        Span span = call.span();
        return asKernel(interpreter, List.of(this, "expected"), given(call), span, its -> {
            Value output = fitting(output(interpreter, its, span), interpreter, its, span);
            return interpreter.call(
                    prediction.expected(interpreter),
                    span,
                    processOf(its, interpreter, span),
                    output,
                    its.x(),
                    its.t());
        });
    }

    private Value score(Interpreter interpreter, ModelInputs inputs, Span span) {
        Value output = output(interpreter, inputs, span);
        if (prediction.isOutput()) {
            return output;
        }
        output = fitting(output, interpreter, inputs, span);
        Value score = interpreter.call(
                prediction.score(), span, processOf(inputs, interpreter, span), output, inputs.x(), inputs.t());
        return ShapeChecks.ofScore(prediction.score(), score, inputs.x(), interpreter.tensors(), span);
    }

    /** Checks the output's shape and returns the output in the structure of x. */
    private Value fitting(Value output, Interpreter interpreter, ModelInputs inputs, Span span) {
        if (prediction.isOfBoth()) {
            return output;
        }
        if (states.isSystem() || prediction.isStandard()) {
            Value seen = states.joined(inputs.x(), interpreter.tensors(), span);
            ShapeChecks.ofNetwork(network, output, seen, interpreter.tensors(), span);
        }
        return states.parted(output, interpreter.tensors(), span);
    }

    /** Returns the network's own output; times and further numbers are broadcast to one per sample. */
    private Value output(Interpreter interpreter, ModelInputs inputs, Span span) {
        Tensors tensors = interpreter.tensors();
        ModelInputs seen = prediction
                .input()
                .map(input -> seen(input, interpreter, inputs, span))
                .orElse(inputs);
        Value x = states.joined(seen.x(), tensors, span);
        Shape samples = Shape.of(tensors.shape(x).size(0));
        Value times = seen.times(samples, tensors, span);
        Map<String, Value> further =
                shape.conditions().perSample(seen.further(), Networks.further(network), samples, tensors, span);
        ModelParameters source = initial.map(stream -> ModelParameters.inTraining(interpreter, parameters, stream))
                .orElseGet(() -> ModelParameters.trained(interpreter, parameters));
        Arguments arguments = new Arguments(List.of(x, times), further, span);
        Networks networks = Kernels.of(interpreter).networks();
        try {
            if (!prediction.isOfBoth()) {
                return networks.output(network, source, arguments);
            }
            Map<String, Value> both = new LinkedHashMap<>();
            both.put(Prediction.DRIFT, networks.output(network, source, arguments));
            both.put("noise", networks.output(network, new NoiseCopy(source), arguments));
            both.values().forEach(part -> ShapeChecks.ofNetwork(network, part, x, tensors, span));
            return new Value.RecordValue(both);
        } catch (SdeError error) {
            throw shape.explained(
                    error, tensors.shape(states.parts(inputs.x(), tensors, span).getFirst()));
        }
    }

    private ModelInputs seen(Callable input, Interpreter interpreter, ModelInputs inputs, Span span) {
        Value seen = interpreter.call(input, span, processOf(inputs, interpreter, span), inputs.x(), inputs.t());
        if (!(seen instanceof Value.ListValue(var both)) || both.size() != 2) {
            throw Coercion.mismatch(
                    seen, "`input` of predict", "two values, what the network sees of x and of t", span);
        }
        return new ModelInputs(both.getFirst(), both.getLast(), inputs.further());
    }

    @Override
    public List<String> fieldNames() {
        return FIELDS.names();
    }

    @Override
    public @Nullable Value field(String name) {
        Value own = FIELDS.get(name, this);
        return own == null ? Callable.super.field(name) : own;
    }

    /** Returns the network with its parameters, as a function of the same variables. */
    Builtin networkItself() {
        return Builtin.taking(signature.named("network")).is(this::network);
    }

    private ModelInputs given(Call call) {
        Map<String, Value> given = new LinkedHashMap<>();
        signature.slots().forEach(slot -> call.argument(slot.name()).ifPresent(value -> given.put(slot.name(), value)));
        return inputs(given, call.interpreter(), call.span());
    }

    private Value network(Call call) {
        ModelInputs inputs = given(call);
        return asKernel(
                call.interpreter(),
                List.of(this, "network"),
                inputs,
                call.span(),
                its -> output(call.interpreter(), its, call.span()));
    }

    /** Returns the conditions and the required variables after x and t that are still unbound. */
    List<String> open(Set<String> given) {
        return Stream.concat(
                        Networks.further(network).stream()
                                .filter(this::isWanted)
                                .map(SlotTable.Slot::name),
                        conditions().ofProcess().stream().map(TrainedCondition::name))
                .distinct()
                .filter(name -> !given.contains(name))
                .toList();
    }

    private boolean isWanted(SlotTable.Slot slot) {
        return conditions()
                .find(slot.name())
                .map(each -> !each.isLabel() || slot.isRequired())
                .orElse(slot.isRequired() && !conditions().mayLack(slot.name()));
    }

    /** Returns the network without parameters. */
    Callable untrained() {
        return network;
    }

    @Override
    public List<Value> children() {
        return Stream.concat(Stream.of(network, process), prediction.children().stream())
                .toList();
    }

    @Override
    public String show() {
        return "model of " + ValueText.show(network) + " with " + parameters.count() + " parameters"
                + shape.known().map(sample -> ", " + sample + " a sample").orElse("")
                + conditions().show();
    }

    @Override
    public void close() {
        parameters.close();
        record.close();
    }

    @Override
    public String toString() {
        return show();
    }
}
