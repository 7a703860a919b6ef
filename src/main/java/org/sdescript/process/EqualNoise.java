package org.sdescript.process;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.sdescript.algebra.Elementary;
import org.sdescript.algebra.Evaluation;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.InverseFunction;
import org.sdescript.algebra.Simplification;
import org.sdescript.diagnostic.Diagnostic;

/**
 * The time r(t) at which a process p has the signal-to-noise ratio that a process q has at t: in closed form where
 * the ratio of p can be inverted, else by a table of roots. Where q has less noise than p ever has, r is t_min of p, and
 * where q has more, t_max.
 */
public final class EqualNoise {
    private static final int POINTS = 64;
    private static final double ACCURACY = 1e-15;
    private static final int EVALUATIONS = 200;

    /** A closed form is that of the roots if it agrees with them: a few hundred roundings. */
    private static final double SAME = 1e-10;

    /** The earliest time of a search, relative to t_max. */
    private static final double FIRST = 0x1p-40;

    /**
     * The largest |log snr| of a search: beyond, the signal or the noise is below the rounding of the other, exp(−30)² times
     * as large.
     */
    private static final double LARGEST = 60;

    /** The width of a panel of the table in log snr, a small part of the distance at which ratios have poles: π and more. */
    private static final double PANEL = 0.25;

    private final Process p;
    private final Process q;
    private final DoubleUnaryOperator ofP;
    private final DoubleUnaryOperator ofQ;

    private EqualNoise(Process p, Process q) {
        this.p = p;
        this.q = q;
        this.ofP = logSnr(p);
        this.ofQ = logSnr(q);
    }

    /** Returns r, a formula of q's time. */
    public static Expr time(Process p, Process q) {
        EqualNoise noise = new EqualNoise(p, q);
        return noise.closed().orElseGet(noise::tabulated);
    }

    private static DoubleUnaryOperator logSnr(Process p) {
        Transition law = p.transition();
        if (!law.isScalar()) {
            throw Diagnostic.error("E0616", null, p.name() + " is a system, which has no single signal-to-noise ratio")
                    .help("schedules are compared of processes with one state, such as `VP()` and `Karras()`")
                    .raise();
        }
        SeveralNumbers.refuse(p, "the time of equal noise");
        Evaluation f = Evaluation.ofStable(law.logSnr(), p.time());
        return t -> {
            double value = f.at(t);
            return Double.isNaN(value) ? value : Math.max(-LARGEST, Math.min(LARGEST, value));
        };
    }

    /** Returns the time of p with this log snr, which decreases with time; t_min or t_max if there is none. */
    private double root(double level, double early) {
        if (ofP.applyAsDouble(early) <= level) {
            return early;
        }
        if (ofP.applyAsDouble(p.tMax()) >= level) {
            return p.tMax();
        }
        return new BrentSolver(ACCURACY, ACCURACY * p.tMax() * FIRST)
                .solve(EVALUATIONS, r -> ofP.applyAsDouble(r) - level, early, p.tMax());
    }

    private Optional<Expr> closed() {
        Symbol r = Expr.symbol("r");
        Expr level = noiseOfSignal(q);
        Expr ofP = noiseOfSignal(p).with(p.time(), r);
        if (isTabulated(level) || isTabulated(ofP)) {
            return Optional.empty();
        }
        return InverseFunction.of(ofP, r, level).stream()
                .map(found -> inRange(Simplification.of(found)))
                .filter(this::agrees)
                .findFirst();
    }

    /** Returns v/Φ². */
    private static Expr noiseOfSignal(Process p) {
        Moments law = p.transition().shown();
        return Simplification.of(
                law.covariance().at(0, 0).over(law.map().at(0, 0).pow(2)).expandCalls());
    }

    private static boolean isTabulated(Expr e) {
        return e instanceof Expr.Tabulated || e.children().stream().anyMatch(EqualNoise::isTabulated);
    }

    /** Bounds a time by those of p where q goes beyond them. */
    private Expr inRange(Expr time) {
        Expr early = ofQ.applyAsDouble(q.tMin()) > ofP.applyAsDouble(p.tMin())
                ? Expr.apply(Elementary.MAX, time, Expr.of(p.tMin()))
                : time;
        return ofQ.applyAsDouble(q.tMax()) < ofP.applyAsDouble(p.tMax())
                ? Expr.apply(Elementary.MIN, early, Expr.of(p.tMax()))
                : early;
    }

    private boolean agrees(Expr time) {
        Evaluation r = Evaluation.of(time, q.time());
        for (int i = 1; i < POINTS; i++) {
            double t = q.tMin() + (q.tMax() - q.tMin()) * i / POINTS;
            double exact = root(ofQ.applyAsDouble(t), p.tMin());
            if (!(Math.abs(r.at(t) - exact) <= SAME * Math.abs(exact))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tabulates log r as a function of log snr, in which both processes are smooth also where t alone changes little:
     * r itself where p begins before time 0.
     */
    private Expr tabulated() {
        boolean isLogarithmic = p.tMin() >= 0;
        double early = isLogarithmic ? Math.max(p.tMin(), p.tMax() * FIRST) : p.tMin();
        double least = ofP.applyAsDouble(p.tMax());
        double most = ofP.applyAsDouble(early);
        Expr level = Expr.apply(
                Elementary.MIN,
                Expr.of(most),
                Expr.apply(Elementary.MAX, Expr.of(least), q.transition().logSnr()));
        DoubleUnaryOperator at = isLogarithmic ? u -> Math.log(root(u, early)) : u -> root(u, early);
        int panels = (int) Math.max(1, Math.ceil((most - least) / PANEL));
        Expr table = new Expr.Tabulated("r", 0, LinearOdeSeries.sampledEvenly(at, least, most, panels), level);
        return isLogarithmic ? Expr.exp(table) : table;
    }
}
