package org.sdescript.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.process.Explanation;
import org.sdescript.process.Matrix;
import org.sdescript.process.Moments;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.process.TransitionSteps;
import org.sdescript.source.Span;

/**
 * x(t) | x(0) of a linear system: states are the fields of records, Φ and Σ matrices [n, n] over the states, with an axis in
 * front where a tensor of times is given.
 */
final class SystemTransitionValue implements Derived {
    private static final List<String> FIELDS =
            List.of(
            "mean", "mean_coef", "cov", "std", "sample", "score", "cov_times", "diffuse", "between", "posterior", "inverse_mean");

    private final Transition transition;
    private final Process process;
    private final StateSpace space;
    private Matrix spread;

    SystemTransitionValue(Transition transition, Process process) {
        this.transition = transition;
        this.process = process;
        this.space = new StateSpace(transition.states());
    }

    @Override
    public String kind() {
        return "a transition";
    }

    @Override
    public String show() {
        return transition.toString();
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
    public List<String> fieldNames() {
        return FIELDS;
    }

    @Override
    public Value field(String name) {
        return switch (name) {
            case "mean_coef" ->
                Builtin.named("mean_coef", "t").is(call -> matrix(moments().map(), call));
            case "cov" -> Builtin.named("cov", "t").is(call -> matrix(moments().covariance(), call));
            case "std" ->
                Builtin.named("std", "t")
                        .is(call -> space.whole(i -> of(transition.std(i), call.tensor("t"), null, call)));
            case "mean" -> Builtin.named("mean", "x0", "t").is(this::mean);
            case "cov_times" ->
                Builtin.named("cov_times", "g", "t")
                        .is(call -> space.whole(product(moments().covariance(), space.parts(call, "g"), call)::get));
            case "diffuse" ->
                Builtin.named("diffuse", "z", "t")
                        .is(call -> space.whole(product(spread(), space.parts(call, "z"), call)::get));
            case "sample" -> Builtin.named("sample", "x0", "t").is(this::sample);
            case "score" -> Builtin.named("score", "x", "x0", "t").is(this::score);
            case "between" -> Builtin.named("between", "s", "t").is(this::between);
            case "posterior" -> PosteriorValue.function(transition);
            case "inverse_mean" -> Builtin.named("inverse_mean", "x", "t").is(this::inverseMean);
            default -> null;
        };
    }

    private Moments moments() {
        return transition.computed();
    }

    private Value of(Expr expression, Value t, Value samples, Call call) {
        Map<Expr.Symbol, Value> values = new HashMap<>(Map.of(transition.time(), t));
        return FormulaEvaluation.of(expression, values, transition.time(), samples, call.tensors(), call.span());
    }

    /** Φ x(0) + m. */
    private Value mean(Call call) {
        List<Value> start = space.parts(call, "x0");
        List<Value> mapped = product(transition.computed().map(), start, call);
        return space.whole(i -> StateSpace.plus(
                mapped.get(i),
                of(transition.computed().offset().get(i), call.tensor("t"), start.getFirst(), call),
                call));
    }

    /** Φ⁻¹ (x − m). */
    private Value inverseMean(Call call) {
        List<Value> x = space.parts(call, "x");
        Value distance = StateSpace.combine(
                BinaryOperator.SUBTRACT,
                space.whole(x::get),
                space.whole(i -> of(moments().offset().get(i), call.tensor("t"), x.getFirst(), call)),
                call);
        List<Value> distances =
                List.copyOf(((Value.RecordValue) distance).fields().values());
        return space.whole(product(moments().map().inverse(), distances, call)::get);
    }

    private List<Value> product(Matrix matrix, List<Value> vector, Call call) {
        return space.product(matrix, vector, e -> of(e, call.tensor("t"), vector.getFirst(), call), call);
    }

    private Value sample(Call call) {
        List<Value> noise = space.parts(call, "x0").stream()
                .map(state -> call.tensors().normal(call.tensors().shape(state), call.span()))
                .toList();
        List<Value> spreading = product(spread(), noise, call);
        return StateSpace.plus(mean(call), space.whole(spreading::get), call);
    }

    /** Worked out at the first sample, for it takes the numbers of the covariance. */
    private Matrix spread() {
        if (spread == null) {
            spread = transition.spread();
        }
        return spread;
    }

    /** ∇ log p(x(t) | x(0)) = −Σ⁻¹ (x − mean), a field for each state. */
    private Value score(Call call) {
        Matrix precision = transition.precision().orElseThrow(() -> singular(call.span()));
        Value distance =
                StateSpace.combine(BinaryOperator.SUBTRACT, mean(call), space.whole(space.parts(call, "x")::get), call);
        List<Value> distances =
                List.copyOf(((Value.RecordValue) distance).fields().values());
        return space.whole(product(precision, distances, call)::get);
    }

    private RuntimeException singular(Span span) {
        return Diagnostic.error(
                        "E0623", span, "x(t) given x(0) has no density: a state that no noise reaches is certain")
                .help("give that state a noise, or leave it out of the system")
                .raise();
    }

    /** The law of x(t) given x(s). */
    private Value between(Call call) {
        return StepValue.of(transition.between(Expr.symbol("s"), transition.time()), space, call);
    }

    private Value matrix(Matrix matrix, Call call) {
        return Entries.of(matrix, e -> of(e, call.tensor("t"), null, call), call);
    }

    @Override
    public String toString() {
        return show();
    }
}
