package org.sdescript.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.LatexNames;
import org.sdescript.algebra.Rational;
import org.sdescript.algebra.Series;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.UnicodeNames;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;
import org.sdescript.process.explain.Notation;

/**
 * A Markov chain x[i] = F(x[i−1]) + S noise, i = 1 … N, as a function of the time t = i h at the end of its step and of
 * the step size h = end/N. One standard normal noise drives all states.
 *
 * @param index i, under the user's name
 * @param states the symbols of x[i−1]
 * @param mean F, one for each state
 * @param spread S, one for each state
 */
public record Chain(
        Symbol index, Symbol time, double end, int count, List<Symbol> states, List<Expr> mean, List<Expr> spread) {
    /** The step size h. */
    public static final Symbol STEP = Expr.symbol("h");

    /** The default name of the index. */
    public static final Symbol INDEX = Expr.symbol("i");

    private static final Symbol COUNT = Expr.symbol("N");

    /** A step small enough to determine the sign of a leading term, large enough to stay clear of rounding. */
    private static final double SMALL = 1e-6;

    public Chain {
        states = List.copyOf(states);
        mean = List.copyOf(mean);
        spread = List.copyOf(spread);
    }

    /**
     * Returns the Itô equation that the chain tends to as h → 0: the drift is lim (F(x) − x)/h, the noise √(lim S²/h)
     * (Song et al. 2021, appendix B).
     */
    public Process limit(String name, double tMin, double tMax) {
        List<Expr> drift = IntStream.range(0, states.size())
                .mapToObj(i -> drift(i).orElseThrow(() -> diverges(i, "x[i] − x[i−1] does not shrink as 1/N")))
                .toList();
        List<List<Expr>> diffusion = IntStream.range(0, states.size())
                .mapToObj(
                        i -> List.of(diffusion(i).orElseThrow(() -> diverges(i, "its noise does not shrink as 1/√N"))))
                .toList();
        boolean noisy = diffusion.stream().anyMatch(row -> !row.getFirst().isZero());
        List<List<Expr>> rows = noisy
                ? diffusion
                : states.stream().map(state -> List.<Expr>of()).toList();
        return Process.of(name, time, tMin, tMax, states, noisy ? List.of("w") : List.of(), drift, rows)
                .with(Process.Stated.limitOf(this));
    }

    /** Returns lim (F(x) − x)/h; empty if the limit does not exist. */
    Optional<Expr> drift(int i) {
        return slope(mean.get(i), states.get(i));
    }

    private Optional<Expr> diffusion(int i) {
        return slope(spread.get(i).pow(2), Expr.ZERO).map(square -> {
            Expr root = Expr.sqrt(square);
            return isNegative(spread.get(i)) ? root.negate() : root;
        });
    }

    /**
     * Returns d/dh at h = 0 of an expression that equals {@code start} there; empty if the expression does not, or has
     * no slope. Where the formula cannot be differentiated and evaluated at h = 0, as cos √h or (t/h − 1)/(1/h − 1),
     * its series in h decides.
     */
    private static Optional<Expr> slope(Expr e, Expr start) {
        return derived(e, start).or(() -> Series.of(e.expandCalls().minus(start), STEP, 2)
                .filter(series -> series.terms().keySet().stream()
                        .allMatch(power -> power.compareTo(Rational.ONE) >= 0
                                || Simplification.of(series.coefficient(power)).isZero()))
                .map(series -> Simplification.of(series.coefficient(1))));
    }

    private static Optional<Expr> derived(Expr e, Expr start) {
        try {
            boolean begins = Expansion.of(e.with(STEP, Expr.ZERO).minus(start)).isZero();
            return begins
                    ? Optional.of(Simplification.of(Derivative.of(e, STEP).with(STEP, Expr.ZERO)))
                    : Optional.empty();
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    private boolean isNegative(Expr e) {
        Symbol[] symbols = e.expandCalls().symbols().toArray(Symbol[]::new);
        double[] point = new double[symbols.length];
        for (int k = 0; k < symbols.length; k++) {
            point[k] = symbols[k].equals(STEP) ? SMALL : end / 2;
        }
        return Evaluation.of(e, symbols).at(point) < 0;
    }

    private SdeError diverges(int state, String reason) {
        return Diagnostic.error("E0612", null, "the chain has no limit as N → ∞: " + reason)
                .note(equation(state, Notation.TEXT))
                .help(
                        "write its coefficients by schedules of time: `beta[i]` is beta(i/N)/N, and `sigma(i/N)` a value at that time")
                .raise();
    }

    /** Returns the exact chain of a process at the times i h: x(t) given x(t − h). */
    public static Chain of(Process p, int count) {
        Transition transition = p.transition();
        if (!transition.isScalar()) {
            throw Diagnostic.error("E0615", null, "a system is not written as a chain")
                    .help("`p.transition.between(s, t)` is the law of its step from s to t")
                    .raise();
        }
        Symbol t = transition.time();
        Symbol x = transition.states().getFirst();
        Moments late = transition.shown();
        Moments early = late.map(e -> e.with(t, t.minus(STEP)));
        Expr a = Simplification.of(late.map().at(0, 0).over(early.map().at(0, 0)));
        Expr m = late.offset().getFirst().minus(a.times(early.offset().getFirst()));
        Expr v = late.covariance()
                .at(0, 0)
                .minus(a.pow(2).times(early.covariance().at(0, 0)));
        return new Chain(
                INDEX,
                t,
                p.tMax(),
                count,
                List.of(x),
                List.of(a.times(x).plus(Simplification.of(m))),
                List.of(Simplification.sqrt(Simplification.of(v), transition.assumptions())));
    }

    public double step() {
        return end / count;
    }

    public String latex() {
        return written(Notation.LATEX);
    }

    /** Returns one equation per line: x[i] = √(1 − β(i/N)/N) x[i−1] + √(β(i/N)/N) noise. */
    @Override
    public String toString() {
        return written(Notation.TEXT);
    }

    String written(Notation notation) {
        return notation.display(IntStream.range(0, states.size())
                .mapToObj(state -> equation(state, notation))
                .toList());
    }

    /** Returns the text of a part of a coefficient, by index: √(1 − β(i/N)/N). */
    String written(Expr coefficient) {
        return Notation.TEXT.of(atIndex(coefficient, Map.of()));
    }

    private String equation(int state, Notation notation) {
        Map<Symbol, Symbol> before = new HashMap<>();
        states.forEach(each -> before.put(each, Expr.symbol(each.name() + "[" + index.name() + "−1]")));
        StringBuilder right = new StringBuilder();
        Expr rest = mean.get(state);
        if (Affinity.isAffine(rest, states)) {
            for (Symbol each : states) {
                Expr factor = Derivative.of(rest, each);
                rest = rest.with(each, Expr.ZERO);
                String previous = notation.of(Objects.requireNonNull(before.get(each)));
                notation.append(right, atIndex(Simplification.of(factor), before), previous, List.of());
            }
            rest = Simplification.of(rest);
        }
        notation.append(right, atIndex(rest, before), "", List.copyOf(before.values()));
        notation.append(
                right, atIndex(spread.get(state), before), notation.choose("noise", "\\mathit{noise}"), List.of());
        return notation.equation(element(states.get(state), notation), right.isEmpty() ? "0" : right.toString());
    }

    /** Replaces the states by those before the step, and time and step size by the index. */
    private Expr atIndex(Expr e, Map<Symbol, Symbol> before) {
        Map<Symbol, Expr> exchange = new HashMap<>(before);
        Expr step = Expr.of(end).over(COUNT);
        exchange.put(time, index.times(step));
        exchange.put(STEP, step);
        return ofFractions(e.with(exchange));
    }

    private String element(Symbol state, Notation notation) {
        return notation.choose(
                UnicodeNames.spelled(state.name()) + "[" + UnicodeNames.spelled(index.name()) + "]",
                LatexNames.of(state.name() + "[" + index.name() + "]"));
    }

    /** Puts exponents over one denominator: −1/N − i/N² → −(N + i)/N². */
    private static Expr ofFractions(Expr e) {
        Expr inner = e.mapChildren(Chain::ofFractions);
        return inner instanceof Expr.Apply(Elementary function, List<Expr> arguments) && function == Elementary.EXP
                ? Expr.exp(Simplification.of(arguments.getFirst()))
                : inner;
    }
}
