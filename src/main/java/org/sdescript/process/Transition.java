package org.sdescript.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.StableForm;
import org.sdescript.process.explain.Notation;

/**
 * x(t) | x(t₀) ~ N( Φ(t) x(t₀) + m(t), Σ(t) ) of an affine process, for each component of the data.
 *
 * @param domain the times at which the transition is used
 * @param start t₀: 0, or t_min where the coefficients or integrals diverge at 0
 * @param shown the moments as formulas for display; where no closed form was found, the names of tabulated functions
 * @param numbers the moments for computation, lazy: the formulas of a single state, or tables of a system, without
 *      cancellation
 * @param reading the τ of the tables where the law between two times depends on τ(t) − τ(s) alone
 */
public record Transition(
        Symbol time,
        TimeDomain domain,
        List<Symbol> states,
        Expr start,
        Moments shown,
        Lazy<Moments> numbers,
        Optional<Expr> reading) {
    /** Relative. A formula's value at one time that is further from the number has lost its digits. */
    private static final double SAME = 1e-12;

    public Transition {
        states = List.copyOf(states);
    }

    /** Creates the transition of a single state. */
    static Transition scalar(
            Symbol time,
            TimeDomain domain,
            Symbol state,
            Expr start,
            Expr meanCoefficient,
            Expr offset,
            Expr variance) {
        Moments moments = Moments.scalar(meanCoefficient, offset, variance);
        return new Transition(time, domain, List.of(state), start, moments, Lazy.known(moments), Optional.empty());
    }

    /** Returns the same formulas with other moments for computation. */
    Transition computedBy(Lazy<Moments> better) {
        return new Transition(time, domain, states, start, shown, better, reading);
    }

    public boolean isScalar() {
        return states.size() == 1;
    }

    /** True if some entry is tabulated. */
    public boolean isNumeric() {
        return shown.entries().anyMatch(Expr.Tabulated.class::isInstance);
    }

    /** Returns the moments for computation. */
    public Moments computed() {
        return numbers.value();
    }

    /** Returns Φ of a single state. */
    public Expr meanCoefficient() {
        return computed().map().at(0, 0);
    }

    /** Returns m of a single state. */
    public Expr offset() {
        return computed().offset().getFirst();
    }

    /** Returns v of a single state. */
    public Expr variance() {
        return computed().covariance().at(0, 0);
    }

    /** Returns the standard deviation of a single state, perfect squares taken out. */
    public Expr std() {
        return std(0);
    }

    /** Returns the standard deviation of one state for given x(t₀). */
    public Expr std(int state) {
        return inDomain(Simplification.sqrt(computed().covariance().at(state, state), assumptions()));
    }

    /** Returns L with L Lᵀ = Σ: x(t) = Φ x(t₀) + m + L z for z of N(0, 1). */
    public Matrix spread() {
        return computed().covariance().cholesky();
    }

    /** Returns Σ⁻¹ as L⁻ᵀ L⁻¹; empty if Σ is singular, as for a state without noise. */
    public Optional<Matrix> precision() {
        Matrix factor = spread();
        boolean singular =
                IntStream.range(0, states.size()).anyMatch(i -> factor.at(i, i).isZero());
        if (singular) {
            return Optional.empty();
        }
        Matrix inverse = factor.lowerInverse();
        return Optional.of(inverse.transposed().times(inverse));
    }

    /** Returns the signal-to-noise ratio Φ²/v. */
    public Expr snr() {
        return meanCoefficient().pow(2).over(variance());
    }

    /**
     * Returns log Φ² − log v, which stays finite where the ratio itself would overflow; for a system (log |Φ|² − log
     * |Σ|)/n, the mean over the directions in which Φ⁻¹ΣΦ⁻ᵀ spreads. In stable form.
     */
    public Expr logSnr() {
        Expr signal = Expr.log(computed().map().determinant().pow(2));
        Expr noise = Expr.log(computed().covariance().determinant());
        return StableForm.of(inDomain(signal.minus(noise).over(Expr.of(states.size()))));
    }

    /** Returns the law of x(t) given x(s) for t₀ ≤ s and s before t. */
    public ConditionalLaw between(Symbol s, Symbol t) {
        return ConditionalLaw.of(this, s, t);
    }

    /** Returns the law at a time where each state starts from its own normal law. */
    public Marginal marginal() {
        return Marginal.of(this);
    }

    /**
     * Returns the law for given data, where the other states start from their own laws: Σ + Φ diag(s²) Φᵀ for their
     * spreads s.
     */
    public Transition startingFrom(Map<Symbol, InitialLaw> starts) {
        return new Transition(
                time, domain, states, start, spread(shown, starts), Lazy.of(() -> spread(computed(), starts)), reading);
    }

    private Moments spread(Moments moments, Map<Symbol, InitialLaw> starts) {
        Matrix map = moments.map();
        Matrix spread = Matrix.of(map.height(), map.width(), (i, j) -> Optional.ofNullable(starts.get(states.get(j)))
                .map(law -> map.at(i, j).times(Expr.of(law.std())))
                .orElse(Expr.ZERO));
        return new Moments(
                map, moments.offset(), spread.times(spread.transposed()).plus(moments.covariance()));
    }

    /** Returns the density at a time for x(t₀) = 0. */
    public Gaussian marginalAt(double t) {
        return Gaussian.at(
                states,
                t,
                IntStream.range(0, states.size())
                        .mapToObj(i ->
                                at(shown.offset().get(i), computed().offset().get(i), t))
                        .toList(),
                Matrix.of(
                        states.size(),
                        states.size(),
                        (i, j) -> at(
                                shown.covariance().at(i, j),
                                computed().covariance().at(i, j),
                                t)));
    }

    /** Returns the formula's value as a formula; a number if its digits cancel at that time and it has no parameters. */
    private Expr at(Expr formula, Expr computed, double t) {
        Expr value = Simplification.of(number(formula.with(time, Expr.of(t))));
        double number = Evaluation.of(computed, time).at(t);
        boolean same = Math.abs(Evaluation.of(value) - number) <= SAME * Math.abs(number);
        boolean named = value.hasParameters();
        return same || named || !Double.isFinite(number) ? value : Expr.of(number);
    }

    /** Evaluates tables whose argument is a number. */
    private static Expr number(Expr e) {
        Expr inner = e.mapChildren(Transition::number);
        return inner instanceof Expr.Tabulated && inner.symbols().isEmpty() ? Expr.of(Evaluation.of(inner)) : inner;
    }

    /** True if the transition starts at t_min because the integrals from 0 diverge. */
    public boolean startsLate() {
        return !start.isZero();
    }

    /** |u| → u or −u by the sign that u has on the whole time domain. */
    Expr inDomain(Expr e) {
        return AbsoluteValues.resolved(e, time, domain);
    }

    /** Assumes positive times, so that √(t²) is t. */
    Assumptions assumptions() {
        return Assumptions.positive(time);
    }

    public Evaluation meanCoefficientAt() {
        return Evaluation.of(meanCoefficient(), time);
    }

    public Evaluation stdAt() {
        return Evaluation.of(std(), time);
    }

    public String latex() {
        return LawText.of(this, Notation.LATEX);
    }

    @Override
    public String toString() {
        return LawText.of(this, Notation.TEXT);
    }
}
