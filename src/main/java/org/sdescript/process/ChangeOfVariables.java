package org.sdescript.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.exception.MathIllegalStateException;
import org.sdescript.algebra.Assumptions;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Text;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * Changes of variable and of time (Karras et al. 2022, appendix B): the same paths in other coordinates. Scaling by
 * s(t) turns dx = f dt + G dw into dy = (ṡ/s y + s f(y/s, t)) dt + s G(y/s, t) dw; the time change t = τ(u) turns it
 * into f τ̇ du + G √τ̇ dw.
 */
public final class ChangeOfVariables {
    private static final int POINTS = 64;
    private static final double ACCURACY = 1e-15;
    private static final int EVALUATIONS = 200;

    /** Relative rounding of τ̇, which may be 0 for a moment and then comes out as the rounding of its terms. */
    private static final double PACE_ROUNDING = 1e-14;

    private ChangeOfVariables() {}

    /** Returns the process of y(t) = s(t) x(t); y has the name of the state x. */
    public static Process rescaled(Process p, Expr scale) {
        requireForward(p, "rescaled");
        requireNonzero(p, scale);
        Symbol t = p.time();
        Expr growth = growth(scale, t);
        List<Expr> drift = IntStream.range(0, p.states().size())
                .mapToObj(i -> written(
                        p.states(),
                        growth.times(p.states().get(i))
                                .plus(scale.times(unscaled(p, p.drift().get(i), scale)))))
                .toList();
        List<List<Expr>> diffusion = p.diffusion().stream()
                .map(row -> row.stream()
                        .map(g -> Simplification.of(scale.times(unscaled(p, g, scale))))
                        .toList())
                .toList();
        return new Process(
                p.name(), t, p.tMin(), p.tMax(), p.states(), p.noises(), drift, diffusion, false, stated(p, scale));
    }

    /**
     * Returns the shortest form: with named functions, or without where they cancel against their definitions, as in ½
     * β(t) x − ½ β(t) x.
     */
    private static Expr written(List<Symbol> states, Expr e) {
        return Simplification.shortest(
                List.of(byStates(states, e), Simplification.of(e), Simplification.of(e.expandCalls())));
    }

    /** a x + b x → (a + b) x, where the expression is affine in the states. */
    private static Expr byStates(List<Symbol> states, Expr e) {
        if (!Affinity.isAffine(e, states)) {
            return e;
        }
        Expr rest = e;
        Expr linear = Expr.ZERO;
        for (Symbol state : states) {
            Expr factor = Simplification.of(Derivative.of(e, state));
            linear = linear.plus(Expansion.of(factor.times(state)));
            rest = rest.with(state, Expr.ZERO);
        }
        return linear.plus(Simplification.of(rest));
    }

    /** Returns the process of y(t) = x(t)/Φ(t), which has the form of VE: no drift but an offset. */
    public static Process unscaled(Process p) {
        Transition transition = p.transition();
        if (!transition.isScalar()) {
            throw Diagnostic.error("E0616", null, "a system has no single mean coefficient to divide by")
                    .help("`rescaled(p, s)` multiplies all its states by s(t)")
                    .raise();
        }
        return rescaled(p, unscaling(p));
    }

    /** Returns 1/Φ. */
    static Expr unscaling(Process p) {
        return p.transition().shown().map().at(0, 0).pow(-1);
    }

    /** Returns ṡ/s. */
    static Expr growth(Expr scale, Symbol t) {
        return Simplification.of(Derivative.of(scale, t).over(scale));
    }

    /** Returns τ̇. */
    static Expr pace(Expr clock, Symbol t) {
        return Simplification.of(Derivative.of(clock.expandCalls(), t));
    }

    private static Expr unscaled(Process p, Expr coefficient, Expr scale) {
        Expr result = coefficient;
        for (Symbol state : p.states()) {
            result = result.with(state, state.over(scale));
        }
        return result;
    }

    /** Returns the stated transition and prior, scaled; a stated chain is dropped. */
    private static Process.Stated stated(Process p, Expr scale) {
        Optional<Transition> transition = p.stated().transition().flatMap(stated -> startOf(stated, scale)
                .map(atStart -> Transition.scalar(
                        stated.time(),
                        stated.domain(),
                        stated.states().getFirst(),
                        stated.start(),
                        Simplification.of(
                                scale.times(stated.shown().map().at(0, 0)).over(atStart)),
                        Simplification.of(scale.times(stated.shown().offset().getFirst())),
                        Simplification.of(
                                scale.pow(2).times(stated.shown().covariance().at(0, 0))))));
        Expr last = atEnd(scale, p);
        Expr square = last instanceof Expr.Num ? Expr.of(Math.pow(Evaluation.of(last), 2)) : last.pow(2);
        Optional<Gaussian> prior = p.stated()
                .prior()
                .map(law -> new Gaussian(
                        law.states(),
                        law.time(),
                        law.mean().stream().map(last::times).toList(),
                        law.covariance().times(square)));
        return Process.Stated.law(transition, prior).from(scaled(p, scale)).in(p.basis());
    }

    /** Returns s(t_max): a number, or a formula that keeps the parameters of s. */
    private static Expr atEnd(Expr scale, Process p) {
        return scale.hasParameters()
                ? Simplification.of(scale.expandCalls().with(p.time(), Expr.of(p.tMax())))
                : Expr.of(Evaluation.of(scale, p.time()).at(p.tMax()));
    }

    /** Scales the starting laws, which hold at time 0, by s(0). */
    private static Map<Symbol, InitialLaw> scaled(Process p, Expr scale) {
        if (p.stated().starts().isEmpty()) {
            return Map.of();
        }
        SeveralNumbers.refuse(
                scale, "the law of `start` in the new variable", "give a scale of one number for all components");
        double first = Evaluation.of(scale, p.time()).at(0);
        Map<Symbol, InitialLaw> starts = new HashMap<>();
        p.stated()
                .starts()
                .forEach((state, law) ->
                        starts.put(state, new InitialLaw(first * law.mean(), Math.abs(first) * law.std())));
        return starts;
    }

    /** Returns s(t₀), the scale of x(t₀) itself. */
    private static Optional<Expr> startOf(Transition stated, Expr scale) {
        try {
            Expr atStart = scale.expandCalls().with(stated.time(), stated.start());
            return atStart.isZero() ? Optional.empty() : Optional.of(atStart);
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    /** Returns the process of x(τ(u)), with u under the name of time; τ maps the new domain to the old one. */
    public static Process retimed(Process p, Expr clock) {
        requireForward(p, "retimed");
        SeveralNumbers.refuse(clock, "the new time", "a clock is the same for all components and samples");
        Symbol t = p.time();
        DoubleUnaryOperator reading = Evaluation.of(clock, t)::at;
        double from = inverse(p, reading, p.tMin());
        double to = inverse(p, reading, p.tMax());
        requireIncreasing(reading, from, to);
        Expr pace = pace(clock, t);
        requirePositive(pace, t, from, to);
        Assumptions times = from < 0 ? Assumptions.NONE : Assumptions.positive(t);
        Expr root = Simplification.sqrt(pace, times);
        List<Expr> drift = p.drift().stream()
                .map(f -> Simplification.of(f.with(t, clock).times(pace)))
                .toList();
        TimeDomain domain = new TimeDomain(from, to);
        List<List<Expr>> diffusion = p.diffusion().stream()
                .map(row -> row.stream()
                        .map(g -> AbsoluteValues.resolved(
                                Simplification.of(g.with(t, clock).times(root)), t, domain))
                        .toList())
                .toList();
        return new Process(
                p.name(), t, from, to, p.states(), p.noises(), drift, diffusion, false, retimed(p, clock, from, to));
    }

    private static Process.Stated retimed(Process p, Expr clock, double from, double to) {
        Symbol t = p.time();
        Optional<Transition> transition = p.stated()
                .transition()
                .filter(stated -> startsAtZero(clock, t))
                .map(stated -> Transition.scalar(
                        t,
                        new TimeDomain(from, to),
                        stated.states().getFirst(),
                        stated.start(),
                        stated.shown().map().at(0, 0).with(t, clock),
                        stated.shown().offset().getFirst().with(t, clock),
                        stated.shown().covariance().at(0, 0).with(t, clock)));
        Optional<Gaussian> prior =
                p.stated().prior().map(law -> Gaussian.at(p.states(), to, law.mean(), law.covariance()));
        return Process.Stated.law(transition, prior)
                .from(startsAtZero(clock, t) ? p.stated().starts() : Map.of())
                .in(p.basis());
    }

    private static boolean startsAtZero(Expr clock, Symbol t) {
        try {
            return clock.expandCalls().with(t, Expr.ZERO).isZero();
        } catch (ArithmeticException undefined) {
            return false;
        }
    }

    private static double inverse(Process p, DoubleUnaryOperator clock, double time) {
        for (double[] bracket : new double[][] {{p.tMin(), p.tMax()}, {0, 1}, {0, 1e3}, {-1e3, 1e3}, {-1e9, 1e9}}) {
            OptionalDouble found = solve(clock, time, bracket[0], bracket[1]);
            if (found.isPresent()) {
                return found.getAsDouble();
            }
        }
        throw Diagnostic.error(
                        "E0617",
                        null,
                        "the clock never reaches " + Text.of(time) + ", where " + p.name() + " begins or ends")
                .help("a clock t -> … gives the process's own time for each new one")
                .raise();
    }

    private static OptionalDouble solve(DoubleUnaryOperator clock, double time, double from, double to) {
        double low = clock.applyAsDouble(from) - time;
        double high = clock.applyAsDouble(to) - time;
        if (low == 0) {
            return OptionalDouble.of(from);
        }
        if (high == 0) {
            return OptionalDouble.of(to);
        }
        if (!(low * high < 0)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(new BrentSolver(ACCURACY, ACCURACY)
                    .solve(EVALUATIONS, u -> clock.applyAsDouble(u) - time, from, to));
        } catch (MathIllegalArgumentException | MathIllegalStateException none) {
            return OptionalDouble.empty();
        }
    }

    private static void requireIncreasing(DoubleUnaryOperator clock, double from, double to) {
        double before = from < to ? clock.applyAsDouble(from) : Double.POSITIVE_INFINITY;
        for (int i = 1; i <= POINTS; i++) {
            double now = clock.applyAsDouble(from + (to - from) * i / POINTS);
            if (!(now > before)) {
                throw Diagnostic.error("E0618", null, "a clock must run forward, but this one does not")
                        .note("between t = " + Text.of(from) + " and t = " + Text.of(to))
                        .help("`reverse(p)` turns a process around")
                        .raise();
            }
            before = now;
        }
    }

    /** Throws if the pace is negative between the times that {@link #requireIncreasing} checks. */
    private static void requirePositive(Expr pace, Symbol t, double from, double to) {
        Evaluation rate = Evaluation.of(pace, t);
        DomainScan.of(new TimeDomain(from, to))
                .firstNegative(rate::at, PACE_ROUNDING)
                .ifPresent(at -> {
                    throw Diagnostic.error("E0618", null, "a clock must run forward, but this one does not")
                            .note("the clock runs backward at t = " + Admissibility.at(at))
                            .help("`reverse(p)` turns a process around")
                            .raise();
                });
    }

    private static void requireNonzero(Process p, Expr scale) {
        Evaluation s = Evaluation.of(scale, p.time());
        for (double end : new double[] {p.tMin(), p.tMax()}) {
            if (!Double.isFinite(s.at(end)) || s.at(end) == 0) {
                throw noScale(s.at(end) == 0 ? "0" : "no number", end);
            }
        }
        DomainScan scan = DomainScan.of(Transitions.domain(p));
        double side = Math.signum(s.at(p.tMin()));
        scan.first(t -> !Double.isFinite(s.at(t))).ifPresent(t -> {
            throw noScale("no number", t);
        });
        scan.firstNegative(t -> side * s.at(t), 0).ifPresent(t -> {
            throw noScale("0", t);
        });
    }

    private static SdeError noScale(String what, double t) {
        return Diagnostic.error("E0619", null, "the scale is " + what + " at t = " + Admissibility.at(t))
                .help("a scale s(t) is a number other than 0 at all times of the process")
                .raise();
    }

    private static void requireForward(Process p, String what) {
        if (p.reversed() || p.hasScore()) {
            throw reversed(what);
        }
    }

    private static SdeError reversed(String what) {
        return Diagnostic.error("E0625", null, what + " takes a process that was not derived from a score")
                .help("change the process first: `reverse(" + what + "(p, …))`")
                .raise();
    }
}
