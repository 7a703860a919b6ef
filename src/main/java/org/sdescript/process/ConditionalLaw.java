package org.sdescript.process;

import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Sum;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.StableForm;

/**
 * x(t) | x(s) ~ N( A x(s) + m, V ) between two times, in stable form: the law of a single state is first rewritten in h
 * = t − s, so that nothing cancels when the times are close; a system whose law depends on elapsed time alone uses t −
 * s directly. Evaluate with {@code Lowering.ofStable} or {@code Evaluation.ofStable}.
 *
 * @param moments A = Φ(t)Φ(s)⁻¹, m(t) − A m(s), Σ(t) − A Σ(s) Aᵀ
 */
public record ConditionalLaw(Symbol s, Symbol t, Moments moments) {
    private static final Symbol DISTANCE = Expr.symbol("t − s");

    /** Returns A of a single state. */
    public Expr coefficient() {
        return moments.map().at(0, 0);
    }

    /** Returns m of a single state. */
    public Expr offset() {
        return moments.offset().getFirst();
    }

    /** Returns V of a single state. */
    public Expr variance() {
        return moments.covariance().at(0, 0);
    }

    /** Returns L with L Lᵀ = V: the step adds L z for z of N(0, 1). */
    public Matrix spread() {
        return moments.covariance().cholesky();
    }

    static ConditionalLaw of(Transition transition, Symbol s, Symbol t) {
        if (transition.isScalar()) {
            return scalar(transition, s, t);
        }
        return new ConditionalLaw(
                s,
                t,
                transition
                        .reading()
                        .map(reading -> elapsed(transition, reading, s, t))
                        .orElseGet(() -> difference(transition, s, t)));
    }

    private static ConditionalLaw scalar(Transition transition, Symbol s, Symbol t) {
        Expr end = s.plus(DISTANCE);
        Expr ratio =
                at(transition, transition.meanCoefficient(), end).over(at(transition, transition.meanCoefficient(), s));
        Expr a = Simplification.of(ratio);
        Expr m = at(transition, transition.offset(), end).minus(a.times(at(transition, transition.offset(), s)));
        Expr v = at(transition, transition.variance(), end)
                .minus(a.pow(2).times(at(transition, transition.variance(), s)));
        return new ConditionalLaw(
                s, t, Moments.scalar(form(a, s, t), form(gathered(m), s, t), form(gathered(v), s, t)));
    }

    /**
     * Multiplies out, and puts t² − (1 − t)² s²/(1 − s)² over one denominator, since its terms would be 1/(1 − s)²
     * times too large.
     */
    private static Expr gathered(Expr difference) {
        Expr expanded = Expansion.of(difference);
        return hasDenominator(expanded) ? Simplification.of(expanded) : expanded;
    }

    private static boolean hasDenominator(Expr e) {
        return e instanceof Power(Sum below, Num n) && n.value().signum() < 0
                || e.children().stream().anyMatch(ConditionalLaw::hasDenominator);
    }

    private static Moments elapsed(Transition transition, Expr reading, Symbol s, Symbol t) {
        Expr from = at(transition, reading, s);
        Expr to = at(transition, reading, s.plus(DISTANCE));
        Expr between = form(Expansion.of(to.minus(from)), s, t);
        return transition
                .computed()
                .map(e -> e instanceof Expr.Tabulated table
                        ? new Expr.Tabulated(table.name(), table.order(), table.values(), between)
                        : e.isFreeOf(transition.time())
                                ? e
                                // a formula, in the elapsed time itself: see Transitions.ofSeveral
                                : form(at(transition, e, DISTANCE), s, t));
    }

    private static Moments difference(Transition transition, Symbol s, Symbol t) {
        Moments late = transition.computed().map(e -> e.with(transition.time(), t));
        Moments early = transition.computed().map(e -> e.with(transition.time(), s));
        Matrix a = late.map().times(early.map().inverse());
        Matrix m = late.offsets().minus(a.times(early.offsets()));
        Matrix v = late.covariance().minus(a.times(early.covariance()).times(a.transposed()));
        return new Moments(a, m.transposed().rows().getFirst(), v).map(StableForm::of);
    }

    private static Expr at(Transition transition, Expr e, Expr time) {
        return Expansion.of(e.expandCalls().with(transition.time(), time));
    }

    private static Expr form(Expr e, Symbol s, Symbol t) {
        return StableForm.of(e, DISTANCE).withExactly(DISTANCE, t.minus(s));
    }
}
