package org.sdescript.runtime.process;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
import org.sdescript.graph.TypeInference;
import org.sdescript.process.Process;
import org.sdescript.process.Stratonovich;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Interpreter;
import org.sdescript.runtime.MatrixParameter;
import org.sdescript.runtime.MatrixTerms;
import org.sdescript.runtime.ShapeChecks;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/** Evaluates the formulas of a process at given states and times. */
final class ProcessEvaluation {
    private final Process process;
    private final @Nullable Callable score;
    private final Value x;
    private final Value t;
    private final Interpreter interpreter;
    private final Span span;
    private final Optional<ComponentBasis> basis;

    /** x in the basis of the matrices of the process, computed lazily. */
    private @Nullable Value coordinates;

    /**
     * @param score the score of a derived process, or null
     * @param x a tensor; for a system a record with a field for each state
     */
    private ProcessEvaluation(
            Process process, @Nullable Callable score, Value x, Value t, Interpreter interpreter, Span span) {
        this.process = process;
        this.score = score;
        this.x = x;
        this.t = t;
        this.interpreter = interpreter;
        this.span = span;
        this.basis = ComponentBasis.of(process);
    }

    /** Evaluates what does not depend on time, at the argument x of a call. */
    static ProcessEvaluation atAnyTime(Process process, Call call) {
        return new ProcessEvaluation(
                process, null, call.value("x"), Value.number(process.tMin()), call.interpreter(), call.span());
    }

    /** Evaluates at the arguments x and t of a call. */
    static ProcessEvaluation at(Process process, @Nullable Callable score, Call call) {
        Value t = EvaluationTimes.of(process).in(call, "t");
        return new ProcessEvaluation(process, score, call.value("x"), t, call.interpreter(), call.span());
    }

    /** Returns f(x, t); the symbol of the score is replaced by its values. */
    Value drift() {
        Map<Expr.Symbol, Value> values = statesAndTime();
        if (process.hasScore()) {
            values.putAll(scores());
        }
        if (process.hasVelocity()) {
            values.put(process.velocity(), velocity());
        }
        if (process.hasOrderedMatrices()) {
            return applied(process.drift().getFirst(), values);
        }
        return outOfBasis(perState(state -> likeState(evaluate(process.drift().get(state), values), state)));
    }

    /** Returns the drift of the Stratonovich form, with noise b ∘ dw: Itô's drift less ½ b ∂b/∂x. */
    Value stratonovichDrift() {
        return new ProcessEvaluation(Stratonovich.of(process).written(), score, x, t, interpreter, span).drift();
    }

    /** Returns Σᵢ ∂fᵢ/∂xᵢ for each component of the data; the score is treated as a constant. */
    Value divergence() {
        Map<Expr.Symbol, Value> values = statesAndTime();
        if (process.hasOrderedMatrices()) {
            return divergenceWithMatrices(values);
        }
        Expr total = process.divergenceOfDrift();
        if (process.scores().stream().anyMatch(symbol -> !total.isFreeOf(symbol))) {
            values.putAll(scores());
        }
        Value each = likeState(evaluate(total, values), 0);
        return basis.isPresent() && Tensors.isTensor(each)
                ? basis.get().squared(each, interpreter.tensors(), span)
                : each;
    }

    /**
     * Returns the noise amplitude of one state; for a system a row per state with a column per Wiener process; for noise that
     * a matrix multiplies, the matrix.
     */
    Value diffusion() {
        Map<Expr.Symbol, Value> values = statesAndTime();
        if (hasNoiseMatrix()) {
            MatrixTerms.Term only = noiseTerm();
            Value factor = FormulaEvaluation.of(
                    only.once(), new HashMap<>(Map.of(process.time(), t)), process.time(), null, tensors(), span);
            Value each = Tensors.isTensor(factor)
                    ? tensors().reshape(factor, Shape.of(tensors().shape(factor).elements(), 1, 1), span)
                    : factor;
            return combined(
                    BinaryOperator.MULTIPLY,
                    each,
                    ((MatrixParameter) only.matrix().owner()).entries().value());
        }
        if (basis.isPresent() && amplitude().hasParameters()) {
            Value each = FormulaEvaluation.of(
                    amplitude(), new HashMap<>(Map.of(process.time(), t)), process.time(), null, tensors(), span);
            return basis.get().matrix(amplitude(), each, tensors(), span);
        }
        if (isOneState()) {
            return likeState(evaluate(amplitude(), values), 0);
        }
        return perState(state -> Value.list(process.diffusion().get(state).stream()
                .map(entry -> likeState(evaluate(entry, values), state))
                .toList()));
    }

    /**
     * Broadcasts a coefficient to the shape of a state, also a constant or one that depends only on time; the
     * coefficient of a number stays a number.
     */
    private Value likeState(Value coefficient, int state) {
        Value its = component(x, state);
        Tensors tensors = interpreter.tensors();
        if (!Tensors.isTensor(its) || coefficient instanceof Value.FormulaValue) {
            return coefficient;
        }
        if (!Tensors.isTensor(coefficient)) {
            return tensors.fill(coefficient, tensors.shape(its), span);
        }
        Shape whole = TypeInference.broadcast(tensors.shape(coefficient), tensors.shape(its), span);
        return whole.equals(tensors.shape(coefficient))
                ? coefficient
                : tensors.apply(new Operation.Broadcast(whole), span, coefficient);
    }

    /** Returns the amplitude of one state; several noises are combined into one noise of the same law. */
    private Expr amplitude() {
        List<Expr> row = process.diffusion().getFirst();
        return switch (row.size()) {
            case 0 -> Expr.ZERO;
            case 1 -> row.getFirst();
            default -> Expr.sqrt(process.covarianceRate().getFirst().getFirst());
        };
    }

    /**
     * Returns G(x, t) z. A z with a field for each Wiener process has that process's noise; else each Wiener process of
     * a system uses the component of z of one state, and the noises of a single state are combined into one of the
     * same law.
     */
    Value diffuse(Value given) {
        NoiseComponents noises = new NoiseComponents(process, interpreter.tensors(), span);
        if (noises.areNamedIn(given)) {
            List<Value> each = noises.named(given, state -> component(x, state));
            List<Value> coordinates =
                    basis.isPresent() ? each.stream().map(this::inBasis).toList() : each;
            return outOfBasis(perState(state -> driven(state, coordinates, coordinates.getFirst())));
        }
        Value z = ShapeChecks.ofNoise(given, x, interpreter.tensors(), span);
        if (hasNoiseMatrix()) {
            MatrixTerms.Term only = noiseTerm();
            Value factor = evaluate(only.once(), statesAndTime());
            return combined(BinaryOperator.MULTIPLY, factor, product(only.matrix(), component(z, 0)));
        }
        if (isOneState()) {
            Value amplitude = evaluate(amplitude(), statesAndTime());
            return outOfBasis(combined(BinaryOperator.MULTIPLY, amplitude, coordinate(z, 0)));
        }
        List<Value> each =
                noises.drivers().stream().map(state -> component(z, state)).toList();
        return perState(state -> driven(state, each, component(z, state)));
    }

    /** Returns Σₖ Gᵢₖ zₖ for state i; {@code like} gives the shape if the state has no noise. */
    private Value driven(int state, List<Value> each, Value like) {
        Map<Expr.Symbol, Value> values = statesAndTime();
        Value total = combined(BinaryOperator.MULTIPLY, Value.number(0), like);
        for (int noise = 0; noise < each.size(); noise++) {
            Expr entry = process.diffusion().get(state).get(noise);
            if (!entry.isZero()) {
                Value term = combined(BinaryOperator.MULTIPLY, evaluate(entry, values), each.get(noise));
                total = combined(BinaryOperator.ADD, total, term);
            }
        }
        return total;
    }

    /**
     * Returns standard normal noise for {@link #diffuse}: in the form of x, or with a field for each Wiener process if
     * the process has more of them than states. The fields of x are drawn in their order, as randn_like draws them.
     */
    Value noise() {
        NoiseComponents noises = new NoiseComponents(process, interpreter.tensors(), span);
        if (noises.exceedStates()) {
            return noises.drawn(state -> component(x, state));
        }
        Value states = perState(state -> component(x, state));
        if (!(states instanceof Value.RecordValue(var its)) || !(x instanceof Value.RecordValue(var fields))) {
            return noises.like(states);
        }
        Map<String, Value> drawn = new LinkedHashMap<>();
        fields.keySet().stream()
                .filter(its::containsKey)
                .forEach(name -> drawn.put(name, noises.like(Objects.requireNonNull(its.get(name)))));
        return new Value.RecordValue(drawn);
    }

    private Map<Expr.Symbol, Value> statesAndTime() {
        Map<Expr.Symbol, Value> values = new HashMap<>();
        for (int i = 0; i < process.states().size(); i++) {
            values.put(process.states().get(i), basis.isPresent() ? coordinates() : component(x, i));
        }
        values.put(process.time(), t);
        return values;
    }

    private Map<Expr.Symbol, Value> scores() {
        if (score == null) {
            throw Diagnostic.error("E0620", span, "the drift of a derived process has numbers only with a score")
                    .help("give one: `reverse(p, score)` or `flow(p, score)`")
                    .raise();
        }
        Value given = ShapeChecks.ofScore(score, interpreter.call(score, span, x, t), x, interpreter.tensors(), span);
        Map<Expr.Symbol, Value> values = new HashMap<>();
        for (int i = 0; i < process.states().size(); i++) {
            values.put(process.scores().get(i), coordinate(given, i));
        }
        return values;
    }

    /** Returns b(x, t) of a path between two laws, which a model of the path or the laws of its ends give. */
    private Value velocity() {
        if (score == null) {
            throw Diagnostic.error("E0620", span, "the velocity of a path has numbers only with a model of it")
                    .help(
                            "give one: `flow(p, m)`, with `m = train(mlp(), A, p, to = B)`, or `exact(p, A, B)` for known laws")
                    .raise();
        }
        Callable known = score.velocity().orElseThrow(() -> Diagnostic.error(
                        "E0679", span, ValueText.show(score) + " does not tell the velocity of a path between two laws")
                .help("a model of the path does: `train(mlp(), A, p, to = B)`, or `exact(p, A, B)` for known laws")
                .raise());
        Value given = interpreter.call(known, span, x, t);
        return ShapeChecks.ofScore(known, given, x, interpreter.tensors(), span);
    }

    private boolean isOneState() {
        return process.states().size() == 1;
    }

    private Value combined(BinaryOperator operator, Value a, Value b) {
        return ValueArithmetic.binary(operator, a, b, interpreter.tensors(), span);
    }

    private Value evaluate(Expr expression, Map<Expr.Symbol, Value> values) {
        Value samples = basis.isPresent() ? coordinates() : component(x, 0);
        return FormulaEvaluation.of(expression, values, process.time(), samples, interpreter.tensors(), span);
    }

    /** Returns f with products of matrices in their order: rest + Σ (A once + A A twice). */
    private Value applied(Expr formula, Map<Expr.Symbol, Value> values) {
        MatrixTerms terms = MatrixTerms.of(formula);
        Value total = likeState(evaluate(terms.rest(), values), 0);
        for (MatrixTerms.Term term : terms.terms()) {
            Value inner = likeState(evaluate(term.once(), values), 0);
            if (!term.twice().isZero()) {
                Value again = likeState(evaluate(term.twice(), values), 0);
                inner = combined(BinaryOperator.ADD, inner, product(term.matrix(), again));
            }
            total = combined(BinaryOperator.ADD, total, product(term.matrix(), inner));
        }
        return total;
    }

    /** Returns ∂fᵢ/∂xᵢ for each component i; the score is treated as a constant. */
    private Value divergenceWithMatrices(Map<Expr.Symbol, Value> values) {
        if (process.hasScore()) {
            values.putAll(scores());
        }
        Expr.Symbol state = process.states().getFirst();
        MatrixTerms terms = MatrixTerms.of(process.drift().getFirst());
        Value total = likeState(evaluate(Derivative.of(terms.rest(), state), values), 0);
        for (MatrixTerms.Term term : terms.terms()) {
            Value slope = likeState(evaluate(Derivative.of(term.once(), state), values), 0);
            Value each = combined(BinaryOperator.MULTIPLY, slope, diagonal(term.matrix()));
            total = combined(BinaryOperator.ADD, total, each);
        }
        return total;
    }

    private Value diagonal(Expr.Parameter matrix) {
        MatrixParameter held = (MatrixParameter) matrix.owner();
        int size = Math.toIntExact(held.size());
        double[] entries = held.numbers();
        double[] diagonal = new double[size];
        for (int i = 0; i < size; i++) {
            diagonal[i] = entries[i * size + i];
        }
        return tensors().literal(Shape.of(size), diagonal, span);
    }

    /** True if a matrix multiplies the noise, in the order in which it is written. */
    private boolean hasNoiseMatrix() {
        return process.hasOrderedMatrices()
                && process.noises().size() == 1
                && !MatrixParameter.in(process.diffusion().getFirst().getFirst())
                        .isEmpty();
    }

    private MatrixTerms.Term noiseTerm() {
        return MatrixTerms.of(process.diffusion().getFirst().getFirst()).terms().getFirst();
    }

    /** Returns A v for each row v: v Aᵀ. */
    private Value product(Expr.Parameter matrix, Value v) {
        MatrixParameter held = (MatrixParameter) matrix.owner();
        Shape shape = Tensors.isTensor(v) ? tensors().shape(v) : Shape.SCALAR;
        if (shape.rank() == 0 || shape.size(shape.rank() - 1) != held.size()) {
            throw ComponentBasis.unfit(v, shape, held.size(), process.name(), span);
        }
        Value entries = tensors().cast(held.entries().value(), tensors().precision(), span);
        Value columns = tensors().apply(new Operation.Permute(List.of(1, 0)), span, entries);
        Value rows = tensors().reshape(v, Shape.of(shape.elements() / held.size(), held.size()), span);
        return tensors().reshape(tensors().apply(new Operation.MatMul(), span, rows, columns), shape, span);
    }

    private Tensors tensors() {
        return interpreter.tensors();
    }

    /** Returns x in the basis in which the equations are written. */
    private Value coordinates() {
        if (coordinates == null) {
            coordinates = coordinate(x, 0);
        }
        return coordinates;
    }

    private Value coordinate(Value value, int state) {
        return inBasis(component(value, state));
    }

    private Value inBasis(Value value) {
        return basis.isPresent() ? basis.get().into(value, interpreter.tensors(), span) : value;
    }

    private Value outOfBasis(Value value) {
        return basis.isPresent() ? basis.get().outOf(value, interpreter.tensors(), span) : value;
    }

    /** Returns one state's part of a value: the whole value for a single state, a field of the record for a system. */
    private Value component(Value value, int state) {
        String name = process.states().get(state).name();
        if (value instanceof Value.RecordValue(var fields)) {
            Value field = Optional.ofNullable(fields.get(name)).orElseThrow(() -> Diagnostic.error(
                            "E0622", span, "the states of " + process.name() + " lack `" + name + "`")
                    .help("give a record with a field for each state: "
                            + process.states().stream()
                                    .map(its -> "`" + its.name() + "`")
                                    .collect(Collectors.joining(", ")))
                    .raise());
            return interpreter.tensors().requireOperand(field, "the state `" + name + "`", span);
        }
        if (!isOneState()) {
            throw Diagnostic.error(
                            "E0622",
                            span,
                            process.name() + " has the states "
                                    + process.states().stream()
                                            .map(Expr.Symbol::name)
                                            .toList() + ", and is given "
                                    + value.words())
                    .help("give a record: `{" + name + ": …}` with a field for each state")
                    .raise();
        }
        return interpreter.tensors().requireOperand(value, "the state", span);
    }

    private Value perState(IntFunction<Value> of) {
        if (isOneState()) {
            return of.apply(0);
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < process.states().size(); i++) {
            fields.put(process.states().get(i).name(), of.apply(i));
        }
        return new Value.RecordValue(fields);
    }
}
