package org.sdescript.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.graph.Operation;
import org.sdescript.graph.Shape;
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
    private static final List<String> FIELDS = List.of("mean", "mean_coef", "cov", "std", "sample", "score", "between");

    private final Transition transition;
    private final Process process;
    private Matrix spread;

    SystemTransitionValue(Transition transition, Process process) {
        this.transition = transition;
        this.process = process;
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
                Builtin.named("std", "t").is(call -> record(i -> of(transition.std(i), call.tensor("t"), null, call)));
            case "mean" -> Builtin.named("mean", "x0", "t").is(call -> record(i -> mean(call, i)));
            case "sample" -> Builtin.named("sample", "x0", "t").is(this::sample);
            case "score" -> Builtin.named("score", "x", "x0", "t").is(this::score);
            case "between" -> Builtin.named("between", "s", "t").is(this::between);
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

    private Value mean(Call call, int i) {
        Value samples = state(call, "x0", 0);
        Value total = of(transition.computed().offset().get(i), call.tensor("t"), samples, call);
        return plus(total, row(transition.computed().map(), i, j -> state(call, "x0", j), call, samples), call);
    }

    /** Σⱼ Mᵢⱼ vⱼ. */
    private Value row(Matrix matrix, int i, IntFunction<Value> vector, Call call, Value samples) {
        Value total = Value.number(0);
        for (int j = 0; j < transition.states().size(); j++) {
            if (!matrix.at(i, j).isZero()) {
                Value entry = of(matrix.at(i, j), call.tensor("t"), samples, call);
                total = plus(total, combine(BinaryOperator.MULTIPLY, entry, vector.apply(j), call), call);
            }
        }
        return total;
    }

    private Value sample(Call call) {
        Value samples = state(call, "x0", 0);
        List<Value> noise = new ArrayList<>();
        for (int i = 0; i < transition.states().size(); i++) {
            noise.add(call.tensors().normal(call.tensors().shape(state(call, "x0", i)), call.span()));
        }
        return record(i -> plus(mean(call, i), row(spread(), i, noise::get, call, samples), call));
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
        Value samples = state(call, "x", 0);
        List<Value> distances = new ArrayList<>();
        for (int i = 0; i < transition.states().size(); i++) {
            distances.add(combine(BinaryOperator.SUBTRACT, mean(call, i), state(call, "x", i), call));
        }
        return record(i -> row(precision, i, distances::get, call, samples));
    }

    private RuntimeException singular(Span span) {
        return Diagnostic.error(
                        "E0623", span, "x(t) given x(0) has no density: a state that no noise reaches is certain")
                .help("give that state a noise, or leave it out of the system")
                .raise();
    }

    /** The law of x(t) given x(s): its Φ and Σ as matrices, its m as a record. */
    private Value between(Call call) {
        Expr.Symbol from = Expr.symbol("s");
        Moments step = transition.between(from, transition.time()).moments();
        Map<Expr.Symbol, Value> times =
                new HashMap<>(Map.of(from, call.tensor("s"), transition.time(), call.tensor("t")));
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("mean_coef", square(step.map(), e -> ofTimes(e, times, call), call));
        fields.put("offset", record(i -> ofTimes(step.offset().get(i), times, call)));
        fields.put("cov", square(step.covariance(), e -> ofTimes(e, times, call), call));
        return new Value.RecordValue(fields);
    }

    private static Value ofTimes(Expr e, Map<Expr.Symbol, Value> times, Call call) {
        return FormulaEvaluation.ofTimes(e, times, call.tensors(), call.span());
    }

    private Value matrix(Matrix matrix, Call call) {
        return square(matrix, e -> of(e, call.tensor("t"), null, call), call);
    }

    /** The entries as one tensor [n, n], or [batch, n, n] where they are tensors of one axis. */
    private static Value square(Matrix matrix, java.util.function.Function<Expr, Value> value, Call call) {
        Tensors tensors = call.tensors();
        List<Value> entries =
                matrix.rows().stream().flatMap(List::stream).map(value).toList();
        int n = matrix.height();
        Shape batch = entries.stream()
                .map(tensors::shape)
                .filter(shape -> shape.rank() > 0)
                .findFirst()
                .orElse(Shape.SCALAR);
        List<Value> columns = entries.stream()
                .map(entry -> tensors.reshape(
                        tensors.shape(entry).rank() > 0 ? entry : tensors.fill(entry, batch, call.span()),
                        Shape.of(batch.elements(), 1),
                        call.span()))
                .toList();
        Value flat = tensors.apply(new Operation.Concat(1), call.span(), columns);
        return tensors.reshape(
                flat, batch.rank() == 0 ? Shape.of(n, n) : Shape.of(batch.elements(), n, n), call.span());
    }

    private Value state(Call call, String slot, int i) {
        String name = transition.states().get(i).name();
        if (call.value(slot) instanceof Value.RecordValue(var fields) && fields.get(name) instanceof Value value) {
            return call.tensors().require(value, "the state `" + name + "`", call.span());
        }
        throw Convert.mismatch(
                call.value(slot), "`" + slot + "`", "a record with the states: `{" + name + ": …}`", call.span());
    }

    private Value record(IntFunction<Value> of) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < transition.states().size(); i++) {
            fields.put(transition.states().get(i).name(), of.apply(i));
        }
        return new Value.RecordValue(fields);
    }

    private static Value plus(Value a, Value b, Call call) {
        return combine(BinaryOperator.ADD, a, b, call);
    }

    private static Value combine(BinaryOperator operator, Value a, Value b, Call call) {
        return Arithmetic.binary(operator, a, b, call.tensors(), call.span());
    }

    @Override
    public String toString() {
        return show();
    }
}
