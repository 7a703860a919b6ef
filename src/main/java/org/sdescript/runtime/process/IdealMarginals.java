package org.sdescript.runtime.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sdescript.algebra.Expr;
import org.sdescript.check.Kind;
import org.sdescript.graph.Shape;
import org.sdescript.process.Process;
import org.sdescript.process.SeveralNumbers;
import org.sdescript.process.Transition;
import org.sdescript.runtime.Builtin;
import org.sdescript.runtime.Call;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.FormulaEvaluation;
import org.sdescript.runtime.Recipe;
import org.sdescript.runtime.ScoreSource;
import org.sdescript.runtime.Value;

/**
 * The marginals of a set of samples xᵢ under a linear process of one state: pₜ(x) = Σᵢ N(x; a xᵢ + m, b²)/N, with their
 * score, their density and the expected data and noise. All are computed by {@link NearRows}.
 */
record IdealMarginals(ProcessValue of, IdealValue law) implements Value.Extension {
    private static final String SCORE = "exact_score";
    private static final String LOG_DENSITY = "log_density";
    private static final String EXPECTED = "expected";

    static IdealMarginals of(IdealValue law, Call call) {
        ProcessValue process = ProcessValue.argument(call, "process");
        if (process.process().states().size() > 1) {
            throw call.diagnostic(
                            "E0662",
                            "the exact score of a data set is that of a process of one state, and "
                                    + process.process().name() + " has "
                                    + process.process().states().size())
                    .help("`normal` and `mixture` have exact scores under systems, too")
                    .raise();
        }
        if (SeveralNumbers.areIn(process.process())) {
            throw call.diagnostic(
                            "E0662",
                            "the exact score of a data set is that of a process with the same numbers for each component, and a"
                                    + " parameter of "
                                    + process.process().name() + " is a tensor")
                    .help("`normal` and `mixture` have exact scores under such processes, too")
                    .raise();
        }
        FollowedParameters.transition(process.process()); // throws if there is no transition
        return new IdealMarginals(process, law);
    }

    @Override
    public Kind kind() {
        return Kind.MARGINALS;
    }

    @Override
    public String show() {
        return "the marginals of " + process().name();
    }

    @Override
    public List<Value> children() {
        return List.of(of, law);
    }

    @Override
    public @Nullable Value field(String name) {
        return switch (name) {
            case SCORE -> score();
            case LOG_DENSITY -> logDensity();
            case EXPECTED -> expected();
            default -> null;
        };
    }

    private Process process() {
        return of.process();
    }

    /** Returns the score with its process and with E[x(0) | x(t)], so that samplers and `denoised` know both. */
    Callable exactScore(Call call) {
        return new ExactScore(
                score(),
                new ScoreSource(process(), Optional.empty()),
                Optional.of(expected()),
                Optional.of(new Recipe(law, "score", List.of(of))));
    }

    private Callable score() {
        return Builtin.named(SCORE, "x", "t").is(call -> rows(call).score()).of(this);
    }

    Callable logDensity() {
        return Builtin.named(LOG_DENSITY, "x", "t")
                .is(call -> rows(call).logDensity())
                .of(this);
    }

    private Callable expected() {
        return Builtin.named(EXPECTED, "x", "t")
                .is(call -> rows(call).expected())
                .of(this);
    }

    private NearRows rows(Call call) {
        Value x = call.tensor("x");
        Shape samples = call.tensors().shape(x);
        Shape components = law.components(call.tensors());
        if (samples.rank() == 0 || samples.elements() != samples.size(0) * components.elements()) {
            throw IdealValue.unfit(samples, components, call.span());
        }
        Transition transition = FollowedParameters.transition(process());
        Value t = EvaluationTimes.of(process()).in(call, "t");
        return new NearRows(
                law.data(),
                x,
                at(transition.meanCoefficient(), t, x, call),
                at(transition.offset(), t, x, call),
                at(transition.std(), t, x, call),
                call.tensors(),
                call.span());
    }

    /**
     * Returns a coefficient at the times of the samples, in double: an error of a alone would change |x − a xᵢ|² by
     * more than b² where there is little noise.
     */
    private Value at(Expr coefficient, Value t, Value x, Call call) {
        Value times = call.tensors().align(t, x, call.span());
        return FormulaEvaluation.exactly(coefficient, Map.of(process().time(), times), call.tensors(), call.span());
    }

    @Override
    public String toString() {
        return show();
    }
}
