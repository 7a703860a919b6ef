package org.sdescript.process;

import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Stable;

/**
 * x(t) | x(s) ~ N( a x(s) + m, v ) between two times, in forms to compute with: everything is written in h = t − s first, so
 * that nothing cancels when the times are close. Evaluate with {@code Lowering.ofStable} or {@code Evaluation.ofStable}.
 *
 * @param coefficient a = Φ(t)/Φ(s)
 * @param offset m(t) − a m(s)
 * @param variance v(t) − a² v(s)
 */
public record Step(Symbol s, Symbol t, Expr coefficient, Expr offset, Expr variance) {
    private static final Symbol DISTANCE = Expr.symbol("t − s");

    static Step of(Transition transition, Symbol s, Symbol t) {
        Expr end = s.plus(DISTANCE);
        Expr ratio =
                at(transition, transition.meanCoefficient(), end).over(at(transition, transition.meanCoefficient(), s));
        Expr a = Simplification.of(ratio);
        Expr m = at(transition, transition.offset(), end).minus(a.times(at(transition, transition.offset(), s)));
        Expr v = at(transition, transition.variance(), end)
                .minus(a.pow(2).times(at(transition, transition.variance(), s)));
        return new Step(s, t, form(a, s, t), form(Expansion.of(m), s, t), form(Expansion.of(v), s, t));
    }

    private static Expr at(Transition transition, Expr e, Expr time) {
        return Expansion.of(e.expandCalls().with(transition.time(), time));
    }

    private static Expr form(Expr e, Symbol s, Symbol t) {
        return Stable.of(e, DISTANCE).withExactly(DISTANCE, t.minus(s));
    }
}
