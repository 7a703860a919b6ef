package org.sdescript.runtime.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.Kind;
import org.sdescript.graph.Reduction;
import org.sdescript.process.Marginal;
import org.sdescript.process.Matrix;
import org.sdescript.process.Process;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Value;

/** The exact marginals p(x, t) of a linear process with normal initial laws, with their score and density. */
final class Marginals implements Value.Extension {
    private static final String SCORE = "exact_score";
    private static final String LOG_DENSITY = "log_density";

    private final Process process;
    private final List<NormalValue> starts;
    private final Marginal law;
    private final StateValues space;
    private final Matrix precision;
    private final Matrix whitening;

    private Marginals(Process process, List<NormalValue> starts) {
        this.process = process;
        this.starts = List.copyOf(starts);
        this.law = FollowedParameters.transition(process).marginal();
        this.space = StateValues.of(process);
        this.precision = law.precision();
        this.whitening = law.whitening();
    }

    /** Returns the marginals of a process for this data law. */
    static Marginals of(Distribution data, Call call) {
        Process process = ProcessValue.argument(call, "process").process();
        Optional<ComponentBasis> basis = ComponentBasis.of(process);
        return new Marginals(
                process,
                basis.isPresent()
                        ? List.of(CoupledNormalValue.inBasis(data, basis.get(), call))
                        : InitialLaws.of(process, data, call));
    }

    @Override
    public Kind kind() {
        return Kind.MARGINALS;
    }

    @Override
    public String show() {
        return "the marginals of " + process.name();
    }

    @Override
    public List<Value> children() {
        return List.copyOf(starts);
    }

    @Override
    public @Nullable Value field(String name) {
        return switch (name) {
            case SCORE -> score();
            case LOG_DENSITY -> logDensity();
            default -> null;
        };
    }

    /** Returns ∇ log p(x, t) = −S⁻¹ (x − mean), a callable of (x, t). */
    Callable score() {
        return Builtin.named(SCORE, "x", "t")
                .is(call -> {
                    Map<Expr.Symbol, Value> values = values(call);
                    List<Value> distances = distances(call, values, -1);
                    return space.whole(space.product(precision, distances, e -> of(e, values, call), call)::get, call);
                })
                .of(this);
    }

    /** Returns log p(x, t) of each sample, summed over its components, in nats: a callable of (x, t). */
    Callable logDensity() {
        return Builtin.named(LOG_DENSITY, "x", "t").is(this::logDensity).of(this);
    }

    private Value logDensity(Call call) {
        Map<Expr.Symbol, Value> values = values(call);
        List<Value> white = space.product(whitening, distances(call, values, 1), e -> of(e, values, call), call);
        Value total = Value.number(-0.5 * space.size() * Math.log(2 * Math.PI));
        for (int i = 0; i < space.size(); i++) {
            Value square = StateValues.combine(BinaryOperator.MULTIPLY, white.get(i), white.get(i), call);
            total = StateValues.plus(
                    total, StateValues.combine(BinaryOperator.MULTIPLY, Value.number(-0.5), square, call), call);
            total = StateValues.plus(total, of(Expr.log(whitening.at(i, i)), values, call), call);
        }
        int rank = call.tensors().shape(total).rank();
        return call.tensors()
                .reduce(Reduction.SUM, total, IntStream.range(1, rank).boxed().toList(), false, call.span());
    }

    /** Returns ±(x − mean) for each state. */
    private List<Value> distances(Call call, Map<Expr.Symbol, Value> values, int sign) {
        List<Value> distances = new ArrayList<>();
        for (int i = 0; i < space.size(); i++) {
            Value mean = of(law.mean().get(i), values, call);
            Value x = space.part(call, "x", i);
            distances.add(
                    sign > 0
                            ? StateValues.combine(BinaryOperator.SUBTRACT, x, mean, call)
                            : StateValues.combine(BinaryOperator.SUBTRACT, mean, x, call));
        }
        return distances;
    }

    private Map<Expr.Symbol, Value> values(Call call) {
        Map<Expr.Symbol, Value> values =
                new HashMap<>(Map.of(process.time(), EvaluationTimes.of(process).in(call, "t")));
        for (int i = 0; i < space.size(); i++) {
            values.put(law.means().get(i), starts.get(i).mean());
            values.put(law.stds().get(i), starts.get(i).std());
        }
        return values;
    }

    private Value of(Expr e, Map<Expr.Symbol, Value> values, Call call) {
        Value samples = space.part(call, "x", 0);
        return FormulaEvaluation.of(e, values, process.time(), samples, call.tensors(), call.span());
    }

    @Override
    public String toString() {
        return show();
    }
}
