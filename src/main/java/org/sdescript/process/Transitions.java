package org.sdescript.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.Integral;
import org.sdescript.algebra.Simplification;
import org.sdescript.diagnostic.Diagnostic;
import org.sdescript.diagnostic.SdeError;

/**
 * The transition of dx = (a(t) x + c(t)) dt + b(t) dw from its integrals (Särkkä & Solin 2019, §6.1): Φ = exp ∫a, m = Φ ∫ c/Φ, v
 * = Φ² ∫ b²/Φ². What comes out is checked against Φ′ = aΦ, m′ = am + c and v′ = 2av + b².
 */
final class Transitions {
    private Transitions() {}

    static Transition of(Process p) {
        if (p.states().size() != 1) {
            throw Diagnostic.error("E0602", null, "the transition of the system " + p.name() + " is not derived")
                    .help("train with `implicit()` or `sliced()` and sample with `euler_maruyama`, which need none")
                    .raise();
        }
        Affine affine = affine(p);
        return from(p, affine, Expr.ZERO)
                .or(() -> from(p, affine, Expr.of(p.tMin())))
                .orElseThrow(() -> noClosedForm(p, "the integrals of its drift and diffusion were not found"));
    }

    /** a, c and b² with the named functions expanded. */
    private record Affine(Expr slope, Expr constant, Expr rate) {}

    private static Affine affine(Process p) {
        Symbol x = p.states().getFirst();
        Expr drift = p.drift().getFirst().expandCalls();
        Expr slope = Simplification.of(Derivative.of(drift, x));
        Expr rate = p.covarianceRate().getFirst().getFirst().expandCalls();
        boolean known = p.scores().stream().allMatch(drift::isFreeOf);
        if (!known || !slope.isFreeOf(x) || !rate.isFreeOf(x)) {
            throw notAffine(p, known);
        }
        return new Affine(slope, drift.with(x, Expr.ZERO), rate);
    }

    private static Optional<Transition> from(Process p, Affine f, Expr start) {
        Symbol t = p.time();
        return Integral.between(f.slope(), t, start, t).flatMap(logarithm -> {
            Transition bare =
                    new Transition(t, domain(p), p.states().getFirst(), start, Expr.ONE, Expr.ZERO, Expr.ZERO);
            Expr phi = bare.inDomain(Simplification.of(Expr.exp(logarithm), bare.assumptions()));
            Expr decayed = f.rate().over(phi.pow(2));
            return Integral.between(f.constant().over(phi), t, start, t)
                    .flatMap(shift -> Integral.between(decayed, t, start, t)
                            .map(spread -> new Transition(
                                    t,
                                    domain(p),
                                    p.states().getFirst(),
                                    start,
                                    phi,
                                    simple(phi.times(shift), bare),
                                    simple(phi.pow(2).times(spread), bare))))
                    .filter(found -> solves(found, f));
        });
    }

    private static Expr simple(Expr e, Transition transition) {
        return Simplification.of(e, transition.assumptions());
    }

    private static TimeDomain domain(Process p) {
        return new TimeDomain(p.tMin(), p.tMax());
    }

    private static boolean solves(Transition found, Affine f) {
        Symbol t = found.time();
        Expr phi = found.meanCoefficient();
        Expr m = found.offset();
        Expr v = found.variance();
        return Equality.probably(Derivative.of(phi, t), f.slope().times(phi))
                && Equality.probably(Derivative.of(m, t), f.slope().times(m).plus(f.constant()))
                && Equality.probably(
                        Derivative.of(v, t),
                        Expr.product(Expr.of(2), f.slope(), v).plus(f.rate()));
    }

    /** The Itô form of a stated transition x(t) = s x(0) + b noise: dx = (ṡ/s) x dt + √(2(b/s)(ḃs − ṡb)) dw. */
    static Process itoForm(String name, Symbol t, double tMin, double tMax, Symbol x, Expr s, Expr b) {
        Transition bare = new Transition(t, new TimeDomain(tMin, tMax), x, Expr.ZERO, Expr.ONE, Expr.ZERO, Expr.ZERO);
        Expr signal = bare.inDomain(s.expandCalls());
        Expr noise = bare.inDomain(b.expandCalls());
        Transition stated = new Transition(t, bare.domain(), x, Expr.ZERO, signal, Expr.ZERO, noise.pow(2));
        Expr change = Derivative.of(signal, t);
        Expr slope = Simplification.of(change.over(signal));
        // 2σσ̇s² with σ = b/s, written so that s and b need no division by each other's derivatives
        Expr wronskian = Simplification.of(Derivative.of(noise, t).times(signal).minus(change.times(noise)));
        Expr rate = Simplification.of(Expr.product(Expr.of(2), noise, signal.pow(-1), wronskian));
        Expr diffusion = stated.inDomain(Simplification.sqrt(rate, stated.assumptions()));
        List<Expr> drift = new ArrayList<>(List.of(slope.times(x)));
        return Process.of(name, t, tMin, tMax, List.of(x), List.of("w"), drift, List.of(List.of(diffusion)))
                .with(new Process.Stated(Optional.of(stated), Optional.empty()));
    }

    private static SdeError notAffine(Process p, boolean known) {
        String reason =
                known ? "is not linear in " + p.states().getFirst() + ", or its noise depends on it" : "holds a score";
        return Diagnostic.error("E0601", null, p.name() + " has no transition: its drift " + reason)
                .help("train with `implicit()` or `sliced()` and sample with `euler_maruyama`, which need none")
                .raise();
    }

    private static SdeError noClosedForm(Process p, String reason) {
        return Diagnostic.error("E0602", null, "no closed form of the transition of " + p.name() + " was found")
                .note(reason)
                .help(
                        "write the process as its transition, `x(t) = s(t)*x(0) + b(t)*noise`, or train with `implicit()` or"
                                + " `sliced()` and sample with `euler_maruyama`, which need none")
                .raise();
    }
}
