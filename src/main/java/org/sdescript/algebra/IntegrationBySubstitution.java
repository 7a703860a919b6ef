package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.sdescript.algebra.Expr.Apply;
import org.sdescript.algebra.Expr.Call;
import org.sdescript.algebra.Expr.Num;
import org.sdescript.algebra.Expr.Power;
import org.sdescript.algebra.Expr.Symbol;

/** New variables u = u(t) that turn an integrand into one with a known antiderivative. */
final class IntegrationBySubstitution {
    private static final Rational HALF_TURN = Rational.HALF;

    private final Symbol t;
    private final Symbol u;
    private final BiFunction<Expr, Symbol, Optional<Expr>> search;

    /**
     * Creates the substitutions of u for t.
     *
     * @param u a symbol that is not in use yet
     * @param search finds an antiderivative by u
     */
    IntegrationBySubstitution(Symbol t, Symbol u, BiFunction<Expr, Symbol, Optional<Expr>> search) {
        this.t = t;
        this.u = u;
        this.search = search;
    }

    /** Integrates f(u(t)) u′(t): after division by u′ the integrand depends on u alone. */
    Optional<Expr> chain(Expr e) {
        for (Expr candidate : candidates(e)) {
            Expr slope = Derivative.of(candidate, t);
            if (!slope.isZero()) {
                Optional<Expr> found = inside(e.over(slope).replace(candidate, u), candidate);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Expr> inside(Expr rest, Expr candidate) {
        return rest.isFreeOf(t) ? search.apply(rest, u).map(inner -> inner.with(u, candidate)) : Optional.empty();
    }

    /** Substitutes u = a t + b; every other t becomes (u − b)/a. */
    Optional<Expr> linear(Expr e) {
        for (Expr candidate : candidates(e)) {
            Optional<Polynomial> line = Polynomial.line(candidate, t);
            if (line.isPresent()) {
                Expr slope = line.get().coefficient(1);
                Expr inverse = u.minus(line.get().coefficient(0)).over(slope);
                Optional<Expr> found =
                        inside(e.replace(candidate, u).with(t, inverse).over(slope), candidate);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Substitutes u = (a t + b)^(1/q) for roots of one linear term; the result is rational in u. */
    Optional<Expr> root(Expr e) {
        for (Power power : powers(e)) {
            Optional<Polynomial> line = Polynomial.line(power.base(), t);
            if (line.isPresent()
                    && power.exponent() instanceof Num n
                    && n.value().denominator().bitLength() < 8) {
                int q = n.value().denominator().intValue();
                Expr slope = line.get().coefficient(1);
                Expr inverse = u.pow(q).minus(line.get().coefficient(0)).over(slope);
                Expr rest = unrooted(e, power.base(), q).with(t, inverse);
                Expr inner = Expr.product(rest, Expr.of(q), u.pow(q - 1), slope.pow(-1));
                return inside(inner, Expr.power(power.base(), Expr.ratio(1, q)));
            }
        }
        return Optional.empty();
    }

    /** base^(p/q) → u^p. */
    private Expr unrooted(Expr e, Expr base, int q) {
        if (e instanceof Power(Expr its, Num n) && its.equals(base)) {
            Rational whole = n.value().times(Rational.of(q));
            return whole.isSmallInteger() ? u.pow(whole.intValue()) : e;
        }
        return e.mapChildren(child -> unrooted(child, base, q));
    }

    /** Substitutes u = exp(w) for a linear w of which every exponent is a multiple: ∫ f(u)/(w′ u) du. */
    Optional<Expr> exponential(Expr e) {
        List<Expr> exponents = new ArrayList<>();
        collectExponents(e, exponents);
        if (exponents.isEmpty()) {
            return Optional.empty();
        }
        Optional<Expr> unit = unit(exponents);
        return unit.flatMap(w -> {
            Expr rest = inExponential(e, w).over(Derivative.of(w, t).times(u));
            return inside(rest, Expr.exp(w));
        });
    }

    private void collectExponents(Expr e, List<Expr> into) {
        if (e instanceof Apply a && a.function() == Elementary.EXP && !a.isFreeOf(t)) {
            into.add(varying(a.argument()));
        } else {
            e.children().forEach(child -> collectExponents(child, into));
        }
    }

    /** Returns the terms of an exponent that depend on t. */
    private Expr varying(Expr exponent) {
        List<Expr> terms = new ArrayList<>(Term.termsOf(Expansion.of(exponent)));
        terms.removeIf(term -> term.isFreeOf(t));
        return Expr.sum(terms);
    }

    /** Returns the largest linear w of which all exponents are whole multiples. */
    private Optional<Expr> unit(List<Expr> exponents) {
        Expr first = exponents.getFirst();
        Rational unit = Rational.ZERO;
        for (Expr exponent : exponents) {
            if (!(exponent.over(first) instanceof Num ratio)) {
                return Optional.empty();
            }
            unit = unit.gcd(ratio.value());
        }
        Expr w = Expansion.of(first.times(Expr.of(unit)));
        return Polynomial.line(w, t).isPresent() ? Optional.of(w) : Optional.empty();
    }

    private Expr inExponential(Expr e, Expr w) {
        if (e instanceof Apply a && a.function() == Elementary.EXP && !a.isFreeOf(t)) {
            Expr varying = varying(a.argument());
            Rational k = ((Num) varying.over(w)).value();
            Expr constant = Expansion.of(a.argument().minus(varying));
            return k.isSmallInteger() ? u.pow(k.intValue()).times(Expr.exp(constant)) : e;
        }
        return e.mapChildren(child -> inExponential(child, w));
    }

    /**
     * Substitutes u = tan(v/2) for sines and cosines of one linear v (Weierstrass): cos v = (1 − u²)/(1 + u²), sin v =
     * 2u/(1 + u²).
     */
    Optional<Expr> halfAngle(Expr e) {
        Set<Expr> angles = new LinkedHashSet<>();
        collectAngles(e, angles);
        if (angles.size() != 1) {
            return Optional.empty();
        }
        Expr v = angles.iterator().next();
        return Polynomial.line(v, t).flatMap(line -> {
            Expr below = Expr.ONE.plus(u.pow(2));
            Expr rest = e.replace(Expr.sin(v), Expr.of(2).times(u).over(below))
                    .replace(Expr.cos(v), Expr.ONE.minus(u.pow(2)).over(below));
            Expr inner = Expr.product(
                    rest, Expr.of(2), below.pow(-1), line.coefficient(1).pow(-1));
            Expr half = v.times(Expr.of(HALF_TURN));
            return inner.isFreeOf(t)
                    ? search.apply(inner, u).map(found -> unwrapped(found, v)
                            .with(u, Expr.sin(half).over(Expr.cos(half))))
                    : Optional.empty();
        });
    }

    /**
     * atan(a tan(v/2) + b) → v/2 + atan((q cos v − p sin v)/(d + p cos v + q sin v)) for a ≥ 0, up to a constant, with
     * d = (1 + a)² + b², p = 1 − a² + b², q = 2ab. The first arctangent jumps where v/2 passes a right angle, the
     * second never, since {@code p² + q² < d²}.
     */
    private Expr unwrapped(Expr e, Expr v) {
        Expr inner = e.mapChildren(child -> unwrapped(child, v));
        if (!(inner instanceof Apply atan) || atan.function() != Elementary.ATAN) {
            return inner;
        }
        Optional<Polynomial> line = Polynomial.line(atan.argument(), u);
        if (line.isEmpty()) {
            return inner;
        }
        Expr a = line.get().coefficient(1);
        Expr b = line.get().coefficient(0);
        boolean falling = Sign.isNonNegative(a.negate());
        if (!falling && !Sign.isNonNegative(a)) {
            return inner;
        }
        return falling ? angle(a.negate(), b.negate(), v).negate() : angle(a, b, v);
    }

    private static Expr angle(Expr a, Expr b, Expr v) {
        Expr d = Expansion.of(Expr.ONE.plus(a).pow(2).plus(b.pow(2)));
        Expr p = Expansion.of(Expr.ONE.minus(a.pow(2)).plus(b.pow(2)));
        Expr q = Expansion.of(Expr.product(Expr.of(2), a, b));
        Expr across = q.times(Expr.cos(v)).minus(p.times(Expr.sin(v)));
        Expr along = Expr.sum(d, p.times(Expr.cos(v)), q.times(Expr.sin(v)));
        return v.times(Expr.of(HALF_TURN)).plus(Expr.apply(Elementary.ATAN, across.over(along)));
    }

    private void collectAngles(Expr e, Set<Expr> into) {
        if (e instanceof Apply a
                && (a.function() == Elementary.SIN || a.function() == Elementary.COS)
                && !a.isFreeOf(t)) {
            into.add(a.argument());
        }
        e.children().forEach(child -> collectAngles(child, into));
    }

    private List<Power> powers(Expr e) {
        List<Power> found = new ArrayList<>();
        collectPowers(e, found);
        return found;
    }

    private void collectPowers(Expr e, List<Power> into) {
        if (e instanceof Power p
                && p.exponent() instanceof Num n
                && !n.value().isInteger()
                && !p.base().isFreeOf(t)) {
            into.add(p);
        }
        e.children().forEach(child -> collectPowers(child, into));
    }

    private Set<Expr> candidates(Expr e) {
        Set<Expr> found = new LinkedHashSet<>();
        collect(e, found);
        return found;
    }

    private void collect(Expr e, Set<Expr> into) {
        for (Expr child : e.children()) {
            if (!child.isFreeOf(t) && !child.equals(t)) {
                if (e instanceof Apply || e instanceof Power) {
                    into.add(child);
                }
                if (child instanceof Apply || child instanceof Call) {
                    into.add(child);
                }
                collect(child, into);
            }
        }
    }
}
