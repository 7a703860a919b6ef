package org.sdescript.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sdescript.algebra.Expr.Symbol;

/**
 * ∫ p/q for polynomials by partial fractions: linear and quadratic factors of q, each to any power, give powers,
 * logarithms and arctangents. Rational coefficients are factored; otherwise the factors are taken as written.
 */
final class RationalIntegral {
    private static final int HIGHEST_DEGREE = 24;

    private final Symbol t;
    private final Assumptions under;

    private RationalIntegral(Symbol t, Assumptions under) {
        this.t = t;
        this.under = under;
    }

    static Optional<Expr> of(Expr e, Symbol t, Assumptions under) {
        Quotient quotient = Quotient.of(e);
        Optional<Polynomial> above = Polynomial.of(quotient.numerator(), t);
        List<Factorization.Factor> factors = new ArrayList<>();
        Expr constant = Expr.ONE;
        for (Map.Entry<Expr, Integer> below : quotient.denominator().entrySet()) {
            Optional<Polynomial> base = Polynomial.of(below.getKey(), t);
            if (base.isEmpty() || base.get().degree() * below.getValue() > HIGHEST_DEGREE) {
                return Optional.empty();
            }
            if (base.get().degree() == 0) {
                constant = constant.times(below.getKey().pow(-below.getValue()));
            } else {
                factors.add(new Factorization.Factor(base.get(), below.getValue()));
            }
        }
        if (above.isEmpty() || factors.isEmpty() || above.get().degree() > HIGHEST_DEGREE) {
            return Optional.empty();
        }
        Polynomial numerator = above.get().times(constant);
        return new RationalIntegral(t, under).of(numerator, factors);
    }

    private Optional<Expr> of(Polynomial above, List<Factorization.Factor> written) {
        Polynomial below = product(written);
        List<Factorization.Factor> factors = written;
        Polynomial numerator = above;
        if (below.isRational()) {
            Factorization found = Factorization.of(below);
            factors = refined(found.factors(), written);
            numerator = above.times(found.leading().pow(-1));
            below = product(factors);
        }
        Polynomial.Division whole = numerator.by(below);
        List<Expr> terms = new ArrayList<>(List.of(integral(whole.quotient())));
        return proper(whole.remainder(), factors, terms) ? Optional.of(Expr.sum(terms)) : Optional.empty();
    }

    /** Splits factors of higher degree by common divisors with the factors of the denominator as written. */
    private static List<Factorization.Factor> refined(
            List<Factorization.Factor> factors, List<Factorization.Factor> written) {
        List<Factorization.Factor> result = new ArrayList<>();
        for (Factorization.Factor factor : factors) {
            Polynomial rest = factor.base();
            for (Factorization.Factor each : written) {
                Polynomial common = rest.degree() > 2 ? rest.gcd(each.base()) : rest;
                if (common.degree() > 0 && common.degree() < rest.degree()) {
                    result.add(new Factorization.Factor(common, factor.power()));
                    rest = rest.by(common).quotient();
                }
            }
            result.add(new Factorization.Factor(rest, factor.power()));
        }
        return result;
    }

    private Polynomial product(List<Factorization.Factor> factors) {
        Polynomial product = Polynomial.constant(t, Expr.ONE);
        for (Factorization.Factor factor : factors) {
            product = product.times(factor.base().power(factor.power()));
        }
        return product;
    }

    private static Expr integral(Polynomial p) {
        List<Expr> terms = new ArrayList<>();
        p.coefficients().forEach((n, c) -> terms.add(Expr.product(c, p.symbol().pow(n + 1), Expr.ratio(1, n + 1))));
        return Expr.sum(terms);
    }

    /** Splits off the linear factors one power at a time, then distributes the rest over the quadratic ones. */
    private boolean proper(Polynomial above, List<Factorization.Factor> factors, List<Expr> terms) {
        Polynomial rest = above;
        List<Factorization.Factor> others = new ArrayList<>(factors);
        for (Factorization.Factor factor : factors) {
            if (factor.base().degree() == 1) {
                others.remove(factor);
                Expr slope = factor.base().coefficient(1);
                Expr root = factor.base().coefficient(0).negate().over(slope);
                for (int m = factor.power(); m > 0; m--) {
                    Polynomial beside = product(others);
                    Expr value = beside.at(root);
                    if (value.isZero()) {
                        return false;
                    }
                    Expr share = rest.at(root).over(value);
                    terms.add(ofLine(share, factor.base(), m));
                    rest = rest.minus(beside.times(share)).by(factor.base()).quotient();
                }
            }
        }
        return rest.isZero() || quadratics(rest, others, terms);
    }

    private Expr ofLine(Expr share, Polynomial line, int power) {
        Expr slope = line.coefficient(1);
        Expr base = line.toExpr();
        return power == 1
                ? Expr.product(share, slope.pow(-1), logarithm(base))
                : Expr.product(share, slope.pow(-1), Expr.ratio(1, 1 - power), base.pow(1 - power));
    }

    private Expr logarithm(Expr u) {
        return Expr.log(Sign.isPositive(u, under) ? u : Expr.apply(Elementary.ABS, u));
    }

    private boolean quadratics(Polynomial above, List<Factorization.Factor> factors, List<Expr> terms) {
        if (factors.isEmpty()) {
            return false;
        }
        Factorization.Factor first = factors.getFirst();
        Polynomial rest = above;
        if (factors.size() > 1) {
            if (!above.isRational() || !factors.stream().allMatch(f -> f.base().isRational())) {
                return false;
            }
            List<Factorization.Factor> others = factors.subList(1, factors.size());
            Polynomial power = first.base().power(first.power());
            Polynomial beside = product(others);
            rest = above.times(inverse(beside, power)).by(power).remainder();
            Polynomial left = above.minus(rest.times(beside)).by(power).quotient();
            if (!left.isZero() && !quadratics(left, others, terms)) {
                return false;
            }
        }
        return first.base().degree() == 2 && quadratic(rest, first, terms);
    }

    /** Returns s with s p = 1 modulo m, for rational polynomials without common factor. */
    private Polynomial inverse(Polynomial p, Polynomial m) {
        Polynomial a = m;
        Polynomial b = p.by(m).remainder();
        Polynomial x = Polynomial.constant(t, Expr.ZERO);
        Polynomial y = Polynomial.constant(t, Expr.ONE);
        while (b.degree() > 0) {
            Polynomial.Division step = a.by(b);
            Polynomial next = x.minus(step.quotient().times(y));
            a = b;
            b = step.remainder();
            x = y;
            y = next;
        }
        return y.times(b.coefficient(0).pow(-1));
    }

    /** Expands the numerator in base q; each digit is integrated over its own power of q. */
    private boolean quadratic(Polynomial above, Factorization.Factor factor, List<Expr> terms) {
        Polynomial rest = above;
        for (int m = factor.power(); m > 0 && !rest.isZero(); m--) {
            Polynomial.Division step = rest.by(factor.base());
            Optional<Expr> part = ofQuadratic(step.remainder(), factor.base(), m);
            if (part.isEmpty()) {
                return false;
            }
            terms.add(part.get());
            rest = step.quotient();
        }
        return rest.isZero();
    }

    /**
     * Returns ∫ (αt + β)/q^m with q = at² + bt + c: a multiple of q′ is integrated directly, the rest by reducing the
     * power.
     */
    private Optional<Expr> ofQuadratic(Polynomial line, Polynomial q, int m) {
        Expr a = q.coefficient(2);
        Expr b = q.coefficient(1);
        Expr ratio = line.coefficient(1).over(a.times(Expr.of(2)));
        Expr constant = Simplification.of(line.coefficient(0).minus(ratio.times(b)));
        Expr base = q.toExpr();
        Expr first =
                m == 1 ? ratio.times(logarithm(base, q)) : Expr.product(ratio, Expr.ratio(1, 1 - m), base.pow(1 - m));
        return constant.isZero()
                ? Optional.of(first)
                : inversePower(q, m).map(inverse -> first.plus(constant.times(inverse)));
    }

    private Expr logarithm(Expr base, Polynomial q) {
        boolean positive = Sign.isPositive(discriminant(q), under) && Sign.isPositive(q.coefficient(2), under);
        return positive ? Expr.log(base) : logarithm(base);
    }

    /** Returns 4ac − b². */
    private static Expr discriminant(Polynomial q) {
        return Simplification.of(Expr.product(Expr.of(4), q.coefficient(2), q.coefficient(0))
                .minus(q.coefficient(1).pow(2)));
    }

    /** Returns ∫ 1/q^m = (2at + b)/((m − 1) D q^(m−1)) + 2(2m − 3)a/((m − 1) D) ∫ 1/q^(m−1). */
    private Optional<Expr> inversePower(Polynomial q, int m) {
        Expr slope = q.derivative().toExpr();
        Expr d = discriminant(q);
        if (d.isZero()) {
            // q = (2at + b)²/4a
            Expr scale = q.coefficient(2).times(Expr.of(4)).pow(m);
            return Optional.of(Expr.product(
                    scale,
                    slope.pow(1 - 2L * m),
                    Expr.ratio(1, 1 - 2L * m),
                    q.coefficient(2).times(Expr.of(2)).pow(-1)));
        }
        if (m > 1) {
            Expr first = slope.over(Expr.product(Expr.of(m - 1), d, q.toExpr().pow(m - 1)));
            Expr factor = Expr.product(
                    Expr.of(2L * (2L * m - 3)), q.coefficient(2), Expr.of(m - 1).pow(-1), d.pow(-1));
            return inversePower(q, m - 1).map(lower -> first.plus(factor.times(lower)));
        }
        if (Sign.isNonNegative(d, under)) {
            Expr root = Refinement.of(Expr.sqrt(d), under);
            return Optional.of(Expr.product(Expr.of(2), root.pow(-1), Expr.apply(Elementary.ATAN, slope.over(root))));
        }
        if (Sign.isNonNegative(d.negate(), under)) {
            Expr root = Refinement.of(Expr.sqrt(d.negate()), under);
            Expr ratio = slope.minus(root).over(slope.plus(root));
            return Optional.of(root.pow(-1).times(Expr.log(Expr.apply(Elementary.ABS, ratio))));
        }
        return Optional.empty();
    }
}
