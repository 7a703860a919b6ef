package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Text;

/**
 * A linear system, some or all of whose states are conditioned to be at points at a time T: with y = P x(T) for these states,
 * h = p(y | x(t)) is normal, and the drift gains G Gᵀ ∇ log h (Doob 1957).
 *
 * @param p the process, not conditioned
 * @param at T, the last time of the conditioned process
 * @param ends the points by state
 */
public record SystemDoobTransform(Process p, double at, Map<Symbol, Expr> ends) {
    private static final double LAST = 1e-3;

    /** The longest entry of a transition, in characters, that a formula of the bridge is made of. */
    private static final int LONGEST = 80;

    /** τ, the time that is left. */
    private static final Symbol LEFT = Expr.symbol("T − t");

    public SystemDoobTransform {
        ends = Map.copyOf(ends);
    }

    /** Conditions a system; throws if it has no transition, or the noise does not reach the states up to T. */
    public static SystemDoobTransform of(Process p, double at, Map<Symbol, Expr> ends) {
        DoobTransform.requireForward(p, at);
        if (ends.isEmpty()) {
            throw DoobTransform.refusal("no state of " + p.name() + " is conditioned: the record of ends is empty")
                    .help("name some of its states: `pinned(p, {" + p.states().getFirst() + ": 0})`")
                    .raise();
        }
        if (p.stated().unpinned().isPresent()) {
            throw DoobTransform.refusal(p.name() + " is conditioned on its end already")
                    .help("condition the system itself, at the earlier time: `pinned(p, x1, at = …)`")
                    .raise();
        }
        if (ends.size() > 1 && !isShort(DoobTransform.transition(p))) {
            throw DoobTransform.refusal("the transition of " + p.name()
                            + " is too large a formula to condition several of its states")
                    .help("condition one of them: `pinned(p, {" + p.states().getFirst() + ": 0})`")
                    .raise();
        }
        SystemDoobTransform found = new SystemDoobTransform(p, at, ends);
        Matrix left = found.left(moments(DoobTransform.transition(p)));
        TimeDomain before = new TimeDomain(p.tMin(), at - LAST * (at - p.tMin()));
        if (left.all(e -> !e.hasSeveral())) {
            Evaluation v = Evaluation.of(left.determinant(), p.time());
            DomainScan.of(before).first(t -> !(v.at(t) > 0)).ifPresent(t -> {
                throw DoobTransform.refusal("from t = " + Admissibility.at(t) + " on the noise of " + p.name()
                                + " does not reach its states in every direction, so they cannot be led to other ends")
                        .help("condition fewer states: a record of those that noise reaches")
                        .raise();
            });
        }
        return found;
    }

    /** Returns the formulas of the transition, or its tables where products of the formulas would be too large. */
    private static Moments moments(Transition law) {
        return isShort(law) ? law.shown() : law.computed();
    }

    private static boolean isShort(Transition law) {
        return law.shown().entries().allMatch(e -> Text.of(e).length() <= LONGEST && !oscillates(e));
    }

    /** True for an oscillating system, whose products of sines and cosines multiply with each step. */
    private static boolean oscillates(Expr e) {
        return e instanceof Expr.Apply call && (call.function() == Elementary.SIN || call.function() == Elementary.COS)
                || e.children().stream().anyMatch(SystemDoobTransform::oscillates);
    }

    /** Returns P M, the rows of the conditioned states. */
    private Matrix rows(Matrix m) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < p.states().size(); i++) {
            if (ends.containsKey(p.states().get(i))) {
                kept.add(i);
            }
        }
        return Matrix.of(kept.size(), m.width(), (i, j) -> m.at(kept.get(i), j));
    }

    private Matrix last(Matrix m) {
        return m.map(e -> e.expandCalls().with(p.time(), Expr.of(at)));
    }

    /** Returns P S, where S = Φ(T) Φ(t)⁻¹ is the mean of x(T) by x(t). */
    private Matrix ahead(Moments law) {
        return simple(
                rows(last(law.map()).times(law.map().map(Expr::expandCalls).inverse())));
    }

    /** Returns P V Pᵀ = P (Σ(T) − S Σ Sᵀ) Pᵀ, the covariance of y given x(t). */
    private Matrix left(Moments law) {
        Matrix s = ahead(law);
        Matrix covariance = law.covariance().map(Expr::expandCalls);
        Matrix whole = rows(rows(last(law.covariance())).transposed());
        return simple(whole.minus(s.times(covariance).times(s.transposed())));
    }

    private Matrix points() {
        List<Expr> points =
                p.states().stream().filter(ends::containsKey).map(ends::get).toList();
        return Matrix.of(points.size(), 1, (i, j) -> points.get(i));
    }

    private static Matrix simple(Matrix m) {
        return m.map(SystemDoobTransform::simple);
    }

    /**
     * Returns G Gᵀ ∇ log p(y | x(t) = x) = G Gᵀ Sᵀ Pᵀ (P V Pᵀ)⁻¹ (y − P (S x + m(T) − S m)), with one coefficient for each
     * state: these depend on time alone and are computed in double. Derived in the time that is left, τ = T − t, by whose
     * powers the coefficients grow.
     */
    private List<Expr> gained(Moments given) {
        Moments law =
                given.map(e -> simple(e.expandCalls().with(p.time(), Expr.of(at).minus(LEFT))));
        Matrix s = simple(rows(last(given.map())).times(law.map().inverse()));
        Matrix v = simple(rows(rows(last(given.covariance())).transposed())
                .minus(s.times(law.covariance()).times(s.transposed())));
        Matrix rate = new Matrix(p.covarianceRate())
                .map(e -> e.expandCalls().with(p.time(), Expr.of(at).minus(LEFT)));
        Matrix gain = simple(rate.times(s.transposed()).times(v.inverse()));
        Matrix byState = simple(gain.times(s));
        Matrix missing = points().minus(rows(last(given.offsets()))).plus(s.times(law.offsets()));
        Matrix free = simple(gain.times(missing));
        List<Expr> gained = new ArrayList<>();
        for (int i = 0; i < p.states().size(); i++) {
            List<Expr> terms = new ArrayList<>(List.of(inTime(free.at(i, 0))));
            for (int j = 0; j < p.states().size(); j++) {
                terms.add(inTime(byState.at(i, j)).times(p.states().get(j)).negate());
            }
            gained.add(Expr.sum(terms));
        }
        return gained;
    }

    private Expr inTime(Expr e) {
        return e.with(LEFT, Expr.of(at).minus(p.time()));
    }

    /** Simplifies a formula; products of tables have no simpler form. */
    private static Expr simple(Expr e) {
        return isTabulated(e) ? e : DoobTransform.simplest(e);
    }

    private static boolean isTabulated(Expr e) {
        return e instanceof Expr.Tabulated || e.children().stream().anyMatch(SystemDoobTransform::isTabulated);
    }

    /** Returns the conditioned process on [t_min, T], with its transition. */
    public Process process() {
        List<Expr> gained = gained(moments(DoobTransform.transition(p)));
        List<Expr> drift = IntStream.range(0, gained.size())
                .mapToObj(i -> p.drift().get(i).plus(gained.get(i)))
                .toList();
        return new Process(
                p.name(),
                p.time(),
                p.tMin(),
                at,
                p.states(),
                p.noises(),
                drift,
                p.diffusion(),
                false,
                Process.Stated.law(law()).pinnedFrom(p).from(p.stated().starts()));
    }

    /**
     * Returns the law of x(t) given x(t₀) and y, by the covariance C = Σ Sᵀ Pᵀ of x(t) and y and the gain K = C (P Σ(T) Pᵀ)⁻¹:
     * the mean gains K (y − P mean(T)), the covariance loses K Cᵀ.
     */
    Transition law() {
        Transition free = DoobTransform.transition(p);
        Moments shown = given(moments(free));
        return new Transition(
                p.time(),
                new TimeDomain(p.tMin(), at),
                p.states(),
                free.start(),
                shown,
                Lazy.of(() -> given(free.computed())),
                Optional.empty());
    }

    private Moments given(Moments law) {
        Matrix map = law.map().map(Expr::expandCalls);
        Matrix covariance = law.covariance().map(Expr::expandCalls);
        Matrix offset = law.offsets().map(Expr::expandCalls);
        Matrix joint = covariance.times(ahead(law).transposed());
        Matrix gain = simple(joint.times(
                simple(rows(rows(last(law.covariance())).transposed())).inverse()));
        Matrix mean = offset.plus(gain.times(points().minus(rows(last(law.offsets())))));
        return new Moments(
                simple(map.minus(gain.times(rows(last(law.map()))))),
                simple(mean).transposed().rows().getFirst(),
                simple(covariance.minus(gain.times(joint.transposed()))));
    }
}
