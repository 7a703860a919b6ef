package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Reduction;
import org.sdescript.graph.Shape;
import org.sdescript.process.FormSteps;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.SeveralNumbers;
import org.sdescript.process.Stratonovich;
import org.sdescript.process.Transition;
import org.sdescript.process.explain.Explanation;
import org.sdescript.process.explain.Notation;
import org.sdescript.runtime.Arguments;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.ParameterShapes;
import org.sdescript.runtime.PerSample;
import org.sdescript.runtime.ProcessDeclaration;
import org.sdescript.runtime.SamplePart;
import org.sdescript.runtime.SampleSlices;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * A process as a value of the interpreter: its formulas, and their values for tensors. The states of a system are the
 * fields of a record.
 */
public final class ProcessValue implements Explainable, PerSample {
    private static final FieldTable<ProcessValue> FIELDS = FieldTable.of(
            value("t_min", its -> Value.number(its.process.tMin())),
            value("t_max", its -> Value.number(its.process.tMax())),
            value("states", its -> names(its.process.states())),
            method("drift", List.of("x", "t"), ProcessValue::drift),
            method("stratonovich_drift", List.of("x", "t"), (its, call) -> its.at(call)
                    .stratonovichDrift()),
            method("diffusion", List.of("x", "t"), (its, call) -> its.at(call).diffusion()),
            method("diffuse", List.of("x", "t", "z"), (its, call) -> its.at(call)
                    .diffuse(call.value("z"))),
            value(
                    "noises",
                    its -> Value.list(NoiseComponents.names(its.process).stream()
                            .map(Value::text)
                            .toList())),
            method("noise_like", List.of("x"), (its, call) -> ProcessEvaluation.atAnyTime(its.process, call)
                    .noise()),
            method("divergence", List.of("x", "t"), (its, call) -> its.at(call).divergence()),
            value("prior", ProcessValue::prior),
            value("transition", ProcessValue::transitionValue),
            value("chain", ProcessValue::chain),
            value(
                    "path",
                    its -> PathValue.of(its.process).map(Value.class::cast).orElse(Value.None.NONE)),
            value("forward", its -> Value.Bool.of(its.motion.forward())),
            value("epsilon", its -> its.motion.epsilon()),
            method("snr", List.of("t"), ProcessValue::signalToNoise),
            method("log_snr", List.of("t"), ProcessValue::logSignalToNoise),
            value("linear", its -> Value.Bool.of(its.isLinear())),
            value("elementwise", its -> Value.Bool.of(SeveralNumbers.areIn(its.process))),
            value("coupled", its -> Value.Bool.of(its.process.isCoupled())),
            value("reversed", its -> Value.Bool.of(its.process.reversed())),
            method("start", List.of("x0"), (its, call) -> InitialLaws.drawn(its.process, call.value("x0"), call)),
            value("noisy", its -> names(its.process.noisyStates())),
            value("data", its -> names(InitialLaws.data(its.process))),
            value("name", its -> Value.text(its.process.name())));

    private final Process process;
    private final @Nullable Callable score;
    private final Supplier<Explanation> derivation;
    private final boolean stratonovich;
    private final Optional<Callable> origin;

    /** The process whose flow this process is. */
    private final Optional<Process> flowing;

    private final Motion motion;

    /** The process with the last other motion. */
    private @Nullable ProcessValue moved;

    /** Computed lazily and cached, since grids evaluate it often. */
    private @Nullable Expr logSnr;

    private ProcessValue(
            Process process,
            @Nullable Callable score,
            Supplier<Explanation> derivation,
            boolean stratonovich,
            Optional<Callable> origin,
            Optional<Process> flowing,
            Motion motion) {
        this.process = process;
        this.score = score;
        this.derivation = derivation;
        this.stratonovich = stratonovich;
        this.origin = origin;
        this.flowing = flowing;
        this.motion = motion;
    }

    /**
     * The direction in which a sampler moves, and the strength of its noise.
     *
     * @param forward true from t_min to t_max
     * @param epsilon ε of the noise √(2ε): a number, a schedule, or none for that of the process
     */
    public record Motion(boolean forward, Value epsilon) {
        static final Motion BACKWARD = new Motion(false, Value.None.NONE);

        /** True for the motion from t_max to t_min with the noise of the process. */
        public boolean isUsual() {
            return equals(BACKWARD);
        }
    }

    public Motion motion() {
        return motion;
    }

    /**
     * Returns the process as a sampler is given it, with the direction of its motion. Equal motions in a row give one value,
     * for which kernels are traced once.
     */
    public ProcessValue moving(Motion its) {
        if (its.equals(motion)) {
            return this;
        }
        ProcessValue last = moved;
        if (last == null || !last.motion.equals(its)) {
            last = new ProcessValue(process, score, derivation, stratonovich, origin, flowing, its);
            moved = last;
        }
        return last;
    }

    /** Returns the process in a slot of a call; a declared {@code sde} is called with its defaults. */
    public static ProcessValue argument(Call call, String slot) {
        return switch (call.value(slot)) {
            case ProcessValue process -> process;
            case ProcessDeclaration declared ->
                (ProcessValue) call.interpreter().call(declared, call.span());
            case Value other -> throw call.mismatch(slot, "a process");
        };
    }

    /** Returns the process that a call of an {@code sde} declares; {@code local} binds the parameters. */
    public static ProcessValue declared(ProcessDeclaration called, Environment local, Interpreter interpreter) {
        return of(new ProcessFormation(interpreter, called.declaration(), local).form())
                .declaredBy(called);
    }

    public static ProcessValue of(Process process) {
        return of(process, () -> FormSteps.of(process));
    }

    /** Returns a derived process with its derivation. */
    public static ProcessValue of(Process process, Supplier<Explanation> derivation) {
        return new ProcessValue(process, null, derivation, false, Optional.empty(), Optional.empty(), Motion.BACKWARD);
    }

    /** Returns the same process, displayed in Stratonovich's or Itô's form. */
    public ProcessValue shown(boolean asStratonovich) {
        return new ProcessValue(process, score, derivation, asStratonovich, origin, flowing, motion);
    }

    /** Returns the process with the configured declaration that built it. */
    private ProcessValue declaredBy(Callable declaration) {
        return new ProcessValue(process, score, derivation, stratonovich, Optional.of(declaration), flowing, motion);
    }

    /**
     * Returns the configured declaration that built this process, if any: calling the declaration builds the process
     * again.
     */
    public Optional<Callable> origin() {
        return origin;
    }

    /**
     * Returns the process with other values of its parameters; the motion stays.
     *
     * @param parameters values by the names of the declaration; an empty one stands for the default
     */
    public ProcessValue withParameters(Map<String, Optional<Value>> parameters, Interpreter interpreter, Span span) {
        Callable declared = origin.orElseThrow(() -> Diagnostic.error(
                        "E0823",
                        span,
                        "the conditions " + String.join(", ", parameters.keySet())
                                + " are parameters of a process, and " + process.name()
                                + " was not made by a call of an `sde`")
                .help("give the process as a call: `OrnsteinUhlenbeck(theta = 2)`")
                .raise());
        Map<String, Value> all = new LinkedHashMap<>(declared.configuration());
        parameters.forEach((name, value) -> value.ifPresentOrElse(its -> all.put(name, its), () -> all.remove(name)));
        return ((ProcessValue) interpreter.call(declared.configured(all), new Arguments(List.of(), Map.of(), span)))
                .moving(motion);
    }

    /** Returns the process with its score evaluated by a callable of (x, t). */
    public ProcessValue scoredBy(Callable callable) {
        return new ProcessValue(process, callable, derivation, stratonovich, origin, flowing, motion);
    }

    /** Returns the process marked as the flow of another process. */
    public ProcessValue flowOf(Process from) {
        return new ProcessValue(process, score, derivation, stratonovich, origin, Optional.of(from), motion);
    }

    public Process process() {
        return process;
    }

    /** Returns the shape of one sample: of a process with matrices as many components as they have rows. */
    public Optional<Shape> sampleShape() {
        return ComponentBasis.of(process).map(basis -> Shape.of(basis.size())).or(() -> MatrixDynamics.of(process)
                .map(dynamics -> Shape.of(dynamics.size())));
    }

    /** Returns the process of some samples: a parameter with a row for each sample has the rows of these. */
    @Override
    public ProcessValue forSamples(SamplePart part, Interpreter interpreter, Span span) {
        Callable ofPart = score == null ? null : score.forSamples(part, interpreter, span);
        if (process.allParameters().stream().noneMatch(each -> ParameterShapes.isForEach(each, part))) {
            return ofPart == score
                    ? this
                    : new ProcessValue(process, ofPart, derivation, stratonovich, origin, flowing, motion);
        }
        Map<Expr.Parameter, Expr.Parameter> rows = new HashMap<>();
        UnaryOperator<Expr.Parameter> change =
                all -> rows.computeIfAbsent(all, its -> ParameterShapes.forSamples(its, part, span));
        return new ProcessValue(
                process.withOwners(change),
                ofPart,
                derivation,
                stratonovich,
                origin.map(declared -> declared.configured(rows(declared.configuration(), part, interpreter, span))),
                flowing.map(from -> from.withOwners(change)),
                motion);
    }

    private static Map<String, Value> rows(
            Map<String, Value> parameters, SamplePart part, Interpreter interpreter, Span span) {
        Map<String, Value> some = new LinkedHashMap<>(parameters);
        some.replaceAll((name, value) -> ParameterShapes.isForEach(value, part, interpreter.tensors())
                ? SampleSlices.some(value, part.from(), part.count(), interpreter.tensors(), span)
                : value);
        return some;
    }

    @Override
    public Kind kind() {
        return Kind.PROCESS;
    }

    @Override
    public String show() {
        return stratonovich
                ? Stratonovich.of(process).toString()
                : flowing.isPresent() ? process.equations(Notation.TEXT) : process.toString();
    }

    @Override
    public String latex() {
        return stratonovich
                ? Stratonovich.of(process).latex()
                : flowing.isPresent() ? process.equations(Notation.LATEX) : process.latex();
    }

    @Override
    public Explanation explanation() {
        return derivation.get();
    }

    @Override
    public List<String> fieldNames() {
        return FIELDS.names().stream()
                .filter(name ->
                        !name.equals("chain") || process.stated().chain().isPresent())
                .toList();
    }

    @Override
    public List<Value> children() {
        return score == null ? List.of() : List.of(score);
    }

    @Override
    public @Nullable Value field(String name) {
        return FIELDS.get(name, this);
    }

    /** True if z is a record with a field for each Wiener process of this process. */
    public boolean namesNoises(Value z) {
        return NoiseComponents.areNamedIn(z, process);
    }

    /** Returns the names of the noises that {@code noise_like} draws by name, for a system with more noises than states. */
    public List<String> drawnNoises() {
        return NoiseComponents.exceedStates(process) ? NoiseComponents.names(process) : List.of();
    }

    private static Value names(List<Expr.Symbol> states) {
        return Value.list(states.stream().map(state -> Value.text(state.name())).toList());
    }

    private ProcessEvaluation at(Call call) {
        return ProcessEvaluation.at(process, score, call);
    }

    private boolean isLinear() {
        return MatrixDynamics.of(process)
                .map(dynamics -> dynamics.tables().isKnown())
                .orElseGet(() -> process.findTransition().isKnown());
    }

    private Value transitionValue() {
        return transitionOf(process);
    }

    /** Returns the transition of a process as a value. */
    static Extension transitionOf(Process process) {
        Optional<MatrixDynamics> dynamics = MatrixDynamics.of(process);
        if (dynamics.isPresent()) {
            return new MatrixTransitionValue(process, dynamics.get());
        }
        Transition law = FollowedParameters.transition(process);
        return law.isScalar() ? new TransitionValue(law, process) : new SystemTransitionValue(law, process);
    }

    private Value chain() {
        return process.stated()
                .chain()
                .map(steps -> new ChainValue(steps, () -> FormSteps.of(process)))
                .orElseThrow(() -> Diagnostic.error("E0414", null, process.name() + " was not written as a chain")
                        .help("`chain(p, 1000)` is the chain of so many steps that visits its times")
                        .raise());
    }

    private Value drift(Call call) {
        return Optional.ofNullable(score)
                .flatMap(evaluated -> velocity(evaluated, call))
                .orElseGet(() -> at(call).drift());
    }

    private Optional<Value> velocity(Callable evaluated, Call call) {
        return flowing.flatMap(DegenerateEnds::of)
                .filter(DegenerateEnds::areOfOneState)
                .flatMap(ends -> evaluated.expected().flatMap(known -> ends.velocity(known, call)));
    }

    private Transition transition() {
        return FollowedParameters.transition(process);
    }

    private Transition scalarTransition(Call call) {
        if (process.isCoupled() || !transition().isScalar()) {
            throw call.diagnostic(
                            "E0624",
                            (process.isCoupled() ? "a process with matrices" : "a system")
                                    + " has no one signal-to-noise ratio")
                    .help("`p.transition.mean_coef(t)` and `p.transition.cov(t)` are its matrices of signal and noise,"
                            + " `p.log_snr(t)` the mean of the logarithm over its directions")
                    .raise();
        }
        return transition();
    }

    /** Infinite for a process without noise. */
    private Value signalToNoise(Call call) {
        Transition law = scalarTransition(call);
        return law.variance().isZero() ? Value.number(Double.POSITIVE_INFINITY) : ofTime(law.snr(), call);
    }

    private Value logSignalToNoise(Call call) {
        Optional<MatrixDynamics> dynamics = MatrixDynamics.of(process);
        if (dynamics.isPresent()) {
            return new MatrixTransitionValue(process, dynamics.get()).at(call).logSignalToNoise();
        }
        if (transition().isScalar() && transition().variance().isZero()) {
            EvaluationTimes.of(process).in(call, "t");
            return Value.number(Double.POSITIVE_INFINITY);
        }
        if (logSnr == null) {
            logSnr = transition().logSnr();
        }
        Value each = FormulaEvaluation.ofTimes(
                logSnr,
                new HashMap<>(Map.of(process.time(), EvaluationTimes.of(process).in(call, "t"))),
                call.tensors(),
                call.span());
        return process.basis().isPresent() ? meanOverComponents(logSnr, each, call) : each;
    }

    /** Returns the mean over the directions in which the matrices of a process are diagonal, as for a system. */
    private static Value meanOverComponents(Expr formula, Value each, Call call) {
        int rank = call.tensors().shape(each).rank();
        if (rank == 0 || !formula.hasParameters()) {
            return each;
        }
        Value mean = call.tensors().reduce(Reduction.MEAN, each, List.of(rank - 1), false, call.span());
        return call.value("t") instanceof Value.Num && mean instanceof Value.TensorValue its
                ? Value.number(its.tensor().toDoubles()[0])
                : mean;
    }

    private Value prior() {
        Optional<MatrixDynamics> dynamics = MatrixDynamics.of(process);
        if (dynamics.isPresent() && process.stated().prior().isEmpty()) {
            return new MatrixNormalValue(process, dynamics.get());
        }
        Gaussian law = FollowedParameters.prior(process);
        Optional<ComponentBasis> basis = ComponentBasis.of(process);
        if (basis.isPresent()) {
            return CoupledNormalValue.of(law, process, basis.get());
        }
        return law.isScalar()
                ? NormalValue.of(law, process)
                : new StatesNormalValue(
                        process.states().stream().map(Expr.Symbol::name).toList(), law, process);
    }

    /** Returns the states that start from data. */
    public List<String> dataStates() {
        return process.states().stream()
                .filter(state -> !process.stated().starts().containsKey(state))
                .map(Expr.Symbol::name)
                .toList();
    }

    private Value ofTime(Expr expression, Call call) {
        return FormulaEvaluation.of(
                expression,
                new HashMap<>(Map.of(process.time(), EvaluationTimes.of(process).in(call, "t"))),
                process.time(),
                null,
                call.tensors(),
                call.span());
    }

    @Override
    public String toString() {
        return show();
    }
}
