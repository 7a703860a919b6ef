package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.Kind;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.InitialLaw;
import org.sdescript.process.Matrix;
import org.sdescript.process.Moments;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.process.TransitionSteps;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * x(t) | x(0) of a linear system. States are the fields of records; Φ and Σ are matrices [n, n] over the states, with
 * a leading axis for a tensor of times.
 */
final class SystemTransitionValue implements Explainable, FieldTable.Owner {
    private static final FieldTable<SystemTransitionValue> FIELDS = FieldTable.of(
            method("mean", List.of("x0", "t"), SystemTransitionValue::mean),
            method(
                    "mean_coef",
                    List.of("t"),
                    (law, call) -> law.matrix(law.moments().map(), call)),
            method("origin", List.of("y", "t"), SystemTransitionValue::origin),
            method("cov", List.of("t"), (law, call) -> law.matrix(law.moments().covariance(), call)),
            method("std", List.of("t"), SystemTransitionValue::std),
            method("precision", List.of("t"), (law, call) -> law.matrix(law.precision(call), call)),
            method("sample", List.of("x0", "t"), SystemTransitionValue::sample),
            method("score", List.of("x", "x0", "t"), SystemTransitionValue::score),
            method(
                    "score_of_noise",
                    List.of("z", "t"),
                    (law, call) -> law.applied(
                            law.spread(call).lowerInverse().transposed().times(Expr.of(-1)), "z", call)),
            method(
                    "noise_of_score",
                    List.of("g", "t"),
                    (law, call) -> law.applied(law.spread().transposed().times(Expr.of(-1)), "g", call)),
            method(
                    "cov_times",
                    List.of("g", "t"),
                    (law, call) -> law.applied(law.moments().covariance(), "g", call)),
            method("diffuse", List.of("z", "t"), (law, call) -> law.applied(law.spread(), "z", call)),
            method("between", List.of("s", "t"), SystemTransitionValue::between),
            value("posterior", law -> PosteriorValue.function(law.process)),
            value("from_data", SystemTransitionValue::fromData));

    private final Transition transition;
    private final Process process;
    private final StateValues space;
    private final Map<Expr.Symbol, InitialLaw> starts;
    private @Nullable Matrix spread;

    SystemTransitionValue(Transition transition, Process process) {
        this(transition, process, Map.of());
    }

    /** @param starts the laws of the non-data states, included in the transition; x0 is then the data alone */
    private SystemTransitionValue(Transition transition, Process process, Map<Expr.Symbol, InitialLaw> starts) {
        this.transition = transition;
        this.process = process;
        this.space = new StateValues(transition.states());
        this.starts = starts;
    }

    @Override
    public Kind kind() {
        return Kind.TRANSITION;
    }

    @Override
    public String show() {
        return starts.isEmpty() ? transition.toString() : transition + ", given the data alone";
    }

    @Override
    public String latex() {
        return transition.latex();
    }

    @Override
    public Explanation explanation() {
        return TransitionSteps.of(process);
    }

    @Override
    public Optional<Recipe> recipe() {
        ProcessValue its = ProcessValue.of(process);
        return Optional.of(
                starts.isEmpty()
                        ? Recipe.field(its, "transition")
                        : Recipe.field(new SystemTransitionValue(transition, process), "from_data"));
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    private Value time(Call call) {
        return EvaluationTimes.of(process).in(call, "t");
    }

    private Moments moments() {
        return transition.computed();
    }

    private Value of(Expr expression, Value t, @Nullable Value samples, Call call) {
        Map<Expr.Symbol, Value> values = new HashMap<>(Map.of(transition.time(), t));
        return FormulaEvaluation.of(expression, values, transition.time(), samples, call.tensors(), call.span());
    }

    /** Returns Φ x(0) + m. */
    private Value mean(Call call) {
        List<Value> start = start(call);
        List<Value> mapped = product(transition.computed().map(), start, call);
        return space.whole(i -> StateValues.plus(
                mapped.get(i), of(transition.computed().offset().get(i), time(call), start.getFirst(), call), call));
    }

    /** Returns each state at the start; for a state with its own law, the mean of the law. */
    private List<Value> start(Call call) {
        Optional<Expr.Symbol> data = InitialLaws.onlyData(process.states(), starts);
        if (data.isEmpty()) {
            return space.parts(call, "x0");
        }
        Value x0 = call.value("x0") instanceof Value.RecordValue
                ? space.part(call, "x0", process.states().indexOf(data.get()))
                : call.operand("x0");
        Value zero = StateValues.combine(BinaryOperator.MULTIPLY, Value.number(0), x0, call);
        return process.states().stream()
                .map(state -> state.equals(data.get())
                        ? x0
                        : StateValues.plus(
                                zero,
                                Value.number(Objects.requireNonNull(starts.get(state))
                                        .mean()),
                                call))
                .toList();
    }

    private SystemTransitionValue fromData() {
        Map<Expr.Symbol, InitialLaw> stated = process.stated().starts();
        return stated.equals(starts)
                ? this
                : new SystemTransitionValue(transition.startingFrom(stated), process, stated);
    }

    private Value std(Call call) {
        return space.whole(i -> of(transition.std(i), time(call), null, call));
    }

    /** Multiplies an argument by a matrix of formulas of time. */
    private Value applied(Matrix matrix, String slot, Call call) {
        return space.whole(product(matrix, space.parts(call, slot), call)::get);
    }

    private List<Value> product(Matrix matrix, List<Value> vector, Call call) {
        return space.product(matrix, vector, e -> of(e, time(call), vector.getFirst(), call), call);
    }

    /** Returns Φ⁻¹ (y − m), the start with mean y. */
    private Value origin(Call call) {
        List<Value> given = space.parts(call, "y");
        List<Value> rest = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Value offset = of(moments().offset().get(i), time(call), given.getFirst(), call);
            rest.add(StateValues.combine(BinaryOperator.SUBTRACT, given.get(i), offset, call));
        }
        return space.whole(product(moments().map().inverse(), rest, call)::get);
    }

    private Value sample(Call call) {
        List<Value> noise = start(call).stream()
                .map(state -> call.tensors().normal(call.tensors().shape(state), call.span()))
                .toList();
        List<Value> spreading = product(spread(), noise, call);
        return StateValues.plus(mean(call), space.whole(spreading::get), call);
    }

    /** Computed lazily, since the spread needs the covariance as numbers. */
    private Matrix spread() {
        if (spread == null) {
            spread = transition.spread();
        }
        return spread;
    }

    /** Returns ∇ log p(x(t) | x(0)) = −Σ⁻¹ (x − mean), with a field for each state. */
    private Value score(Call call) {
        Matrix precision = precision(call);
        Value distance = StateValues.combine(
                BinaryOperator.SUBTRACT, mean(call), space.whole(space.parts(call, "x")::get), call);
        List<Value> distances =
                List.copyOf(((Value.RecordValue) distance).fields().values());
        return space.whole(product(precision, distances, call)::get);
    }

    private Matrix precision(Call call) {
        return transition.precision().orElseThrow(() -> singular(call.span()));
    }

    /** Returns the spread; throws if the law has no density. */
    private Matrix spread(Call call) {
        precision(call);
        return spread();
    }

    private RuntimeException singular(Span span) {
        return Diagnostic.error(
                        "E0623", span, "x(t) given x(0) has no density: a state that no noise reaches is certain")
                .help("give that state a noise, or leave it out of the system")
                .raise();
    }

    /** Returns the law of x(t) given x(s). */
    private Value between(Call call) {
        return ConditionalLawValue.of(process.transition().between(Expr.symbol("s"), transition.time()), process, call);
    }

    private Value matrix(Matrix matrix, Call call) {
        return MatrixToTensor.of(matrix, e -> of(e, time(call), null, call), call);
    }

    @Override
    public String toString() {
        return show();
    }
}
