package org.sdescript.runtime.process;

import static org.sdescript.runtime.FieldTable.method;
import static org.sdescript.runtime.FieldTable.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.check.Kind;
import org.sdescript.check.NumberRange;
import org.sdescript.check.ParameterType;
import org.sdescript.graph.BinaryOperation;
import org.sdescript.process.ConditionalLaw;
import org.sdescript.process.Matrix;
import org.sdescript.process.Moments;
import org.sdescript.process.Process;
import org.sdescript.process.Transition;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.FieldTable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.ParameterShapes;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.Tensors;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueText;

/**
 * x(s) given x(t) and x(0), with s before t: a family of normal laws under which x(s) has the law of the process for
 * every noise level η (Song, Meng &amp; Ermon 2021, eq. 7), for one state and for systems. η = 1 is the posterior of
 * the process itself, η = 0 has no noise.
 *
 * <p>With the step N(A x + m, V) from s to t, W = V Σ(t)⁻¹ and Q = A Σ(s) Aᵀ Σ(t)⁻¹ = 1 − W, the mean is A⁻¹(x − m +
 * (1 − T)(E[x(t) | x(0)] − x)) with T = √(Q (1 − η² W)), and the covariance is η² A⁻¹ Q V A⁻ᵀ. T, the remaining
 * fraction of x's noise, is a root of a product of covariances; for short steps T equals the fraction that the flow
 * leaves.
 */
final class PosteriorValue implements FieldTable.Owner {
    private static final FieldTable<PosteriorValue> FIELDS = FieldTable.of(
            method("mean", List.of("x", "x0"), PosteriorValue::mean),
            method("diffuse", List.of("z"), PosteriorValue::diffuse));

    private final Process process;
    private final Transition transition;
    private final ConditionalLaw step;
    private final StateValues space;
    private final Call origin;
    private final Value s;
    private final Value t;
    private final Value eta;

    /** True if parameters of the process are tensors, whose shape the numbers of the law then have. */
    private final boolean elementwise;

    /** The numbers of the law, at times aligned with the samples of the last call. */
    private @Nullable Numbers numbers;

    private PosteriorValue(Process process, Call origin) {
        EvaluationTimes domain = EvaluationTimes.of(process);
        this.process = process;
        this.transition = FollowedParameters.transition(process);
        this.step = transition.between(Expr.symbol("s"), transition.time());
        this.space = StateValues.of(process);
        this.origin = origin;
        this.s = domain.in(origin, "s");
        this.t = domain.in(origin, "t");
        this.eta = origin.value("eta");
        this.elementwise = space.basis().isPresent()
                || process.allParameters().stream().anyMatch(parameter -> !parameter.isSingle());
        this.numbers = elementwise ? null : new Numbers(s, t);
    }

    /** The law at two times, in numbers. */
    private final class Numbers {
        private final Value s;
        private final Value t;

        /** A and V. */
        private final NumberMatrix map;

        private final NumberMatrix noise;

        /** Q, computed as a product to avoid cancellation; and W. */
        private final NumberMatrix kept;

        private final NumberMatrix renewed;

        /** Σ(s) Σ(t)⁻¹ for a process with an open end, where A may be 0 and has no inverse. */
        private final Optional<NumberMatrix> open;

        Numbers(Value s, Value t) {
            this.s = s;
            this.t = t;
            this.map = NumberMatrix.of(step.moments().map(), this::between, origin.tensors(), origin.span());
            this.noise = NumberMatrix.of(step.moments().covariance(), this::between, origin.tensors(), origin.span());
            NumberMatrix precision =
                    matrix(transition.computed().covariance(), t).inverse();
            this.kept = map.times(matrix(transition.computed().covariance(), s))
                    .times(map.transposed())
                    .times(precision);
            this.renewed = noise.times(precision);
            this.open = DegenerateEnds.of(process)
                    .filter(DegenerateEnds::areOfOneState)
                    .map(ends -> matrix(transition.computed().covariance(), s).times(precision));
        }

        private Value between(Expr formula) {
            return FormulaEvaluation.stably(
                    formula, new HashMap<>(Map.of(step.s(), s, step.t(), t)), origin.tensors(), origin.span());
        }

        /** Returns 1 − T, computed as (1 + T)⁻¹ W (1 + η² Q). */
        private NumberMatrix lost() {
            NumberMatrix one = kept.identity();
            return one.plus(left()).inverse().times(renewed).times(one.plus(kept.times(squared(eta))));
        }

        /** Returns T, with 1 − η² W computed as (1 − η²) + η² Q. */
        private NumberMatrix left() {
            if (eta instanceof Value.Num(double all) && all == 1) {
                return kept;
            }
            Value rest = unexplained();
            return kept.times(rest).plus(kept.times(kept).times(squared(eta))).root();
        }

        /** Returns A⁻¹ T of one state, computed as √(Σ(s) Σ(t)⁻¹ (1 − η² W)). */
        private NumberMatrix share(NumberMatrix ratio) {
            Value rest = unexplained();
            return ratio.times(rest).plus(ratio.times(kept).times(squared(eta))).root();
        }
    }

    /**
     * Returns the numbers of the law for these samples: beside tensors as parameters, times of one per sample need as many
     * axes as the samples.
     */
    private Numbers numbers(Value samples, Call call) {
        Numbers known = numbers;
        if (!elementwise && known != null) {
            return known;
        }
        Stream.of(step.moments(), transition.computed())
                .flatMap(Moments::entries)
                .forEach(e -> ParameterShapes.requireFit(e, samples, call.tensors(), call.span()));
        boolean aligns = Tensors.isTensor(samples);
        Value from = aligns ? call.tensors().align(s, samples, call.span()) : s;
        Value to = aligns ? call.tensors().align(t, samples, call.span()) : t;
        if (known == null || !sameShape(known.s, from, call) || !sameShape(known.t, to, call)) {
            known = new Numbers(from, to);
            numbers = known;
        }
        return known;
    }

    private static boolean sameShape(Value a, Value b, Call call) {
        return call.tensors().shape(a).equals(call.tensors().shape(b));
    }

    /** Returns {@code posterior(s, t; eta)}, a field of the transition. */
    static Builtin function(Process process) {
        return Builtin.named("posterior", "s", "t")
                .option("eta", 1)
                .wants("eta", ParameterType.number(NumberRange.SHARE))
                .is(call -> new PosteriorValue(process, call));
    }

    @Override
    public Kind kind() {
        return Kind.POSTERIOR;
    }

    @Override
    public String show() {
        return "the posterior at " + ValueText.show(s) + " given " + ValueText.show(t);
    }

    @Override
    public Optional<Recipe> recipe() {
        return Optional.of(new Recipe(ProcessValue.transitionOf(process), "posterior", List.of(s, t, eta)));
    }

    @Override
    public List<Value> children() {
        return List.of(s, t, eta);
    }

    @Override
    public FieldTable.Owned<?> ownFields() {
        return FIELDS.of(this);
    }

    private Value mean(Call call) {
        List<Value> x = space.parts(call, "x");
        Numbers law = numbers(x.getFirst(), call);
        List<Value> expected = sum(
                product(matrix(transition.computed().map(), law.t), space.parts(call, "x0"), call),
                offset(transition.computed().offset(), e -> at(e, law.t)),
                call);
        if (law.open.isPresent()) {
            List<Value> rest = product(law.share(law.open.get()), difference(x, expected, call), call);
            List<Value> start = product(matrix(transition.computed().map(), law.s), space.parts(call, "x0"), call);
            return space.whole(
                    sum(sum(start, offset(transition.computed().offset(), e -> at(e, law.s)), call), rest, call)::get,
                    call);
        }
        List<Value> pulled = sum(x, product(law.lost(), difference(expected, x, call), call), call);
        List<Value> centred = difference(pulled, offset(step.moments().offset(), law::between), call);
        return space.whole(product(law.map.inverse(), centred, call)::get, call);
    }

    private Value diffuse(Call call) {
        List<Value> z = space.parts(call, "z");
        Numbers law = numbers(z.getFirst(), call);
        NumberMatrix spread = law.open
                .map(its -> its.times(law.noise).root())
                .orElseGet(
                        () -> law.map.inverse().times(law.kept.times(law.noise).cholesky()))
                .times(eta);
        return space.whole(product(spread, z, call)::get, call);
    }

    /** Returns 1 − η². */
    private Value unexplained() {
        return origin.tensors().binary(BinaryOperation.SUBTRACT, Value.number(1), squared(eta), origin.span());
    }

    private Value squared(Value value) {
        return origin.tensors().binary(BinaryOperation.MULTIPLY, value, value, origin.span());
    }

    private NumberMatrix matrix(Matrix formulas, Value time) {
        return NumberMatrix.of(formulas, e -> at(e, time), origin.tensors(), origin.span());
    }

    private Value at(Expr formula, Value time) {
        return FormulaEvaluation.exactly(formula, Map.of(transition.time(), time), origin.tensors(), origin.span());
    }

    private List<Value> offset(List<Expr> formulas, Function<Expr, Value> value) {
        return formulas.stream().map(value).toList();
    }

    private List<Value> product(NumberMatrix matrix, List<Value> vector, Call call) {
        return space.product(matrix, vector, value -> meeting(value, vector.getFirst(), call), call);
    }

    /** Aligns numbers of times, one per sample, with the shape and precision of the samples. */
    private Value meeting(Value value, Value samples, Call call) {
        if (!Tensors.isTensor(value) || !Tensors.isTensor(samples)) {
            return value;
        }
        // beside tensors as parameters, the times are aligned already
        Value aligned = elementwise ? value : call.tensors().align(value, samples, call.span());
        return call.tensors().cast(aligned, call.tensors().precision(), call.span());
    }

    private List<Value> sum(List<Value> a, List<Value> b, Call call) {
        return combined(BinaryOperator.ADD, a, b, call);
    }

    private List<Value> difference(List<Value> a, List<Value> b, Call call) {
        return combined(BinaryOperator.SUBTRACT, a, b, call);
    }

    private List<Value> combined(BinaryOperator operator, List<Value> a, List<Value> b, Call call) {
        List<Value> result = new java.util.ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            boolean nothing = b.get(i) instanceof Value.Num(double zero) && zero == 0;
            result.add(
                    nothing
                            ? a.get(i)
                            : StateValues.combine(operator, a.get(i), meeting(b.get(i), a.get(i), call), call));
        }
        return result;
    }

    @Override
    public String toString() {
        return show();
    }
}
