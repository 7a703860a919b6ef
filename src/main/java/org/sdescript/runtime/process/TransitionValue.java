package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;
import static org.sdescript.runtime.process.StateValues.combine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.Kind;
import org.sdescript.graph.UnaryOperation;
import org.sdescript.process.ConditionalLaw;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.process.TransitionSteps;
import org.sdescript.process.explain.Explanation;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.source.Span;

/**
 * x(t) | x(0) of a linear process, for numbers and tensors. Times are numbers or tensors with one time per sample;
 * combined with samples they are aligned, alone they keep their shape.
 */
public final class TransitionValue implements Explainable, FieldTable.Owner {
    private static final FieldTable<TransitionValue> FIELDS = FieldTable.of(
            method("mean", List.of("x0", "t"), (law, call) -> law.whole(law.mean(call, law.samples(call, "x0")), call)),
            method("mean_coef", List.of("t"), (law, call) -> law.coefficient(law.transition.meanCoefficient(), call)),
            method("cov", List.of("t"), (law, call) -> law.coefficient(law.transition.variance(), call)),
            method("origin", List.of("y", "t"), TransitionValue::origin),
            method("std", List.of("t"), TransitionValue::std),
            method("variance", List.of("t"), (law, call) -> law.ofComponents(law.transition.variance(), call)),
            method(
                    "precision",
                    List.of("t"),
                    (law, call) -> law.coefficient(Expr.ONE.over(law.transition.variance()), call)),
            method("sample", List.of("x0", "t"), TransitionValue::sample),
            method("score", List.of("x", "x0", "t"), TransitionValue::score),
            method(
                    "score_of_noise",
                    List.of("z", "t"),
                    (law, call) ->
                            law.scaled(Expr.ONE.over(law.transition.std()).negate(), "z", call)),
            method(
                    "noise_of_score",
                    List.of("g", "t"),
                    (law, call) -> law.scaled(law.transition.std().negate(), "g", call)),
            method("cov_times", List.of("g", "t"), (law, call) -> law.scaled(law.transition.variance(), "g", call)),
            method("diffuse", List.of("z", "t"), (law, call) -> law.scaled(law.transition.std(), "z", call)),
            method("between", List.of("s", "t"), TransitionValue::between),
            value("posterior", law -> PosteriorValue.function(law.process)),
            value("from_data", law -> law));

    private final Transition transition;
    private final Process process;
    private final StateValues space;

    TransitionValue(Transition transition, Process process) {
        this.transition = transition;
        this.process = process;
        this.space = StateValues.of(process);
    }

    @Override
    public Kind kind() {
        return Kind.TRANSITION;
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
    public Optional<Recipe> recipe() {
        return Optional.of(Recipe.field(ProcessValue.of(process), "transition"));
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    private Value time(Call call) {
        return EvaluationTimes.of(process).in(call, "t");
    }

    /** Returns samples, of components that matrices couple the coordinates in their basis. */
    private Value samples(Call call, String slot) {
        return space.part(call, slot, 0);
    }

    private Value whole(Value coordinates, Call call) {
        return space.whole(state -> coordinates, call);
    }

    /** Returns the values of a coefficient; of components that matrices couple, the matrix. */
    private Value coefficient(Expr expression, Call call) {
        Value each = of(expression, time(call), null, call.tensors(), call.span());
        return space.basis().isPresent()
                ? space.basis().get().matrix(expression, each, call.tensors(), call.span())
                : each;
    }

    /** Returns the values of a coefficient for each component by itself: of a matrix the diagonal. */
    private Value ofComponents(Expr expression, Call call) {
        Value each = of(expression, time(call), null, call.tensors(), call.span());
        return space.basis().isPresent()
                ? space.basis().get().diagonal(expression, each, call.tensors(), call.span())
                : each;
    }

    private Value std(Call call) {
        return space.basis().isPresent()
                ? call.tensors().unary(UnaryOperation.SQRT, ofComponents(transition.variance(), call), call.span())
                : of(transition.std(), time(call), null, call.tensors(), call.span());
    }

    private Value of(Expr expression, Value t, @Nullable Value samples, Tensors tensors, Span span) {
        Map<Expr.Symbol, Value> values = new HashMap<>(Map.of(transition.time(), t));
        return FormulaEvaluation.of(expression, values, transition.time(), samples, tensors, span);
    }

    /** Returns Φ(t) x(0) + m(t). */
    private Value mean(Call call, Value x0) {
        Value t = time(call);
        Value scaled = combine(
                BinaryOperator.MULTIPLY,
                of(transition.meanCoefficient(), t, x0, call.tensors(), call.span()),
                x0,
                call);
        return transition.offset().isZero()
                ? scaled
                : combine(
                        BinaryOperator.ADD, scaled, of(transition.offset(), t, x0, call.tensors(), call.span()), call);
    }

    /** Returns Φ⁻¹ (y − m), the start with mean y. */
    private Value origin(Call call) {
        Value y = samples(call, "y");
        Value t = time(call);
        Value rest =
                combine(BinaryOperator.SUBTRACT, y, of(transition.offset(), t, y, call.tensors(), call.span()), call);
        return whole(
                combine(
                        BinaryOperator.DIVIDE,
                        rest,
                        of(transition.meanCoefficient(), t, y, call.tensors(), call.span()),
                        call),
                call);
    }

    private Value sample(Call call) {
        Value x0 = samples(call, "x0");
        Value noise = call.tensors().normal(call.tensors().shape(x0), call.span());
        Value std = of(transition.std(), time(call), x0, call.tensors(), call.span());
        return whole(
                combine(BinaryOperator.ADD, mean(call, x0), combine(BinaryOperator.MULTIPLY, std, noise, call), call),
                call);
    }

    /** Returns ∇ₓ log p(x(t) | x(0)) = −(x − mean)/variance. */
    private Value score(Call call) {
        Value x = samples(call, "x");
        Value distance = combine(BinaryOperator.SUBTRACT, mean(call, samples(call, "x0")), x, call);
        Value std = of(transition.std(), time(call), x, call.tensors(), call.span());
        return whole(
                combine(
                        BinaryOperator.DIVIDE,
                        distance,
                        combine(BinaryOperator.POWER, std, Value.number(2), call),
                        call),
                call);
    }

    /** Multiplies an argument by a coefficient of time. */
    private Value scaled(Expr coefficient, String slot, Call call) {
        Value given = samples(call, slot);
        return whole(
                combine(
                        BinaryOperator.MULTIPLY,
                        of(coefficient, time(call), given, call.tensors(), call.span()),
                        given,
                        call),
                call);
    }

    /** Returns the law of x(t) given x(s), with s before t. */
    private Value between(Call call) {
        ConditionalLaw step = transition.between(Expr.symbol("s"), transition.time());
        return ConditionalLawValue.of(step, process, call);
    }

    @Override
    public String toString() {
        return show();
    }
}
