package org.sdescript.process;

import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Names;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Term;
import org.sdescript.algebra.Text;

/**
 * x(t) | x(t₀) ~ N( Φ(t) x(t₀) + m(t), v(t) ) of a scalar affine process, for each component of the data.
 *
 * @param domain the times it is used at
 * @param start t₀: 0, or t_min where the integrals from 0 diverge
 * @param meanCoefficient Φ
 * @param offset m
 */
public record Transition(
        Symbol time, TimeDomain domain, Symbol state, Expr start, Expr meanCoefficient, Expr offset, Expr variance) {

    /** The standard deviation, perfect squares taken out. */
    public Expr std() {
        return inDomain(Simplification.sqrt(variance, assumptions()));
    }

    /** The signal-to-noise ratio Φ²/v. */
    public Expr snr() {
        return meanCoefficient.pow(2).over(variance);
    }

    /** log Φ² − log v, which stays finite where the ratio itself would overflow. */
    public Expr logSnr() {
        return inDomain(Expr.log(meanCoefficient.pow(2)).minus(Expr.log(variance)));
    }

    /** x(t) given x(s) for t₀ ≤ s < t. */
    public Step between(Symbol s, Symbol t) {
        return Step.of(this, s, t);
    }

    /** The density at a time for x(t₀) = 0. */
    public Gaussian marginalAt(double t) {
        Expr at = Expr.of(t);
        String label = Names.spelled(state.name()) + "(" + Text.of(at) + ")";
        return new Gaussian(
                label, Simplification.of(offset.with(time, at)), Simplification.of(variance.with(time, at)));
    }

    /** Whether this starts at t_min because the integrals from 0 diverge. */
    public boolean startsLate() {
        return !start.isZero();
    }

    /** |u| → u or −u by the sign that u has all over the time domain. */
    Expr inDomain(Expr e) {
        return AbsoluteValues.resolved(e, time, domain);
    }

    /** Times are positive, so that √(t²) is t. */
    Assumptions assumptions() {
        return Assumptions.positive(time);
    }

    public Evaluation meanCoefficientAt() {
        return Evaluation.of(meanCoefficient, time);
    }

    public Evaluation stdAt() {
        return Evaluation.of(std(), time);
    }

    @Override
    public String toString() {
        String x = Names.spelled(state.name());
        Symbol before = Expr.symbol(x + "(" + Text.of(start) + ")");
        StringBuilder mean = new StringBuilder();
        String factor = Text.of(meanCoefficient);
        if (!meanCoefficient.isZero()) {
            boolean sum = meanCoefficient instanceof Expr.Sum;
            mean.append(meanCoefficient.isOne() ? "" : (sum ? "(" + factor + ")" : factor) + " ")
                    .append(before.name());
        }
        if (!offset.isZero()) {
            boolean minus = !(offset instanceof Expr.Sum)
                    && Term.of(offset).coefficient().signum() < 0;
            mean.append(mean.isEmpty() ? (minus ? Text.MINUS : "") : minus ? " " + Text.MINUS + " " : " + ")
                    .append(Text.of(minus ? offset.negate() : offset));
        }
        return x + "(" + Names.spelled(time.name()) + ") | " + before.name() + " ~ N( " + (mean.isEmpty() ? "0" : mean)
                + ", " + Text.of(variance) + " )";
    }
}
