package org.sdescript.process;

import java.util.Optional;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.ParameterPoints;
import org.sdescript.algebra.Simplification;

/**
 * The bridge of dx = a(t) (x − μ) dt + √(−2 a(t) W) dw, Ornstein-Uhlenbeck's process on any clock, by hyperbolic functions
 * of u = −∫a from the start to t and of w = −∫a from t to the end: the drift a ((x − μ) cosh w − (x(T) − μ))/sinh w, the mean
 * μ + ((x(0) − μ) sinh w + (x(T) − μ) sinh u)/sinh(u + w), the variance 2 W sinh u sinh w/sinh(u + w).
 *
 * @param slope a, with named functions
 * @param level μ
 * @param variance W, the stationary variance
 * @param elapsed u
 * @param left w
 */
record HyperbolicBridge(Symbol state, Expr end, Expr slope, Expr level, Expr variance, Expr elapsed, Expr left) {
    /** The largest argument of sinh, whose value and square are numbers: exp(2 · 300) is below 1.8e308. */
    private static final double LARGEST = 300;

    /** Returns the bridge; empty for a process of another form, or where sinh is too large for a number. */
    static Optional<HyperbolicBridge> of(DoobTransform its) {
        Process p = its.p();
        Symbol x = p.states().getFirst();
        Expr slope = Simplification.of(Derivative.of(p.drift().getFirst(), x));
        Expr a = slope.expandCalls();
        Expr phi = p.transition().shown().map().at(0, 0).expandCalls();
        if (a.isZero() || !(phi instanceof Expr.Apply power) || power.function() != Elementary.EXP) {
            return Optional.empty();
        }
        Expr c = p.drift().getFirst().expandCalls().with(x, Expr.ZERO);
        Expr level = Simplification.of(c.over(a).negate());
        Expr variance = Simplification.of(its.rate().over(a).times(Expr.ratio(-1, 2)));
        Expr elapsed = power.argument().negate();
        Expr whole = elapsed.with(p.time(), Expr.of(its.at()));
        Expr left = Simplification.of(whole.minus(elapsed));
        if (!level.isFreeOf(p.time()) || !variance.isFreeOf(p.time()) || !isModerate(whole)) {
            return Optional.empty();
        }
        HyperbolicBridge found =
                new HyperbolicBridge(x, its.end(), slope, level, variance, Simplification.of(elapsed), left);
        Expr usual = p.drift().getFirst().plus(its.rate().times(its.pull()));
        return Optional.of(found)
                .filter(bridge ->
                        Equality.probably(usual.expandCalls(), bridge.drift().expandCalls()));
    }

    private static boolean isModerate(Expr whole) {
        return ParameterPoints.of(whole).stream()
                .allMatch(point -> Math.abs(Evaluation.of(point.apply(whole))) <= LARGEST);
    }

    Expr drift() {
        Expr towards = end.minus(level).minus(state.minus(level).times(cosh(left)));
        return Expr.product(slope.negate(), towards, sinh(left).pow(-1));
    }

    Moments moments() {
        Expr whole = sinh(Simplification.of(elapsed.plus(left))).pow(-1);
        Expr map = sinh(left).times(whole);
        Expr shift = level.times(Expr.ONE.minus(map)).plus(Expr.product(end.minus(level), sinh(elapsed), whole));
        return Moments.scalar(
                map,
                Simplification.of(shift),
                Simplification.of(Expr.product(Expr.of(2), variance, sinh(elapsed), sinh(left), whole)));
    }

    private static Expr sinh(Expr u) {
        return Expr.apply(Elementary.SINH, u);
    }

    private static Expr cosh(Expr u) {
        return Expr.apply(Elementary.COSH, u);
    }
}
