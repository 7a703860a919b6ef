package org.sdescript.process;

import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expansion;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.ParameterPoints;
import org.sdescript.algebra.Simplification;
import org.sdescript.algebra.Text;
import org.sdescript.diagnostic.Diagnostic;

/**
 * A linear process of one state, conditioned to be at a point at a time T: Doob's h-transform with h = p(x(T) | x(t)). The
 * drift gains G² ∂ₓ log h, the noise remains, and the process is linear again (Doob 1957).
 *
 * @param p the process, not conditioned
 * @param at T, the last time of the conditioned process
 * @param end the point
 * @param ahead the law N(S x + o, V) of x(T) given x(t) = x, with formulas of t
 */
public record DoobTransform(Process p, double at, Expr end, Moments ahead) {
    private static final String REFUSED = "E0686";

    /** The last part of the domain, relative to its length, in which V may vanish by rounding alone. */
    private static final double LAST = 1e-3;

    /**
     * Conditions a process; throws if it has no transition of one state, or no noise up to T. By the Markov property a process
     * conditioned on a later state already is, up to T, the one that was not.
     */
    public static DoobTransform of(Process p, double at, Expr end) {
        requireForward(p, at);
        if (p.states().size() > 1) {
            throw refusal(p.name() + " is a system, whose end has a point for each state")
                    .help("give a record of some or all states: `pinned(p, {"
                            + p.states().getFirst() + ": 0})`")
                    .raise();
        }
        Process free = free(p, at);
        return new DoobTransform(free, at, end, ahead(free, transition(free).shown(), at)).required();
    }

    /** Returns the process that was not conditioned; throws if its state at this time is given already. */
    private static Process free(Process p, double at) {
        Process free = p.stated().unpinned().orElse(p);
        if (free != p && at == p.tMax()) {
            throw refusal("the state of " + p.name() + " at t = " + Text.of(at) + " is given already")
                    .help("give an earlier time: `pinned(p, x1, at = …)`")
                    .raise();
        }
        return free;
    }

    /** Throws if a process was derived from others, or is not defined at the time of the condition. */
    static void requireForward(Process p, double at) {
        if (p.reversed() || p.hasScore() || p.hasVelocity()) {
            throw refusal(p.name()
                            + " was derived from a score or joins two laws, so its end cannot be fixed by a formula")
                    .help("condition the process itself: `pinned(p, x1)` of a linear process p")
                    .raise();
        }
        if (p.stated().basis().isPresent() || p.stated().numeric().isPresent()) {
            throw refusal("the matrices of " + p.name() + " couple the components of the state, and only a process"
                            + " whose components are independent is conditioned on its end")
                    .help(
                            "write the process of the components in the basis of the matrices, with their eigenvalues: `dx = -λ*x"
                                    + " dt + dw`, `λ, v = eigh(A)`")
                    .raise();
        }
        if (!(p.tMin() < at && at <= p.tMax())) {
            throw refusal("the time of the condition, " + Text.of(at) + ", is not within the time domain of "
                            + p.name())
                    .help("give a time after " + Text.of(p.tMin()) + " and up to " + Text.of(p.tMax())
                            + ", or leave `at` out")
                    .raise();
        }
    }

    static Transition transition(Process p) {
        return switch (p.findTransition()) {
            case Derived.Known<Transition>(Transition known) -> known;
            case Derived.Absent<Transition>(Diagnostic reason) ->
                throw refusal("only a linear process is conditioned on its end by a formula")
                        .note(reason.message())
                        .help(
                                "the drift must be affine in the state, and the noise free of it; for other processes keep"
                                        + " those paths of `simulate` that end near the point")
                        .raise();
        };
    }

    static Diagnostic refusal(String message) {
        return Diagnostic.error(REFUSED, null, message);
    }

    /** Returns the law of x(T) given x(t) from that of x(t) given x(t₀). */
    private static Moments ahead(Process p, Moments law, double at) {
        Expr phi = law.map().at(0, 0).expandCalls();
        Expr m = law.offset().getFirst().expandCalls();
        Expr v = law.covariance().at(0, 0).expandCalls();
        Symbol t = p.time();
        Expr last = Expr.of(at);
        Expr map = Simplification.of(phi.with(t, last).over(phi));
        return Moments.scalar(
                map,
                simplest(m.with(t, last).minus(map.times(m))),
                simplest(v.with(t, last).minus(map.pow(2).times(v))));
    }

    static Expr simplest(Expr e) {
        return Simplification.shortest(List.of(Simplification.of(e), Simplification.of(Expansion.of(e))));
    }

    /** Throws if V is not positive at some time before T: then x(T) is determined earlier, or has no law. */
    private DoobTransform required() {
        TimeDomain before = new TimeDomain(p.tMin(), beforeEnd());
        for (var point : ParameterPoints.of(variance())) {
            Expr numbers = point.apply(variance());
            Evaluation v = Evaluation.of(numbers, p.time());
            DomainScan.of(before).first(t -> !(v.at(t) > 0)).ifPresent(t -> {
                throw refusal(p.name() + " has no noise from t = " + Admissibility.at(t)
                                + " on, so it cannot be led to another end")
                        .help("a process whose noise acts up to the time of the condition has paths to every point")
                        .raise();
            });
        }
        return this;
    }

    private Symbol state() {
        return p.states().getFirst();
    }

    Expr map() {
        return ahead.map().at(0, 0);
    }

    Expr offset() {
        return ahead.offset().getFirst();
    }

    Expr variance() {
        return ahead.covariance().at(0, 0);
    }

    Expr rate() {
        return Simplification.of(p.covarianceRate().getFirst().getFirst().expandCalls());
    }

    /** Returns ∂ₓ log p(x(T) | x(t) = x) = S (x(T) − S x − o)/V. */
    Expr pull() {
        Expr missing = end.minus(map().times(state())).minus(offset());
        return Simplification.of(Expr.product(map(), missing, variance().pow(-1)));
    }

    /** Returns the conditioned process on [t_min, T], with its transition. */
    public Process process() {
        return new Process(
                p.name(),
                p.time(),
                p.tMin(),
                at,
                p.states(),
                p.noises(),
                List.of(drift()),
                p.diffusion(),
                false,
                Process.Stated.law(law()).pinnedFrom(p));
    }

    /** Returns f + G² ∂ₓ log h: by hyperbolic functions if possible, else in the shortest form found. */
    private Expr drift() {
        return HyperbolicBridge.of(this).map(HyperbolicBridge::drift).orElseGet(() -> {
            Expr sum = p.drift().getFirst().plus(rate().times(pull()));
            Expr plain = sum.expandCalls();
            Expr slope = Simplification.of(Derivative.of(plain, state()));
            Expr free = Simplification.of(plain.with(state(), Expr.ZERO));
            Expr linear = slope.times(state()).plus(free);
            return Simplification.shortest(
                    List.of(Simplification.of(plain), Simplification.of(linear), linear, Simplification.of(sum)));
        });
    }

    /**
     * Returns the law of x(t) given x(t₀) and x(T), the normalised product of the laws of x(t) and of x(T) given x(t): Φ V/v(T),
     * (V m + S v (x(T) − o))/v(T) and v V/v(T), where v(T) = V + S² v. The product computes the variance without loss of
     * digits, whatever form is displayed.
     */
    Transition law() {
        Transition free = transition(p);
        Optional<Moments> hyperbolic = HyperbolicBridge.of(this).map(HyperbolicBridge::moments);
        Moments shown = hyperbolic.orElseGet(() -> product(free.shown(), ahead).map(DoobTransform::simplest));
        Transition law = Transition.scalar(
                p.time(),
                new TimeDomain(p.tMin(), at),
                state(),
                free.start(),
                shown.map().at(0, 0),
                shown.offset().getFirst(),
                shown.covariance().at(0, 0));
        return law.computedBy(Lazy.of(() ->
                numbers(law, hyperbolic.orElseGet(() -> product(free.computed(), ahead(p, free.computed(), at))))));
    }

    private Moments product(Moments free, Moments ahead) {
        Expr phi = free.map().at(0, 0).expandCalls();
        Expr m = free.offset().getFirst().expandCalls();
        Expr v = free.covariance().at(0, 0).expandCalls();
        Expr left = ahead.covariance().at(0, 0);
        Expr inverse = v.with(p.time(), Expr.of(at)).pow(-1);
        Expr drawn =
                Expr.product(ahead.map().at(0, 0), v, end.minus(ahead.offset().getFirst()));
        return new Moments(
                        Matrix.scalar(Expr.product(phi, left, inverse)),
                        List.of(left.times(m).plus(drawn).times(inverse)),
                        Matrix.scalar(Expr.product(v, left, inverse)))
                .map(Simplification::of);
    }

    /** Checks the digits before the last part of the domain, where the moments vanish or x(T) remains alone. */
    private Moments numbers(Transition law, Moments computed) {
        double start = Evaluation.of(law.start());
        return computed.entries().anyMatch(Expr::hasSeveral)
                ? new NumericMoments(p.time(), start, beforeEnd()).required(computed, p.tMin())
                : new NumericMoments(p.time(), start, at).of(computed, Optional::empty);
    }

    private double beforeEnd() {
        return at - LAST * (at - p.tMin());
    }
}
