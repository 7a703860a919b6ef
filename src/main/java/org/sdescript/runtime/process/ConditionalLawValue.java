package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.check.Kind;
import org.sdescript.process.ConditionalLaw;
import org.sdescript.process.Matrix;
import org.sdescript.process.Process;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.ParameterShapes;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * x(t) | x(s) ~ N( A x(s) + m, V ) at given times, used by the steps of samplers, in one form for single states and
 * systems.
 */
final class ConditionalLawValue implements Value.Extension {
    private static final FieldTable<ConditionalLawValue> SCALAR = fields("variance");
    private static final FieldTable<ConditionalLawValue> SYSTEM = fields("cov");

    private final Process process;
    private final ConditionalLaw step;
    private final StateValues space;
    private final Map<Expr.Symbol, Value> times;
    private final Call origin;

    private ConditionalLawValue(ConditionalLaw step, Process process, Map<Expr.Symbol, Value> times, Call origin) {
        this.process = process;
        this.step = step;
        this.space = StateValues.of(process);
        this.times = times;
        this.origin = origin;
    }

    /** Evaluates a call of {@code between(s, t)}. */
    static ConditionalLawValue of(ConditionalLaw step, Process process, Call call) {
        EvaluationTimes domain = EvaluationTimes.of(process);
        Map<Expr.Symbol, Value> times = Map.of(step.s(), domain.in(call, "s"), step.t(), domain.in(call, "t"));
        return new ConditionalLawValue(step, process, times, call);
    }

    @Override
    public Kind kind() {
        return Kind.CONDITIONAL_LAW;
    }

    @Override
    public String show() {
        return "the step from " + time(step.s()) + " to " + time(step.t());
    }

    private String time(Expr.Symbol symbol) {
        return ValueText.show(Objects.requireNonNull(times.get(symbol)));
    }

    @Override
    public Optional<Recipe> recipe() {
        return Optional.of(new Recipe(
                ProcessValue.transitionOf(process),
                "between",
                List.of(Objects.requireNonNull(times.get(step.s())), Objects.requireNonNull(times.get(step.t())))));
    }

    @Override
    public List<String> fieldNames() {
        return fields().names();
    }

    @Override
    public List<Value> children() {
        return List.copyOf(times.values());
    }

    @Override
    public @Nullable Value field(String name) {
        return fields().get(name, this);
    }

    private FieldTable<ConditionalLawValue> fields() {
        return space.size() == 1 && space.basis().isEmpty() ? SCALAR : SYSTEM;
    }

    private static FieldTable<ConditionalLawValue> fields(String covariance) {
        return FieldTable.of(
                value("mean_coef", law -> law.matrix(law.step.moments().map())),
                value(
                        "offset",
                        law -> law.space.whole(
                                i -> law.entry(law.step.moments().offset().get(i)), law.origin)),
                value(covariance, law -> law.matrix(law.step.moments().covariance())),
                method("mean", List.of("x"), ConditionalLawValue::mean),
                method(
                        "cov_times",
                        List.of("g"),
                        (law, call) -> law.applied(law.step.moments().covariance(), "g", call)),
                method("diffuse", List.of("z"), (law, call) -> law.applied(law.step.spread(), "z", call)));
    }

    private Value matrix(Matrix formulas) {
        if (space.basis().isPresent()) {
            Expr each = formulas.at(0, 0);
            return space.basis().get().matrix(each, entry(each), origin.tensors(), origin.span());
        }
        return MatrixToTensor.of(formulas, this::entry, origin);
    }

    private Value applied(Matrix formulas, String slot, Call call) {
        return space.whole(product(formulas, slot, call)::get, call);
    }

    /** Returns A x + m. */
    private Value mean(Call call) {
        List<Value> mapped = product(step.moments().map(), "x", call);
        return space.whole(
                i -> step.moments().offset().get(i).isZero()
                        ? mapped.get(i)
                        : StateValues.plus(
                                mapped.get(i),
                                aligned(step.moments().offset().get(i), space.part(call, "x", i), call),
                                call),
                call);
    }

    private List<Value> product(Matrix matrix, String slot, Call call) {
        List<Value> vector = space.parts(call, slot);
        return space.product(matrix, vector, e -> aligned(e, vector.getFirst(), call), call);
    }

    /** Evaluates an entry at times aligned with the samples. */
    private Value aligned(Expr e, Value samples, Call call) {
        if (!Tensors.isTensor(samples)) {
            return entry(e);
        }
        ParameterShapes.requireFit(e, samples, call.tensors(), call.span());
        Map<Expr.Symbol, Value> aligned = new HashMap<>(times);
        aligned.replaceAll((symbol, time) -> call.tensors().align(time, samples, call.span()));
        return FormulaEvaluation.ofTimes(e, aligned, origin.tensors(), origin.span());
    }

    private Value entry(Expr e) {
        return FormulaEvaluation.ofTimes(e, new HashMap<>(times), origin.tensors(), origin.span());
    }

    @Override
    public String toString() {
        return show();
    }
}
