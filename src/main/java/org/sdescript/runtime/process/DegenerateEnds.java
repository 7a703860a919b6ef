package org.sdescript.runtime.process;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.ast.BinaryOperator;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.process.InitialLaw;
import org.sdescript.process.Process;
import org.sdescript.process.Reversal;
import org.sdescript.process.Transition;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.CountedScore;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Value;
import org.sdescript.runtime.ValueArithmetic;
import org.sdescript.runtime.ValueText;
import org.sdescript.source.Span;

/**
 * The ends of a process x(t) = a x(0) + m + b ε at which a or b is 0: there is no data or no noise, and a division by
 * the coefficient has no value. The flow's velocity m' + a' E[x(0) | x] + b' E[ε | x] may still be finite there.
 */
public final class DegenerateEnds {
    /** The relative size below which a coefficient counts as 0, such as cos(½ π) after rounding. */
    private static final double ROUNDING = 1e-12;

    private final Process process;
    private final Transition law;

    private DegenerateEnds(Process process, Transition law) {
        this.process = process;
        this.law = law;
    }

    /** Returns the open ends; empty if both ends have data and noise, or if the process does not have this form. */
    public static Optional<DegenerateEnds> of(Process process) {
        if (process.hasScore() || process.reversed()) {
            return Optional.empty();
        }
        try {
            Map<Expr.Symbol, InitialLaw> starts = process.stated().starts();
            Transition law = process.transition();
            DegenerateEnds ends = new DegenerateEnds(process, starts.isEmpty() ? law : law.startingFrom(starts));
            return ends.isNoiseless(process.tMin())
                            || ends.isNoiseless(process.tMax())
                            || ends.isDataless(process.tMin())
                            || ends.isDataless(process.tMax())
                    ? Optional.of(ends)
                    : Optional.empty();
        } catch (SdeError none) {
            return Optional.empty();
        }
    }

    /** True for one state: E[x(0) | x] and E[ε | x] then replace the score. */
    public boolean areOfOneState() {
        return law.isScalar();
    }

    /** True if Φ of a data state is 0 in every state. */
    private boolean isDataless(double t) {
        return data().anyMatch(j -> IntStream.range(0, size())
                .allMatch(i -> Math.abs(at(law.computed().map().at(i, j), t)) <= ROUNDING * std(i, t)));
    }

    /** True if a state has no variance given the data. */
    private boolean isNoiseless(double t) {
        return IntStream.range(0, size()).anyMatch(i -> {
            double data = data().mapToDouble(
                            j -> Math.abs(at(law.computed().map().at(i, j), t)))
                    .max()
                    .orElse(0);
            return data > 0 && std(i, t) <= ROUNDING * data;
        });
    }

    private IntStream data() {
        return IntStream.range(0, size())
                .filter(i ->
                        !process.stated().starts().containsKey(process.states().get(i)));
    }

    private int size() {
        return process.states().size();
    }

    /** Returns the standard deviation of a state; rounding can make a variance of 0 negative. */
    private double std(int state, double t) {
        return Math.sqrt(Math.max(0, at(law.computed().covariance().at(state, state), t)));
    }

    private double at(Expr e, double t) {
        return Evaluation.of(e, law.time()).at(t);
    }

    /**
     * Returns the cause of and the remedy for a non-finite value at a time; empty if both coefficients are non-zero.
     */
    public Optional<Cause> at(double t) {
        String end = isLate(t) ? "t_max" : "t_min";
        String time = ValueText.number(isLate(t) ? process.tMax() : process.tMin());
        if (isDataless(t)) {
            return Optional.of(new Cause(
                    "at " + end + " = " + time
                            + " nothing is left of x(0): its coefficient is 0, so neither a score nor a network"
                            + " that predicts the noise determines x(0) there",
                    "end before it, such as `" + shortened(t) + "`, or train with `predict = \"velocity\"` for"
                            + " the probability flow"));
        }
        return isNoiseless(t)
                ? Optional.of(new Cause(
                        "at " + end + " = " + time
                                + " there is no noise, and a score divides by the standard deviation of the"
                                + " noise: for a network that predicts the noise, the score is −ε/0",
                        "begin after it, such as `" + shortened(t) + "`"))
                : Optional.empty();
    }

    /** Throws if the flow has no finite velocity with this score at an end of the time interval. */
    public void requireVelocity(Callable given, double t, Call call) {
        Callable score = given instanceof CountedScore counted ? counted.score() : given;
        at(t).ifPresent(cause -> {
            ProcessValue flow =
                    ProcessValue.of(Reversal.flow(process)).flowOf(process).scoredBy(score);
            if (!isFinite((Callable) Objects.requireNonNull(flow.field("drift")), t, call)
                    || !areOfOneState() && !isFinite(score, t, call)) {
                throw call.diagnostic(
                                "E0543",
                                "the flow of " + process.name() + " has no velocity at t = " + ValueText.number(t)
                                        + " with this score")
                        .note(cause.reason())
                        .help(cause.remedy())
                        .raise();
            }
        });
    }

    private static boolean isFinite(Callable function, double t, Call call) {
        Value there = call.interpreter().call(function, call.span(), call.value("x"), Value.number(t));
        return NanWatch.violated(there, call.tensors(), call.span()).isEmpty();
    }

    /** The cause of a non-finite value, and a remedy. */
    public record Cause(String reason, String remedy) {}

    private boolean isLate(double t) {
        return process.tMax() - t < t - process.tMin();
    }

    /** Returns the time interval without its open end, as source text. */
    private String shortened(double end) {
        double length = process.tMax() - process.tMin();
        double from = isLate(end) ? process.tMin() : process.tMin() + 1e-5 * length;
        double to = isLate(end) ? process.tMax() - 1e-3 * length : process.tMax();
        return "t in [" + rounded(from) + ", " + rounded(to) + "]";
    }

    private static String rounded(double t) {
        return ValueText.number(Double.parseDouble(String.format(Locale.ROOT, "%.6g", t)));
    }

    /**
     * Returns m' + a' E[x(0) | x] + b' E[ε | x] from a score that knows both expectations; empty if a coefficient is
     * infinite at an end, such as b' for noise that begins like √t.
     */
    Optional<Value> velocity(Callable expected, Call call) {
        Expr.Symbol time = law.time();
        Expr data = Derivative.of(law.meanCoefficient(), time);
        Expr noise = Derivative.of(law.std(), time);
        Expr offset = Derivative.of(law.offset(), time);
        boolean isFinite = Stream.of(data, noise, offset)
                .map(its -> Evaluation.of(its, time))
                .allMatch(its -> DoubleStream.of(process.tMin(), process.tMax())
                        .map(its::at)
                        .allMatch(Double::isFinite));
        if (!isFinite) {
            return Optional.empty();
        }
        Value x = call.value("x");
        Value t = EvaluationTimes.of(process).in(call, "t");
        Value.RecordValue both = (Value.RecordValue) call.interpreter().call(expected, call.span(), x, t);
        Value clean = inBasis(Objects.requireNonNull(both.fields().get("clean")), call);
        Value noises = inBasis(Objects.requireNonNull(both.fields().get("noise")), call);
        Value total = sum(times(data, clean, x, t, call), times(noise, noises, x, t, call), call);
        Value whole = offset.isZero() ? total : sum(total, at(offset, x, t, call), call);
        return Optional.of(StateValues.of(process).whole(state -> whole, call));
    }

    private Value inBasis(Value x, Call call) {
        Optional<ComponentBasis> basis = ComponentBasis.of(process);
        return basis.isPresent() ? basis.get().into(x, call.tensors(), call.span()) : x;
    }

    private Value times(Expr coefficient, Value value, Value x, Value t, Call call) {
        return ValueArithmetic.binary(
                BinaryOperator.MULTIPLY, at(coefficient, x, t, call), value, call.tensors(), call.span());
    }

    private static Value sum(Value a, Value b, Call call) {
        return ValueArithmetic.binary(BinaryOperator.ADD, a, b, call.tensors(), call.span());
    }

    private Value at(Expr coefficient, Value x, Value t, Call call) {
        Map<Expr.Symbol, Value> values = new HashMap<>(Map.of(law.time(), t));
        Span span = call.span();
        return FormulaEvaluation.of(coefficient, values, law.time(), x, call.tensors(), span);
    }
}
