package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.UnicodeNames;
import org.sdescript.process.explain.Notation;

/**
 * A path between two laws, x(t) = a(t) x(0) + b(t) x(1) + m(t) + γ(t) noise: x(0) and x(1) are samples of the laws at
 * the ends of the domain, coupled in any way, and the noise is standard normal and independent of both. In the field a
 * stochastic interpolant (Albergo, Boffi and Vanden-Eijnden 2023, definition 2.1).
 *
 * @param domain the times; x(0) stands at the first, x(1) at the last
 */
public record StochasticInterpolant(Symbol time, TimeDomain domain, Symbol state, Expr a, Expr b, Expr m, Expr gamma) {
    private static final String START = "(0)";
    private static final String END = "(1)";

    /** The symbol of the noise, standard normal in every component. */
    public static final Symbol NOISE = Expr.symbol("noise");

    /** Returns the symbol x(0) of a state. */
    public static Symbol start(String state) {
        return Expr.symbol(state + START);
    }

    /** Returns the symbol x(1) of a state. */
    public static Symbol end(String state) {
        return Expr.symbol(state + END);
    }

    /** Returns the symbol of the velocity b(x, t) = E[ẋ(t) | x(t) = x]. */
    static Symbol velocity(Symbol state, Symbol time) {
        return Expr.symbol("b(" + UnicodeNames.spelled(state.name()) + ", " + UnicodeNames.spelled(time.name()) + ")");
    }

    /** True if the path has noise of its own. */
    public boolean hasNoise() {
        return !gamma.isZero();
    }

    /** Returns the derivative of a coefficient by time. */
    public Expr rate(Expr coefficient) {
        return Simplification.of(Derivative.of(coefficient.expandCalls(), time));
    }

    /** Returns γγ̇ = ½ d(γ²)/dt, which is finite where γ is 0 and γ̇ infinite, as for γ = √(t (1 − t)). */
    public Expr noiseWork() {
        Expr square = Simplification.of(gamma.expandCalls().pow(2));
        return Simplification.of(Expr.HALF.times(Derivative.of(square, time)));
    }

    /** Returns aḃ − ȧb, with which the velocity determines x(0) and x(1). */
    public Expr wronskian() {
        return Simplification.of(a.times(rate(b)).minus(rate(a).times(b)));
    }

    /**
     * Returns the process whose law at the last time is N(mean, std²), independent of the law of x(0): its noise is b std
     * noise and the noise of the path together.
     */
    public Process endingInNoise(String name, Expr mean, Expr std) {
        Expr spread = b.times(std);
        Expr noise = hasNoise() ? Expr.sqrt(spread.pow(2).plus(gamma.pow(2))) : spread;
        Process process = Process.ofTransition(
                name, time, domain.from(), domain.to(), state, a, m.plus(b.times(mean)), Simplification.of(noise));
        return process.with(process.stated().along(this));
    }

    /** Returns the path with other coefficients. */
    StochasticInterpolant with(UnaryOperator<Expr> change) {
        return new StochasticInterpolant(
                time, domain, state, change.apply(a), change.apply(b), change.apply(m), change.apply(gamma));
    }

    /** Returns the parameters that the coefficients name. */
    public Stream<Expr.Parameter> parameters() {
        return Stream.of(a, b, m, gamma).flatMap(e -> e.parameters().stream());
    }

    /** Returns the path as an equation. */
    public String written(Notation n) {
        String left = n.name(state.name()) + "(" + n.name(time.name()) + ")";
        return n.equation(left, sum(n, a, b, m, gamma));
    }

    /** Returns b(x, t) = E[ẋ(t) | x(t) = x] with the derivative of the path. */
    String writtenVelocity(Notation n) {
        String x = n.name(state.name());
        String t = n.name(time.name());
        String given = n.choose(" | ", " \\mid ") + x + "(" + t + ") = " + x;
        String rate = sum(n, rate(a), rate(b), rate(m), hasNoise() ? rate(gamma) : Expr.ZERO);
        return n.equation(
                n.name(velocity(state, time).name()),
                n.choose("E[ " + rate + given + " ]", "\\mathbb{E}\\left[" + rate + given + "\\right]"));
    }

    private String sum(Notation n, Expr ofStart, Expr ofEnd, Expr free, Expr ofNoise) {
        StringBuilder right = new StringBuilder();
        append(right, n, ofStart, n.name(state.name()) + START);
        append(right, n, ofEnd, n.name(state.name()) + END);
        n.append(right, free, "", List.of());
        append(right, n, ofNoise, n.choose("noise", "z"));
        return right.isEmpty() ? "0" : right.toString();
    }

    private static void append(StringBuilder right, Notation n, Expr coefficient, String factor) {
        if (!(coefficient instanceof Expr.Sum)) {
            n.append(right, coefficient, factor, List.of());
            return;
        }
        right.append(right.isEmpty() ? "" : " + ")
                .append(n.parenthesised(n.of(coefficient)))
                .append(n.choose(" ", "\\, "))
                .append(factor);
    }

    /** Returns the coefficients but that of the noise, with the factors that they stand before. */
    List<Named> named() {
        List<Named> all = new ArrayList<>(List.of(new Named("x(0)", a), new Named("x(1)", b)));
        if (!m.isZero()) {
            all.add(new Named("1", m));
        }
        return all;
    }

    /**
     * A coefficient.
     *
     * @param of the factor that the coefficient stands before
     */
    record Named(String of, Expr coefficient) {}
}
