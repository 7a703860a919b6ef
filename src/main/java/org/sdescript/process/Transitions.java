package org.sdescript.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sdescript.algebra.Derivative;
import org.sdescript.algebra.Equality;
import org.sdescript.algebra.Expr;
import org.sdescript.algebra.Expr.Symbol;
import org.sdescript.algebra.IntervalIntegral;
import org.sdescript.algebra.Simplification;
import org.sdescript.diagnostic.Diagnostic;

/**
 * Derives the transition of dx = (A(t) x + c(t)) dt + G(t) dw. For a single state by integrals (Särkkä and Solin 2019,
 * §6.1): Φ = exp ∫a, m = Φ ∫ c/Φ, v = Φ² ∫ b²/Φ²; for a system by the matrix exponential. Closed forms are checked
 * against Φ′ = AΦ, m′ = Am + c and Σ′ = AΣ + ΣAᵀ + Q; where there is none, these are integrated numerically.
 */
final class Transitions {
    private Transitions() {}

    /**
     * A transition and its derivation.
     *
     * @param integrals the integrals of a single state, if they have closed forms
     * @param clock the time change of a system, if it has one
     */
    record Found(
            AffineSystem system, Transition transition, Optional<Integrals> integrals, Optional<TimeChange> clock) {}

    static Derived<Found> of(Process p) {
        TimeDomain domain = domain(p);
        return AffineSystem.of(p)
                .then(system -> system.size() == 1 ? scalar(p, system, domain) : system(p, system, domain));
    }

    static TimeDomain domain(Process p) {
        return new TimeDomain(p.tMin(), p.tMax());
    }

    /**
     * The integrals that give the transition of a single state.
     *
     * @param growth ∫a
     * @param shift ∫ c/Φ
     * @param spread ∫ b²/Φ²
     */
    record Integrals(Expr growth, Expr shift, Expr spread, Transition transition) {}

    private static Derived<Found> scalar(Process p, AffineSystem system, TimeDomain domain) {
        Optional<Integrals> found = integrals(system, domain);
        Derived<Transition> derived = found.<Derived<Transition>>map(its -> new Derived.Known<>(its.transition()))
                .orElseGet(() -> tabulated(p, system, domain));
        return derived.map(transition -> new Found(system, measured(transition, system), found, Optional.empty()));
    }

    private static Transition measured(Transition transition, AffineSystem system) {
        double from = org.sdescript.algebra.Evaluation.of(transition.start());
        double to = transition.domain().to();
        Lazy<Moments> numbers = Lazy.of(() -> {
            NumericMoments moments = new NumericMoments(system.time(), from, to);
            return hasSeveral(transition.shown())
                    ? moments.required(transition.shown(), transition.domain().from())
                    : moments.of(transition.shown(), () -> tables(system, from, to));
        });
        return transition.computedBy(numbers);
    }

    private static boolean hasSeveral(Moments moments) {
        return moments.entries().anyMatch(Expr::hasSeveral);
    }

    /** Returns a clock's reading, as a formula or as a table. */
    private static Expr measured(Expr reading, Symbol t, Expr start, double to) {
        double from = org.sdescript.algebra.Evaluation.of(start);
        AffineSystem clock = new AffineSystem(
                t,
                List.of(t),
                Matrix.scalar(Expr.ZERO),
                List.of(Derivative.of(reading.expandCalls(), t)),
                Matrix.scalar(Expr.ZERO));
        return new NumericMoments(t, from, to).better(reading.expandCalls(), false, () -> tables(clock, from, to)
                .map(moments -> moments.offset().getFirst()));
    }

    private static Derived<Moments> tables(Process p, TimeChange clock, Expr reading, TimeDomain domain) {
        double last = org.sdescript.algebra.Evaluation.of(
                        reading, clock.system().time())
                .at(domain.to());
        return tables(p, clock.system(), Expr.ZERO, last, reading);
    }

    private static Optional<Moments> tables(AffineSystem system, double from, double to) {
        try {
            return Optional.of(MomentTables.of(system, from, to, system.time()));
        } catch (ArithmeticException none) {
            return Optional.empty();
        }
    }

    private static Derived<Transition> tabulated(Process p, AffineSystem system, TimeDomain domain) {
        Expr start = start(system, domain);
        return tables(p, system, start, domain.to(), system.time())
                .map(tables -> Transition.scalar(
                        system.time(),
                        domain,
                        system.states().getFirst(),
                        start,
                        growth(system, start, domain)
                                .flatMap(growth -> map(system, domain, start, growth))
                                .orElse(tables.map().at(0, 0)),
                        tables.offset().getFirst(),
                        tables.covariance().at(0, 0)));
    }

    /** Returns the integrals; empty if one has no closed form that holds on the whole time domain. */
    private static Optional<Integrals> integrals(AffineSystem system, TimeDomain domain) {
        Symbol t = system.time();
        Symbol x = system.states().getFirst();
        Expr start = start(system, domain);
        Transition bare = bare(t, domain, x, start);
        return growth(system, start, domain)
                .flatMap(growth -> map(system, domain, start, growth).flatMap(phi -> shift(system, phi, start, domain)
                        .flatMap(shift -> spread(system, phi, start, domain)
                                .map(spread -> new Integrals(
                                        growth,
                                        shift,
                                        spread,
                                        Transition.scalar(
                                                t,
                                                domain,
                                                x,
                                                start,
                                                phi,
                                                offset(system, phi, shift, bare),
                                                simple(phi.pow(2).times(spread), bare)))))
                        .filter(found -> solves(found.transition(), system))));
    }

    /** Returns ∫ c/Φ, which is k (1 − 1/Φ) where c = k a. */
    private static Optional<Expr> shift(AffineSystem system, Expr phi, Expr start, TimeDomain domain) {
        return proportion(system.constant().getFirst(), system)
                .map(k -> k.negate().times(phi.pow(-1).minus(Expr.ONE)))
                .or(() -> integral(offsetIntegrand(system, phi), system.time(), start, domain));
    }

    /**
     * Returns m = Φ ∫ c/Φ. Where c = k a with a parameter in k, it is −k (1 − Φ), without the division by Φ that a
     * parameter beside it keeps from cancelling: y t of a bridge to y.
     */
    private static Expr offset(AffineSystem system, Expr phi, Expr shift, Transition bare) {
        return proportion(system.constant().getFirst(), system)
                .filter(Expr::hasParameters)
                .map(k -> simple(k.negate().times(Expr.ONE.minus(phi)), bare))
                .orElseGet(() -> simple(phi.times(shift), bare));
    }

    /** Returns ∫ G²/Φ², which is k (1/Φ² − 1) where G² = −2 k a: then the variance is k (1 − Φ²) for every schedule. */
    private static Optional<Expr> spread(AffineSystem system, Expr phi, Expr start, TimeDomain domain) {
        return proportion(system.rate().at(0, 0), system)
                .map(k -> k.times(Expr.ratio(-1, 2)).times(phi.pow(-2).minus(Expr.ONE)))
                .or(() -> integral(varianceIntegrand(system, phi), system.time(), start, domain));
    }

    /**
     * Returns the constant k with e = k a, for a slope a that depends on time; empty for slopes with choices, whose
     * branches are integrated separately.
     */
    private static Optional<Expr> proportion(Expr e, AffineSystem system) {
        Expr slope = system.slope().at(0, 0);
        if (e.isZero() || slope.isFreeOf(system.time()) || hasBranches(slope)) {
            return Optional.empty();
        }
        return Optional.of(Simplification.of(e.over(slope))).filter(k -> k.isFreeOf(system.time()));
    }

    private static boolean hasBranches(Expr e) {
        return e instanceof Expr.Choice || e.children().stream().anyMatch(Transitions::hasBranches);
    }

    /** Returns an integral from the start to t that holds throughout the time domain. */
    static Optional<Expr> integral(Expr integrand, Symbol t, Expr start, TimeDomain domain) {
        return IntervalIntegral.of(integrand, t, start, domain.to());
    }

    /** Returns the start: 0 if the coefficients have values there or can be integrated from there, otherwise t_min. */
    static Expr start(AffineSystem system, TimeDomain domain) {
        boolean fromZero = domain.from() >= 0
                && (MomentTables.isDefined(system, 0) || MomentTables.isIntegrable(system, domain.to()));
        return fromZero ? Expr.ZERO : Expr.of(domain.from());
    }

    private static Derived<Moments> tables(Process p, AffineSystem system, Expr start, double to, Expr argument) {
        Set<Expr.Parameter> several = SeveralNumbers.in(Stream.concat(system.coefficients(), Stream.of(argument)));
        if (!several.isEmpty()) {
            return new Derived.Absent<>(SeveralNumbers.refusal("the transition of " + p.name(), several)
                    .note("no formula was found that holds for all of them, and a table holds for one number")
                    .help(SeveralNumbers.ONE));
        }
        try {
            return new Derived.Known<>(
                    MomentTables.of(system, org.sdescript.algebra.Evaluation.of(start), to, argument));
        } catch (ArithmeticException reason) {
            return withoutNumbers(p, String.valueOf(reason.getMessage()));
        }
    }

    static <T> Derived<T> withoutNumbers(Process p, String reason) {
        return new Derived.Absent<>(Diagnostic.error("E0602", null, "the transition of " + p.name() + " has no numbers")
                .note(reason)
                .help("give it a time domain within which its coefficients are finite"));
    }

    static Optional<Expr> growth(AffineSystem system, Expr start, TimeDomain domain) {
        return integral(system.slope().at(0, 0), system.time(), start, domain);
    }

    private static Optional<Expr> map(AffineSystem system, TimeDomain domain, Expr start, Expr growth) {
        Symbol t = system.time();
        Expr slope = system.slope().at(0, 0);
        Transition bare = bare(t, domain, system.states().getFirst(), start);
        return Optional.of(bare.inDomain(simple(Expr.exp(growth), bare)))
                .filter(phi -> Equality.probably(Derivative.of(phi, t), slope.times(phi)));
    }

    /** Returns c/Φ. */
    static Expr offsetIntegrand(AffineSystem system, Expr phi) {
        return system.constant().getFirst().over(phi);
    }

    /** Returns b²/Φ². */
    static Expr varianceIntegrand(AffineSystem system, Expr phi) {
        return system.rate().at(0, 0).over(phi.pow(2));
    }

    private static Transition bare(Symbol t, TimeDomain domain, Symbol x, Expr start) {
        return Transition.scalar(t, domain, x, start, Expr.ONE, Expr.ZERO, Expr.ZERO);
    }

    private static Expr simple(Expr e, Transition transition) {
        return Simplification.of(e, transition.assumptions());
    }

    private static boolean solves(Transition found, AffineSystem system) {
        Symbol t = found.time();
        Expr slope = system.slope().at(0, 0);
        Expr m = found.shown().offset().getFirst();
        Expr v = found.shown().covariance().at(0, 0);
        return Equality.probably(
                        Derivative.of(m, t),
                        slope.times(m).plus(system.constant().getFirst()))
                && Equality.probably(
                        Derivative.of(v, t),
                        Expr.product(Expr.of(2), slope, v).plus(system.rate().at(0, 0)));
    }

    private static Derived<Found> system(Process p, AffineSystem system, TimeDomain domain) {
        Expr start = start(system, domain);
        Symbol t = system.time();
        Optional<TimeChange> clock = TimeChange.of(system, start, domain);
        if (clock.isEmpty()) {
            return tables(p, system, start, domain.to(), t)
                    .map(tables -> new Transition(
                            t, domain, system.states(), start, tables, Lazy.known(tables), Optional.empty()))
                    .map(numeric -> new Found(system, numeric, Optional.empty(), clock));
        }
        Expr reading = clock.get().reading();
        double last = org.sdescript.algebra.Evaluation.of(reading.with(t, Expr.of(domain.to())));
        Lazy<Derived<Moments>> tables =
                Lazy.of(() -> tables(p, clock.get(), measured(reading, t, start, domain.to()), domain));
        Optional<Moments> closed =
                SystemMoments.of(clock.get().system()).filter(moments -> SystemMoments.keepDigits(moments, last));
        Derived<Moments> shown = closed.<Derived<Moments>>map(
                        moments -> new Derived.Known<>(SystemMoments.at(moments, reading)))
                .orElseGet(tables::value);
        Lazy<Moments> numbers = Lazy.of(() -> {
            Moments tabulated = tables.value().required();
            return closed.map(moments -> MomentTables.improved(tabulated, moments, SystemMoments.TAU))
                    .orElse(tabulated);
        });
        if (closed.isPresent() && shown.map(Transitions::hasSeveral).equals(new Derived.Known<>(true))) {
            return new Derived.Known<>(new Found(
                    system, ofSeveral(system, domain, start, shown.required(), reading), Optional.empty(), clock));
        }
        return shown.map(moments ->
                        new Transition(t, domain, system.states(), start, moments, numbers, Optional.of(reading)))
                .map(transition -> new Found(system, transition, Optional.empty(), clock));
    }

    /** Returns the transition of a system whose parameters have several numbers: computed by its formulas alone. */
    private static Transition ofSeveral(
            AffineSystem system, TimeDomain domain, Expr start, Moments moments, Expr reading) {
        Symbol t = system.time();
        double from = org.sdescript.algebra.Evaluation.of(start);
        Lazy<Moments> numbers =
                Lazy.of(() -> new NumericMoments(t, from, domain.to()).required(moments, domain.from()));
        return new Transition(
                t,
                domain,
                system.states(),
                start,
                moments,
                numbers,
                Optional.of(reading).filter(t::equals));
    }

    /**
     * Returns the Itô form of a stated transition x(t) = s x(0) + m + b noise: dx = [(ṡ/s) x + ṁ − (ṡ/s) m] dt +
     * √(2(b/s)(ḃs − ṡb)) dw.
     */
    static Process itoForm(String name, Symbol t, double tMin, double tMax, Symbol x, Expr s, Expr m, Expr b) {
        Transition bare = bare(t, new TimeDomain(tMin, tMax), x, Expr.ZERO);
        Expr signal = bare.inDomain(s.expandCalls());
        Expr noise = bare.inDomain(b.expandCalls());
        Expr offset = bare.inDomain(m.expandCalls());
        Transition stated = Transition.scalar(t, bare.domain(), x, Expr.ZERO, signal, offset, noise.pow(2));
        Expr change = Derivative.of(signal, t);
        Expr slope = Simplification.of(change.over(signal));
        // 2σσ̇s² with σ = b/s, written so that s and b need no division by each other's derivatives
        Expr wronskian = Simplification.of(Derivative.of(noise, t).times(signal).minus(change.times(noise)));
        Expr rate = Simplification.of(Expr.product(Expr.of(2), noise, signal.pow(-1), wronskian));
        Expr diffusion = stated.inDomain(Simplification.sqrt(rate, stated.assumptions()));
        Expr shift = Simplification.of(Derivative.of(offset, t).minus(slope.times(offset)));
        return Process.of(
                        name,
                        t,
                        tMin,
                        tMax,
                        List.of(x),
                        List.of("w"),
                        List.of(slope.times(x).plus(shift)),
                        List.of(List.of(diffusion)))
                .with(Process.Stated.law(stated.computedBy(Lazy.of(() -> hasSeveral(stated.shown())
                        ? new NumericMoments(t, 0, tMax).required(stated.shown(), tMin)
                        : new NumericMoments(t, 0, tMax).of(stated.shown(), Optional::empty)))));
    }
}
