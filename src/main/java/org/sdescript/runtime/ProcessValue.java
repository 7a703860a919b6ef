package org.sdescript.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sdescript.algebra.Expr;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Explanation;
import org.sdescript.process.FormSteps;
import org.sdescript.process.Gaussian;
import org.sdescript.process.Process;
import org.sdescript.process.Stratonovich;
import org.sdescript.process.Transition;
import org.sdescript.source.Span;

/**
 * A process among the interpreter's values: what it is as formulas, and those formulas' values for tensors. States of a
 * system are the fields of a record.
 */
public final class ProcessValue implements Derived {
    private static final List<String> FIELDS = List.of(
            "t_min",
            "t_max",
            "states",
            "drift",
            "stratonovich_drift",
            "diffusion",
            "diffuse",
            "divergence",
            "prior",
            "transition",
            "chain",
            "snr",
            "log_snr",
            "linear",
            "reversed",
            "start",
            "noisy",
            "data",
            "name");

    private final Process process;
    private final Callable score;
    private final Supplier<Explanation> derivation;
    private final boolean stratonovich;
    private final Optional<Callable> origin;

    /** Worked out when it is first asked for: grids ask for many of its values. */
    private Expr logSnr;

    private ProcessValue(
            Process process,
            Callable score,
            Supplier<Explanation> derivation,
            boolean stratonovich,
            Optional<Callable> origin) {
        this.process = process;
        this.score = score;
        this.derivation = derivation;
        this.stratonovich = stratonovich;
        this.origin = origin;
    }

    public static ProcessValue of(Process process) {
        return of(process, () -> FormSteps.of(process));
    }

    /** A process that was derived, and how. */
    public static ProcessValue of(Process process, Supplier<Explanation> derivation) {
        return new ProcessValue(process, null, derivation, false, Optional.empty());
    }

    /** The same process, shown by Stratonovich's equations or by Itô's. */
    public ProcessValue shown(boolean asStratonovich) {
        return new ProcessValue(process, score, derivation, asStratonovich, origin);
    }

    /** The process as a declaration with its parameters has made it. */
    ProcessValue declaredBy(Callable declaration) {
        return new ProcessValue(process, score, derivation, stratonovich, Optional.of(declaration));
    }

    /** The declaration with its parameters that made it, if one did: calling it makes the process again. */
    public Optional<Callable> origin() {
        return origin;
    }

    /** The process with numbers for its score; they come from a callable of (x, t). */
    public ProcessValue scoredBy(Callable callable) {
        return new ProcessValue(process, callable, derivation, stratonovich, origin);
    }

    public Process process() {
        return process;
    }

    @Override
    public String kind() {
        return "a process";
    }

    @Override
    public String show() {
        return stratonovich ? Stratonovich.of(process).toString() : process.toString();
    }

    @Override
    public String latex() {
        return stratonovich ? Stratonovich.of(process).latex() : process.latex();
    }

    @Override
    public Explanation explanation() {
        return derivation.get();
    }

    @Override
    public List<String> fieldNames() {
        return process.stated().chain().isPresent()
                ? FIELDS
                : FIELDS.stream().filter(name -> !name.equals("chain")).toList();
    }

    @Override
    public List<Value> children() {
        return score == null ? List.of() : List.of(score);
    }

    @Override
    public Value field(String name) {
        return switch (name) {
            case "name" -> Value.text(process.name());
            case "t_min" -> Value.number(process.tMin());
            case "t_max" -> Value.number(process.tMax());
            case "states" ->
                Value.list(process.states().stream()
                        .map(state -> Value.text(state.name()))
                        .toList());
            case "drift" ->
                function("drift", "x", "t").is(call -> drift(call.interpreter(), x(call), t(call), call.span()));
            case "stratonovich_drift" ->
                function("stratonovich_drift", "x", "t")
                        .is(call -> stratonovichDrift(call.interpreter(), x(call), t(call), call.span()));
            case "diffusion" -> function("diffusion", "x", "t").is(call -> diffusion(call));
            case "diffuse" -> function("diffuse", "x", "t", "z").is(this::diffuse);
            case "divergence" -> function("divergence", "x", "t").is(this::divergence);
            case "transition" ->
                transition().isScalar()
                        ? new TransitionValue(transition(), process)
                        : new SystemTransitionValue(transition(), process);
            case "chain" ->
                process.stated()
                        .chain()
                        .map(steps -> new ChainValue(steps, () -> FormSteps.of(process)))
                        .orElseThrow(
                                () -> Diagnostic.error("E0414", null, process.name() + " was not written as a chain")
                                        .help("`chain(p, 1000)` is the chain of so many steps that visits its times")
                                        .raise());
            case "prior" -> prior();
            case "snr" -> function("snr", "t").is(this::signalToNoise);
            case "log_snr" -> function("log_snr", "t").is(this::logSignalToNoise);
            case "reversed" -> Value.Bool.of(process.reversed());
            case "start" -> function("start", "x0").is(call -> StartLaws.drawn(process, call.value("x0"), call));
            case "noisy" ->
                Value.list(process.noisyStates().stream()
                        .map(state -> Value.text(state.name()))
                        .toList());
            case "data" ->
                Value.list(StartLaws.data(process).stream()
                        .map(state -> Value.text(state.name()))
                        .toList());
            case "linear" -> Value.Bool.of(hasTransition());
            default -> null;
        };
    }

    private static Builtin.Declared function(String name, String... variables) {
        return Builtin.named(name, variables);
    }

    private static Value x(Call call) {
        return call.value("x");
    }

    private static Value t(Call call) {
        return call.tensor("t");
    }

    private Transition transition() {
        return process.transition();
    }

    private Transition scalarTransition(Call call) {
        if (!transition().isScalar()) {
            throw call.diagnostic("E0624", "a system has no one signal-to-noise ratio")
                    .help("`p.transition.mean_coef(t)` and `p.transition.cov(t)` are its matrices of signal and noise,"
                            + " `p.log_snr(t)` the mean of the logarithm over its directions")
                    .raise();
        }
        return transition();
    }

    /** Without noise it is infinite. */
    private Value signalToNoise(Call call) {
        Transition law = scalarTransition(call);
        return law.variance().isZero() ? Value.number(Double.POSITIVE_INFINITY) : ofTime(law.snr(), call);
    }

    private Value logSignalToNoise(Call call) {
        if (transition().isScalar() && transition().variance().isZero()) {
            return Value.number(Double.POSITIVE_INFINITY);
        }
        if (logSnr == null) {
            logSnr = transition().logSnr();
        }
        return FormulaEvaluation.ofTimes(
                logSnr, new HashMap<>(Map.of(process.time(), call.tensor("t"))), call.tensors(), call.span());
    }

    private Value prior() {
        Gaussian law = process.prior();
        return law.isScalar()
                ? NormalValue.of(law, process)
                : new StatesNormalValue(
                        process.states().stream().map(Expr.Symbol::name).toList(), law, process);
    }

    private boolean hasTransition() {
        try {
            transition();
            return true;
        } catch (org.sdescript.diagnostic.SdeError none) {
            return false;
        }
    }

    /** The states that start from data. */
    public List<String> dataStates() {
        return process.states().stream()
                .filter(state -> !process.stated().starts().containsKey(state))
                .map(Expr.Symbol::name)
                .toList();
    }

    /** f(x, t), with the score's numbers where it holds the score. */
    Value drift(Interpreter interpreter, Value x, Value t, Span span) {
        Map<Expr.Symbol, Value> values = states(x, interpreter, span);
        values.put(process.time(), t);
        if (process.hasScore()) {
            values.putAll(scores(interpreter, x, t, span));
        }
        return perState(state -> evaluate(process.drift().get(state), values, x, interpreter, span));
    }

    /** The drift beside b ∘ dw: half of the noise's own movement less than Itô's. */
    private Value stratonovichDrift(Interpreter interpreter, Value x, Value t, Span span) {
        Process same = Stratonovich.of(process).written();
        return new ProcessValue(same, score, derivation, true, origin).drift(interpreter, x, t, span);
    }

    private Map<Expr.Symbol, Value> scores(Interpreter interpreter, Value x, Value t, Span span) {
        if (score == null) {
            throw Diagnostic.error("E0620", span, "the drift of a derived process has numbers only with a score")
                    .help("give one: `reverse(p, score)` or `flow(p, score)`")
                    .raise();
        }
        Value given = Fit.ofScore(score, interpreter.call(score, span, x, t), x, interpreter.tensors(), span);
        Map<Expr.Symbol, Value> values = new HashMap<>();
        for (int i = 0; i < process.states().size(); i++) {
            values.put(process.scores().get(i), component(given, i, interpreter, span));
        }
        return values;
    }

    /** Σᵢ ∂fᵢ/∂xᵢ for each component of the data, in which the score counts as a constant. */
    private Value divergence(Call call) {
        Map<Expr.Symbol, Value> values = states(x(call), call.interpreter(), call.span());
        values.put(process.time(), t(call));
        Expr total = process.divergenceOfDrift();
        if (process.scores().stream().anyMatch(symbol -> !total.isFreeOf(symbol))) {
            values.putAll(scores(call.interpreter(), x(call), t(call), call.span()));
        }
        return evaluate(total, values, x(call), call.interpreter(), call.span());
    }

    private Value diffusion(Call call) {
        Map<Expr.Symbol, Value> values = states(x(call), call.interpreter(), call.span());
        values.put(process.time(), t(call));
        Value x = x(call);
        if (process.states().size() == 1) {
            return evaluate(amplitude(), values, x, call.interpreter(), call.span());
        }
        return perState(state -> Value.list(process.diffusion().get(state).stream()
                .map(entry -> evaluate(entry, values, x, call.interpreter(), call.span()))
                .toList()));
    }

    /** Of one state with several noises, the one noise of the same law. */
    private Expr amplitude() {
        List<Expr> row = process.diffusion().getFirst();
        return switch (row.size()) {
            case 0 -> Expr.ZERO;
            case 1 -> row.getFirst();
            default -> Expr.sqrt(process.covarianceRate().getFirst().getFirst());
        };
    }

    /** G(x, t) z: in a system each Wiener process takes the component of z of the first free state that it drives. */
    private Value diffuse(Call call) {
        Interpreter interpreter = call.interpreter();
        Value x = x(call);
        Value z = Fit.ofNoise(call.value("z"), x, call.tensors(), call.span());
        if (process.states().size() == 1) {
            return product(diffusion(call), component(z, 0, interpreter, call.span()), interpreter, call.span());
        }
        Map<Expr.Symbol, Value> values = states(x, interpreter, call.span());
        values.put(process.time(), t(call));
        List<Integer> drivers = drivers(call.span());
        return perState(state -> {
            Value total =
                    product(Value.number(0), component(z, state, interpreter, call.span()), interpreter, call.span());
            for (int noise = 0; noise < drivers.size(); noise++) {
                Expr entry = process.diffusion().get(state).get(noise);
                if (!entry.isZero()) {
                    Value factor = evaluate(entry, values, x, interpreter, call.span());
                    Value term = product(
                            factor,
                            component(z, drivers.get(noise), interpreter, call.span()),
                            interpreter,
                            call.span());
                    total = Arithmetic.binary(
                            org.sdescript.ast.BinaryOperator.ADD, total, term, interpreter.tensors(), call.span());
                }
            }
            return total;
        });
    }

    private List<Integer> drivers(Span span) {
        List<Integer> taken = new java.util.ArrayList<>();
        for (int noise = 0; noise < process.noises().size(); noise++) {
            int column = noise;
            int state = java.util.stream.IntStream.range(0, process.states().size())
                    .filter(i -> !process.diffusion().get(i).get(column).isZero() && !taken.contains(i))
                    .findFirst()
                    .orElseThrow(() -> Diagnostic.error(
                                    "E0621", span, process.name() + " has more noises than its states can tell apart")
                            .raise());
            taken.add(state);
        }
        return taken;
    }

    private static Value product(Value a, Value b, Interpreter interpreter, Span span) {
        return Arithmetic.binary(org.sdescript.ast.BinaryOperator.MULTIPLY, a, b, interpreter.tensors(), span);
    }

    private Value ofTime(Expr expression, Call call) {
        return FormulaEvaluation.of(
                expression,
                new HashMap<>(Map.of(process.time(), call.tensor("t"))),
                process.time(),
                null,
                call.tensors(),
                call.span());
    }

    private Value evaluate(
            Expr expression, Map<Expr.Symbol, Value> values, Value x, Interpreter interpreter, Span span) {
        Value samples = component(x, 0, interpreter, span);
        return FormulaEvaluation.of(expression, values, process.time(), samples, interpreter.tensors(), span);
    }

    private Map<Expr.Symbol, Value> states(Value x, Interpreter interpreter, Span span) {
        Map<Expr.Symbol, Value> values = new HashMap<>();
        for (int i = 0; i < process.states().size(); i++) {
            values.put(process.states().get(i), component(x, i, interpreter, span));
        }
        return values;
    }

    /** One state's part of a value: the whole of it for a single state, a field of a record for a system. */
    private Value component(Value value, int state, Interpreter interpreter, Span span) {
        String name = process.states().get(state).name();
        if (value instanceof Value.RecordValue(var fields)) {
            return Optional.ofNullable(fields.get(name)).orElseThrow(() -> Diagnostic.error(
                            "E0622", span, "the states of " + process.name() + " are given without `" + name + "`")
                    .help("give a record with a field for each state: "
                            + process.states().stream()
                                    .map(its -> "`" + its.name() + "`")
                                    .collect(Collectors.joining(", ")))
                    .raise());
        }
        if (process.states().size() > 1) {
            throw Diagnostic.error(
                            "E0622",
                            span,
                            process.name() + " has the states "
                                    + process.states().stream()
                                            .map(Expr.Symbol::name)
                                            .toList() + ", and is given "
                                    + value.kind())
                    .help("give a record: `{" + name + ": …}` with a field for each state")
                    .raise();
        }
        return interpreter.tensors().require(value, "the state", span);
    }

    private Value perState(java.util.function.IntFunction<Value> of) {
        if (process.states().size() == 1) {
            return of.apply(0);
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < process.states().size(); i++) {
            fields.put(process.states().get(i).name(), of.apply(i));
        }
        return new Value.RecordValue(fields);
    }

    @Override
    public String toString() {
        return show();
    }
}
